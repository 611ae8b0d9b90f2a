import { longestPrompt } from '../../src/shared/models/generation-request.ts';
import { descriptions } from '../prompts/descriptions.ts';
import { longBriefs } from '../prompts/long-briefs.ts';
import { otherLanguages } from '../prompts/other-languages.ts';
import { products } from '../prompts/products.ts';
import type { PromptSample } from '../prompts/prompt-sample.ts';
import { tagSoup } from '../prompts/tag-soup.ts';

const kinds: readonly (readonly PromptSample[])[] = [tagSoup, descriptions, products, otherLanguages, longBriefs];

/** Prompts as long as they may be, each of one kind: tags, descriptions, products, other languages, briefs. */
export const longPrompts: readonly string[] = kinds.map((samples) => {
  const all = samples.map(({ text }) => text).join('\n');
  return all.repeat(Math.ceil(longestPrompt / all.length)).slice(0, longestPrompt);
});
