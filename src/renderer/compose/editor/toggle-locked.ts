import type { PromptOptions } from '../../../shared/models/prompt-options.ts';

const longestTerm = 400;
const mostTerms = 100;

/**
 * What is selected is kept word for word from now on, or not any more. Null: it can't be, since nothing is selected, it is too
 * long, or there are a hundred already.
 */
export function toggleLocked(options: PromptOptions, selected: string): PromptOptions | null {
  const term = selected.trim();
  const { locked } = options;
  if (locked.includes(term)) return { ...options, locked: locked.filter((other) => other !== term) };
  if (term === '' || term.length > longestTerm || locked.length >= mostTerms) return null;
  return { ...options, locked: [...locked, term] };
}
