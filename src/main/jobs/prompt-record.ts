import { hash } from 'node:crypto';
import type { DroppedParameter } from '../../shared/models/dropped-parameter.ts';
import type { Job } from '../../shared/models/job.ts';
import type { PromptStages, PromptText } from '../../shared/models/prompt-stages.ts';

export function typedText({ request: { prompt, negativePrompt } }: Job): PromptText {
  return { prompt, negativePrompt };
}

/** Nothing became of it on the way: the stages would say the same three times. */
export function isAsTyped({ typed, optimized }: PromptStages): boolean {
  return (
    typed.prompt === optimized.prompt &&
    typed.negativePrompt === optimized.negativePrompt &&
    optimized.fitting.by === 'none'
  );
}

/** What the history of prompts keeps of it. */
export function historyEntry({ typed, options, optimized }: PromptStages, at: number) {
  return {
    hash: hash('sha256', `${typed.prompt}\0${typed.negativePrompt}`, 'hex'),
    typed: typed.prompt,
    negative: typed.negativePrompt,
    options,
    sent: optimized.prompt === typed.prompt ? '' : optimized.prompt,
    at,
  };
}

/** What is said of a prompt that had to be shortened, now that it is known how. */
export function withFitting(
  dropped: readonly DroppedParameter[],
  { resolved, optimized }: PromptStages,
): DroppedParameter[] {
  const others = dropped.filter(({ parameter }) => parameter !== 'prompt');
  const { by, model, reason } = optimized.fitting;
  if (by === 'none') return others;
  const who = by === 'ollama' ? `by ${model ?? 'Ollama'}` : 'by Easel itself';
  const why = reason === null ? '' : ` ${reason}`;
  const note = `The prompt of ${resolved.prompt.length} characters was shortened to ${optimized.prompt.length} ${who}.${why}`;
  return [{ parameter: 'prompt', note }, ...others];
}
