import { expect, it } from 'vitest';
import type { JobProgress } from '../../shared/models/job.ts';
import { exampleId } from './examples-for-tests.ts';
import { overallFraction } from './progress.ts';

const progress = (change: Partial<JobProgress>): JobProgress => ({
  jobId: exampleId(1),
  provider: 'comfyui',
  imagesDone: 0,
  imagesTotal: 4,
  fraction: null,
  stage: '',
  queuePosition: null,
  previewVersion: 0,
  secondsLeft: null,
  ...change,
});

it('counts finished images and the one under way', () => {
  expect(overallFraction(progress({ imagesDone: 1, fraction: 0.5 }))).toBe(0.375);
  expect(overallFraction(progress({ imagesDone: 2 }))).toBe(0.5);
  expect(overallFraction(progress({ imagesDone: 4, fraction: 1 }))).toBe(1);
});

it('claims nothing while the service tells nothing', () => {
  expect(overallFraction(progress({}))).toBeNull();
});
