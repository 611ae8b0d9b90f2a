import { PromptOptions } from '../models/prompt-options.ts';
import type { SavedPrompt } from '../models/saved-prompt.ts';
import { plainCsv } from '../plain-csv.ts';

/** How kept prompts are written. JSON holds everything but older versions, CSV no styles, variables and locked terms. */
export const savedFileFormats = ['json', 'csv'] as const;
export type SavedFileFormat = (typeof savedFileFormats)[number];

const noOptions = JSON.stringify(PromptOptions.parse({}));

/** Writes kept prompts so that `readPromptList` reads them back, in their folders and under their names. */
export function writePromptList(prompts: readonly SavedPrompt[], format: SavedFileFormat): string {
  if (format === 'csv') {
    const rows = prompts.map(({ folder, name, version }) => [folder, name, version.prompt, version.negativePrompt]);
    return plainCsv([['folder', 'name', 'prompt', 'negative_prompt'], ...rows]);
  }
  const listed = prompts.map(({ folder, name, version: { prompt, negativePrompt, options } }) => ({
    ...{ folder, name, prompt, negative_prompt: negativePrompt },
    ...(JSON.stringify(options) === noOptions ? {} : { options }),
  }));
  return `${JSON.stringify({ version: 1, prompts: listed }, null, 2)}\n`;
}
