import { promptKinds, type PromptKind } from '../models/comparison.ts';

/** The words that make a prompt one of a kind. A word's plural with s counts as well. docs/routing.md lists them, too. */
export const wordsOfKind: Readonly<Record<Exclude<PromptKind, 'other'>, readonly string[]>> = {
  photo: [
    ...['photo', 'photograph', 'photography', 'photographic', 'photorealistic', 'realistic', 'dslr', 'bokeh', 'lens'],
    ...['35mm', '50mm', '85mm', 'macro', 'polaroid', 'analog', 'kodak', 'fujifilm', 'exposure', 'aperture', 'raw'],
  ],
  people: [
    ...['portrait', 'headshot', 'person', 'people', 'man', 'men', 'woman', 'women', 'girl', 'boy', 'child', 'children'],
    ...['face', 'selfie', 'crowd', 'family', 'couple', 'bride', 'groom', 'dancer', 'soldier', 'king', 'queen', 'model'],
  ],
  landscape: [
    ...['landscape', 'mountain', 'valley', 'forest', 'lake', 'river', 'sea', 'ocean', 'beach', 'coast', 'desert'],
    ...['sky', 'sunset', 'sunrise', 'dusk', 'dawn', 'meadow', 'field', 'waterfall', 'island', 'skyline', 'panorama'],
    ...['vista', 'scenery', 'lighthouse', 'glacier', 'canyon'],
  ],
  illustration: [
    ...['illustration', 'drawing', 'sketch', 'painting', 'painted', 'watercolor', 'watercolour', 'anime', 'manga'],
    ...['cartoon', 'comic', 'vector', 'lineart', 'ink', 'gouache', 'acrylic', 'oil', 'pixel', 'concept', 'storybook'],
    ...['engraving', 'woodcut', 'doodle', 'impressionist'],
  ],
  lettering: [
    ...['text', 'lettering', 'typography', 'logo', 'logotype', 'font', 'sign', 'poster', 'headline', 'title', 'word'],
    ...['letter', 'caption', 'slogan', 'banner', 'calligraphy', 'saying', 'reads', 'label', 'monogram', 'infographic'],
  ],
  product: [
    ...['product', 'packaging', 'bottle', 'advertisement', 'advert', 'commercial', 'mockup', 'studio', 'catalog'],
    ...['catalogue', 'brand', 'branding', 'perfume', 'cosmetic', 'sneaker', 'shoe', 'jewelry', 'jewellery'],
    ...['furniture', 'ecommerce', 'merchandise'],
  ],
};

/** Characters looked at: what a prompt is about stands at its beginning. */
const lookedAt = 2_000;
/** In so many words, something in quotation marks is to be written into the picture. */
const quoted = /["“„«][^"”“»]{1,80}["”“»]/u;

const kindOfWord: ReadonlyMap<string, PromptKind> = new Map(
  Object.entries(wordsOfKind).flatMap(([kind, words]) => words.map((word) => [word, kind as PromptKind] as const)),
);

/** The kind whose words a prompt has most of; of several, the one that is first in the table; `other` where it has none. */
export function kindOfPrompt(prompt: string): PromptKind {
  const beginning = prompt.slice(0, lookedAt).toLowerCase();
  const found = new Map<PromptKind, number>();
  const count = (kind: PromptKind, times: number): void => void found.set(kind, (found.get(kind) ?? 0) + times);
  for (const word of beginning.match(/[\p{L}\p{N}]+/gu) ?? []) {
    const kind = kindOfWord.get(word) ?? (word.endsWith('s') ? kindOfWord.get(word.slice(0, -1)) : undefined);
    if (kind) count(kind, 1);
  }
  if (quoted.test(beginning)) count('lettering', 2);
  let best: PromptKind = 'other';
  for (const kind of promptKinds) if ((found.get(kind) ?? 0) > (found.get(best) ?? 0)) best = kind;
  return best;
}
