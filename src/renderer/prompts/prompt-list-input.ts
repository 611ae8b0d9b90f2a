import type { PromptListFormat } from '../../shared/prompt-text/prompt-list.ts';

/** Many prompts as somebody gave them. */
export interface PromptListInput {
  readonly content: string;
  readonly format: PromptListFormat;
}

/** Larger files are no lists of prompts. */
export const longestListFile = 10_000_000;

/** How a file is written, by its name; what has no known ending is text with a prompt on each line. */
export function formatOfFile(name: string): PromptListFormat {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  return ending === 'csv' || ending === 'json' ? ending : 'text';
}
