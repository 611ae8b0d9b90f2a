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

/** What is said of prompts that had to be shortened, now that it is known how, and of styles that are gone. */
export function withFitting(
  dropped: readonly DroppedParameter[],
  { resolved, optimized }: PromptStages,
  missingStyles: readonly string[],
): DroppedParameter[] {
  const notes = dropped.filter(({ parameter }) => parameter !== 'prompt');
  for (const id of missingStyles) {
    notes.push({ parameter: 'style', note: `The style "${id}" is not there any more, and was left out.` });
  }
  const { by, model, reason, limit } = optimized.fitting;
  const [had, has] = [resolved.negativePrompt.length, optimized.negativePrompt.length];
  if (had > limit && has > 0) {
    const note = `The negative prompt of ${had} characters was shortened to ${has} by Easel itself.`;
    notes.unshift({ parameter: 'negativePrompt', note });
  }
  if (by === 'none') return notes;
  const who = by === 'ollama' ? `by ${model ?? 'Ollama'}` : 'by Easel itself';
  const why = reason === null ? '' : ` ${reason}`;
  const what =
    resolved.prompt.length > limit
      ? `The prompt of ${resolved.prompt.length} characters`
      : `The prompt of ${resolved.prompt.length} characters, with its styles too long,`;
  const note = `${what} was shortened to ${optimized.prompt.length} ${who}.${why}`;
  return [{ parameter: 'prompt', note }, ...notes];
}
