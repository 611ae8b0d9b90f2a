import { describe, expect, it } from 'vitest';
import { advanceNode, enterNode, startRun } from './run-progress.ts';

const classes = { 4: 'CheckpointLoaderSimple', 3: 'KSampler', 8: 'VAEDecode', 9: 'SaveImage', 5: 'FancyCustomNode' };

describe('the progress of a run', () => {
  it('knows no fraction while loading, that of the steps while sampling, and all of it afterwards', () => {
    const loading = enterNode(startRun(classes), '4');
    expect(loading.progress).toEqual({ fraction: null, stage: 'Loading model', queuePosition: 0 });
    const sampling = advanceNode(enterNode(loading, '3'), '3', 4, 20);
    expect(sampling.progress).toEqual({ fraction: 0.2, stage: 'Sampling, step 4 of 20', queuePosition: 0 });
    expect(enterNode(sampling, '8').progress).toEqual({ fraction: 1, stage: 'Decoding', queuePosition: 0 });
  });

  it('has words for nodes it does not know', () => {
    expect(enterNode(startRun(classes), '5').progress?.stage).toBe('Working');
    expect(advanceNode(startRun({}), '77', 2, 4).progress).toMatchObject({
      stage: 'Working, step 2 of 4',
      fraction: 0.5,
    });
  });

  it('does not take a single step for progress, and stays between 0 and 1', () => {
    const run = enterNode(startRun(classes), '4');
    expect(advanceNode(run, '4', 1, 1)).toBe(run);
    expect(advanceNode(run, '3', 30, 20).progress?.fraction).toBe(1);
  });
});
