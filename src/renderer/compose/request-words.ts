import type { GenerationRequestInput } from '../../shared/models/generation-request.ts';
import { noPromptOptions } from '../../shared/models/prompt-options.ts';
import type { Draft } from './draft.ts';

/** The words of a request, and what is to be done with them where that is anything at all. */
export function requestWords({
  prompt,
  promptOptions,
}: Draft): Pick<GenerationRequestInput, 'prompt' | 'promptOptions'> {
  const isUsual = JSON.stringify(promptOptions) === JSON.stringify(noPromptOptions);
  return { prompt: prompt.trim(), ...(isUsual ? {} : { promptOptions }) };
}
