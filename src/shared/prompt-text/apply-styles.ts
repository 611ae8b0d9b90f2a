import { longestPrompt } from '../models/generation-request.ts';
import type { PromptStyle } from '../models/prompt-style.ts';
import type { PromptFamily } from './prompt-habits.ts';

const placeholder = '{prompt}';

/**
 * Adds styles and enhancers to a prompt, in the way the model's family reads best: further terms, or one sentence. The prompt
 * comes first, unless a style's own template says where it stands; what is there already is not said again. Styles come in the
 * order of `all`, so that the order of the ticks changes nothing. `unknown` are those that are not among `all`.
 */
export function applyStyles({
  prompt,
  negativePrompt,
  styles,
  enhancers,
  family,
  all,
}: {
  readonly prompt: string;
  readonly negativePrompt: string;
  /** Ids. */
  readonly styles: readonly string[];
  readonly enhancers: readonly string[];
  readonly family: PromptFamily;
  readonly all: readonly PromptStyle[];
}): { prompt: string; negativePrompt: string; unknown: string[] } {
  const wanted = new Set([...styles, ...enhancers]);
  const chosen = all.filter(({ id }) => wanted.has(id));
  const known = new Set(chosen.map(({ id }) => id));
  const positives = chosen.map((style) => positiveOf(style, family));
  const framed = positives
    .filter((text) => text.includes(placeholder))
    // A template that has been filled in is not filled in twice.
    .reduce(
      (inner, template) => (holdsTemplate(inner, template) ? inner : template.replaceAll(placeholder, () => inner)),
      prompt,
    );
  const terms = chosen.filter((style) => !positiveOf(style, family).includes(placeholder));
  return {
    prompt:
      family === 'natural'
        ? withSentence(framed, terms)
        : withTerms(
            framed,
            terms.map(({ positive }) => positive),
          ),
    negativePrompt: withNegative(negativePrompt, chosen),
    unknown: [...wanted].filter((id) => !known.has(id)),
  };
}

const positiveOf = ({ positive, sentence }: PromptStyle, family: PromptFamily): string =>
  family === 'natural' && sentence.trim() !== '' ? sentence : positive;

function holdsTemplate(text: string, template: string): boolean {
  const parts = template.split(placeholder).map((part) => part.trim());
  return parts.some((part) => part !== '') && parts.every((part) => text.includes(part));
}

function withTerms(prompt: string, additions: readonly string[]): string {
  const seen = saidIn(prompt);
  const said = ` ${plain(prompt)} `;
  const fresh = additions.flatMap(termsOf).filter((term) => {
    const key = plain(term);
    if (key === '' || seen.has(key) || said.includes(` ${key} `)) return false;
    seen.add(key);
    return true;
  });
  return fresh.length === 0 ? prompt : joined([withoutEnd(prompt), ...fresh]);
}

/** "A fox in snow. Make it a watercolor painting with soft washes, with rich and fine detail and vibrant colours." */
function withSentence(prompt: string, additions: readonly PromptStyle[]): string {
  const phrases = (kind: PromptStyle['kind']): string[] =>
    additions
      .filter((style) => style.kind === kind)
      .map(phraseOf)
      .filter((phrase) => phrase !== '');
  const looks = phrases('style').join(', combined with ');
  const qualities = listed(phrases('enhancer'));
  const sentence =
    looks !== ''
      ? `Make it ${looks}${qualities === '' ? '' : `, with ${qualities}`}.`
      : qualities === ''
        ? ''
        : `Give it ${qualities}.`;
  if (sentence === '' || prompt.includes(sentence)) return prompt;
  const before = withoutEnd(prompt);
  if (before === '') return sentence;
  return /[.!?…。！？]["”)]?$/.test(before) ? `${before} ${sentence}` : `${before}. ${sentence}`;
}

function phraseOf({ name, positive, sentence }: PromptStyle): string {
  const words = withoutEnd(sentence.trim().replace(/\.$/, ''));
  if (words !== '') return words;
  const terms = termsOf(positive).join(', ');
  return terms === '' ? '' : `a picture in the style “${name.trim()}” (${terms})`;
}

/** What one style avoids is not avoided where another one asks for it. */
function withNegative(negativePrompt: string, chosen: readonly PromptStyle[]): string {
  const seen = saidIn(negativePrompt);
  const asked = new Set(chosen.flatMap(({ name, positive }) => [name, ...termsOf(positive)]).map(plain));
  let text = withoutEnd(negativePrompt);
  let isLonger = false;
  for (const term of chosen.flatMap(({ negative }) => termsOf(negative))) {
    const key = plain(term);
    if (key === '' || seen.has(key) || asked.has(key)) continue;
    const longer = joined([text, term]);
    if (longer.length > longestPrompt) break;
    seen.add(key);
    text = longer;
    isLonger = true;
  }
  return isLonger ? text : negativePrompt;
}

/** A bracket that is never closed must not hide what stands behind it. */
const saidIn = (text: string): Set<string> => new Set([...termsOf(text), ...text.split(',')].map(plain));

/** Without the comma that somebody left behind. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s,;]/.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}

/** "a", "a and b", "a, b and c". */
function listed(phrases: readonly string[]): string {
  const last = phrases.at(-1) ?? '';
  return phrases.length < 2 ? last : `${phrases.slice(0, -1).join(', ')} and ${last}`;
}

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ');

/** At commas, but not at those inside brackets: `(a, b:1.2)` is one. */
function termsOf(text: string): string[] {
  const terms: string[] = [];
  let depth = 0;
  let term = '';
  for (const letter of text) {
    if (/[([{<]/.test(letter)) depth += 1;
    if (/[)\]}>]/.test(letter)) depth = Math.max(0, depth - 1);
    if (letter === ',' && depth === 0) {
      terms.push(term.trim());
      term = '';
    } else term += letter;
  }
  return [...terms, term.trim()].filter((each) => each !== '');
}

/** Without case, punctuation and weights, to see that two terms are the same. */
function plain(term: string): string {
  return term
    .toLowerCase()
    .replace(/:\s*[\d.]+\s*(?=[)>])/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
