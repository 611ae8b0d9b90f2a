import { expect, it } from 'vitest';
import { exampleId, exampleJob } from '../ui/examples-for-tests.ts';
import { jobNews } from './use-job-news.ts';

const request = { prompt: 'a fox' };

it('tells a screen reader what became of a job', () => {
  const running = exampleJob(1, { state: 'running', request });
  const done = exampleJob(1, { state: 'succeeded', request, imageIds: [exampleId(1), exampleId(2)] });
  const error = { code: 'server' as const, message: 'It broke.' };
  expect(jobNews(running, done)).toBe('2 images are ready: a fox');
  expect(jobNews(running, exampleJob(1, { state: 'failed', request, error }))).toBe('Failed: a fox. It broke.');
  expect(jobNews(undefined, exampleJob(1, { request }))).toBe('Queued: a fox');
});

it('says nothing when a job only got on', () => {
  const job = exampleJob(1, { state: 'running', request });
  expect(jobNews(job, { ...job, imageIds: [exampleId(1)] })).toBeNull();
});
