import { expect, it } from 'vitest';
import { exampleJob, exampleProvider } from './examples-for-tests.ts';
import { waitingReason } from './waiting-reason.ts';

const job = exampleJob(1, { request: { prompt: 'a fox', provider: 'openai' } });

it.each([
  ['offline', { kind: 'network' }],
  ['locked', { kind: 'keys' }],
  ['unreachable', { kind: 'provider', provider: 'openai' }],
  ['ready', null],
  ['checking', null],
] as const)('says what a job waits for while its provider is %s', (state, reason) => {
  expect(waitingReason(job, [exampleProvider(), exampleProvider({ id: 'openai', kind: 'cloud', state })])).toEqual(
    reason,
  );
});

it('says nothing of a job that any provider may take', () => {
  const anywhere = exampleJob(1, { request: { prompt: 'a fox' } });
  expect(waitingReason(anywhere, [exampleProvider({ state: 'offline' })])).toBeNull();
});
