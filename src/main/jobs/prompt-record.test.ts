import { describe, expect, it } from 'vitest';
import { noPromptOptions } from '../../shared/models/prompt-options.ts';
import type { PromptStages } from '../../shared/models/prompt-stages.ts';
import { withFitting } from './prompt-record.ts';

function stages(resolved: [number, number], optimized: [number, number], by: 'none' | 'local'): PromptStages {
  const text = ([prompt, negativePrompt]: [number, number]) => ({
    prompt: 'p'.repeat(prompt),
    negativePrompt: 'n'.repeat(negativePrompt),
  });
  const fitting = { by, model: null, ms: 0, limit: 100, reason: null, conceptsKept: null };
  return {
    typed: text(resolved),
    options: noPromptOptions,
    resolved: { ...text(resolved), draws: [] },
    optimized: { ...text(optimized), fitting },
  };
}
const notes = (...of: Parameters<typeof stages>): string[] =>
  withFitting([], stages(...of), []).map(({ note }) => note);

describe('what is said of shortened prompts', () => {
  it('is nothing where none was', () => {
    expect(notes([100, 100], [100, 100], 'none')).toEqual([]);
  });

  it('is how long they were, and the negative prompt is one of them', () => {
    expect(notes([300, 200], [99, 98], 'local')).toEqual([
      'The prompt of 300 characters was shortened to 99 by Easel itself.',
      'The negative prompt of 200 characters was shortened to 98 by Easel itself.',
    ]);
    expect(notes([50, 200], [50, 98], 'none')).toEqual([
      'The negative prompt of 200 characters was shortened to 98 by Easel itself.',
    ]);
  });

  it('names the styles where only they made it too long, and nothing that was not sent at all', () => {
    expect(notes([95, 200], [100, 0], 'local')).toEqual([
      'The prompt of 95 characters, with its styles too long, was shortened to 100 by Easel itself.',
    ]);
  });

  it('names a style that is gone', () => {
    expect(withFitting([], stages([50, 0], [50, 0], 'none'), ['my_ink'])).toEqual([
      { parameter: 'style', note: 'The style "my_ink" is not there any more, and was left out.' },
    ]);
  });
});
