import { longestPrompt } from '../../shared/models/generation-request.ts';

/** The counter is shown from here on. */
const nearLimit = longestPrompt - 1000;

export type PromptLength = { readonly kind: 'fine' } | { readonly kind: 'near' | 'over'; readonly characters: number };

/** How a prompt of this many characters stands to the limit: so many left, or so many too many. */
export function promptLength(characters: number): PromptLength {
  if (characters > longestPrompt) return { kind: 'over', characters: characters - longestPrompt };
  if (characters >= nearLimit) return { kind: 'near', characters: longestPrompt - characters };
  return { kind: 'fine' };
}
