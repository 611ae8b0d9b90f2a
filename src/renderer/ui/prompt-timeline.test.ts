import { describe, expect, it } from 'vitest';
import { noPromptOptions } from '../../shared/models/prompt-options.ts';
import type { PromptStages } from '../../shared/models/prompt-stages.ts';
import { promptTimeline } from './prompt-timeline.ts';

const words = (prompt: string, negativePrompt = '') => ({ prompt, negativePrompt });
const untouched = { by: 'none', model: null, ms: 0, limit: 2_999, reason: null, conceptsKept: null } as const;
const stages = (change: Partial<PromptStages>): PromptStages => ({
  typed: words('a {red|blue} cat', 'blur'),
  options: noPromptOptions,
  resolved: { ...words('a red cat', 'blur'), draws: [{ kind: 'choice', source: '{red|blue}', picked: 'red' }] },
  optimized: { ...words('a red cat', 'blur'), fitting: untouched },
  ...change,
});

describe('the stages of a prompt', () => {
  it('are one where it was sent as it was typed', () => {
    const [only, ...more] = promptTimeline({ stages: null, request: words('a cat', 'blur'), revisedPrompt: null });
    expect(more).toEqual([]);
    expect(only).toMatchObject({ kind: 'typed', words: { ...words('a cat', 'blur'), options: noPromptOptions } });
    expect(promptTimeline({ stages: null, request: words('a cat'), revisedPrompt: 'a cat' })).toHaveLength(1);
  });

  it('leave out those at which nothing happened', () => {
    const steps = promptTimeline({ stages: stages({}), request: words('a red cat'), revisedPrompt: 'A cat, red.' });
    expect(steps.map(({ kind }) => kind)).toEqual(['typed', 'resolved', 'revised']);
    expect(steps[2]?.before).toEqual({ ...words('a red cat', 'blur'), draws: expect.anything() as unknown });
    expect(steps[2]?.text).toEqual(words('A cat, red.', 'blur'));
  });

  it('bring back what was typed with its options, and of the others just their words', () => {
    const options = { ...noPromptOptions, styles: ['oil_painting'] };
    const fitting = { ...untouched, by: 'local', ms: 3, reason: 'Ollama is not there.', conceptsKept: 0.9 } as const;
    const steps = promptTimeline({
      stages: stages({ options, optimized: { ...words('a red cat, oil', 'blur'), fitting } }),
      request: words('a red cat, oil'),
      revisedPrompt: null,
    });
    expect(steps.map((step) => step.words)).toEqual([
      { ...words('a {red|blue} cat', 'blur'), options },
      { ...words('a red cat', 'blur'), options: noPromptOptions },
      { ...words('a red cat, oil', 'blur'), options: noPromptOptions },
    ]);
    expect(steps[2]).toMatchObject({ kind: 'optimized', styles: ['oil_painting'], fitting });
  });

  it('tell of a shortening that left the words as they were', () => {
    const optimized = {
      ...words('a red cat', 'blur'),
      fitting: { ...untouched, by: 'ollama', model: 'gpt-oss:20b' } as const,
    };
    const kinds = promptTimeline({ stages: stages({ optimized }), request: words('a red cat'), revisedPrompt: null });
    expect(kinds.map(({ kind }) => kind)).toEqual(['typed', 'resolved', 'optimized']);
  });
});
