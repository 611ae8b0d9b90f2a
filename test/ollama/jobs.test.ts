import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job, JobWithAttempts } from '../../src/shared/models/job.ts';
import { startFakeOllama, type FakeOllama } from '../fakes/ollama/start-fake-ollama.ts';
import { newPlace, type Place } from '../run-easel.ts';
import { startServe, until, type Served } from '../server/start-serve.ts';
import { longPrompt } from './long-prompt.ts';

let place: Place;
let fake: FakeOllama;
let served: Served;
const serve = (): Promise<Served> => startServe(place, { environment: { EASEL_OLLAMA_URL: fake.url } });
beforeEach(async () => {
  place = newPlace();
  fake = await startFakeOllama({ settings: { answerMs: 20_000 } });
  served = await serve();
});
afterEach(async () => {
  await served.stop();
  await fake.close().catch(() => undefined);
  place.remove();
});

const begin = (more: object = {}): Promise<Job> =>
  served.call('jobs/create', { prompt: longPrompt(6000), provider: 'builtin', front: false, ...more });
const show = ({ id }: Job): Promise<JobWithAttempts> => served.call('jobs/show', { id });
const ended = (job: Job): Promise<void> => until(async () => !['queued', 'running'].includes((await show(job)).state));
const isShortening = (): Promise<void> => until(() => fake.chats.at(-1)?.state === 'writing');

describe('a job whose prompt a model is shortening', () => {
  it('is left as it stands by the end of Easel, and taken up by the next start', async () => {
    const job = await begin();
    await isShortening();
    const asked = Date.now();
    expect((await served.stop()).code).toBe(0);
    expect(Date.now() - asked).toBeLessThan(4000);
    await until(() => fake.chats[0]?.state === 'closed');
    fake.settings.answerMs = 10;
    served = await serve();
    await ended(job);
    const { state, attempts } = await show(job);
    expect(state).toBe('succeeded');
    expect(attempts.map(({ stages }) => stages?.optimized.fitting.by)).toEqual(['ollama']);
  });

  it('stops the model when it is cancelled, and ends', async () => {
    const job = await begin();
    await isShortening();
    await served.call('jobs/cancel', { id: job.id });
    expect(await show(job)).toMatchObject({ state: 'cancelled', attempts: [] });
    await until(() => fake.chats[0]?.state === 'closed');
  });

  it('holds up nobody whose prompt is short', async () => {
    const job = await begin();
    await isShortening();
    const other = await begin({ prompt: 'a fox' });
    await ended(other);
    expect((await show(other)).state).toBe('succeeded');
    expect((await show(job)).state).toBe('running');
    await served.call('jobs/cancel', { id: job.id });
  });
});
