import { describe, expect, it } from 'vitest';
import type { ProviderRequest, SentRequest } from '../../../src/main/providers/provider.ts';
import { collectAll, generate, makeInput } from '../../provider-kit/requests.ts';
import { failureOf } from '../comfyui/requests.ts';
import { signal, submitted, useModal, wishFor } from './stand.ts';

const stand = useModal();
const hourMs = 3_600_000;

const sentOf = (request: ProviderRequest, sentAt = Date.now()): SentRequest => {
  const { attemptId, operation, prompt, seed, width, height, count } = request;
  return { attemptId, operation, model: request.model.id, prompt, seed, width, height, count, sentAt };
};

describe('a request whose answer was lost', () => {
  it('is found by its own id', async () => {
    const request = await wishFor(stand.provider, 'flux-dev');
    stand.fake.addFault({ on: 'pay', kind: 'resetAfter', times: 1 });
    expect((await failureOf(submitted(stand.provider, request))).code).toBe('unknown_outcome');
    const found = await stand.open().find?.(sentOf(request), { signal });
    if (found?.state !== 'found') throw new Error('it was not found');
    expect((await collectAll(stand.provider, found.task)).state).toBe('finished');
    expect(stand.fake.charges).toHaveLength(1);
  });

  it('surely never arrived where the app does not know it, unless that was too long ago', async () => {
    const request = await wishFor(stand.provider, 'flux-dev');
    expect(await stand.provider.find?.(sentOf(request), { signal })).toEqual({ state: 'absent' });
    const old = sentOf(request, Date.now() - 25 * hourMs);
    expect(await stand.provider.find?.(old, { signal })).toEqual({ state: 'unsure' });
  });

  it('is asked about by the id that was known before it was sent', async () => {
    const request = await wishFor(stand.provider, 'flux-dev');
    const task = stand.provider.taskFor?.(request);
    if (!task) throw new Error('it has no task');
    expect((await stand.provider.collect(task, { signal })).state).toBe('lost');
    await submitted(stand.provider, request);
    const restarted = JSON.parse(JSON.stringify(task)) as typeof task;
    expect((await collectAll(stand.open(), restarted)).state).toBe('finished');
  });

  it('is not begun a second time when it is sent again', async () => {
    const request = await wishFor(stand.provider, 'flux-dev');
    const [one, two] = [await submitted(stand.provider, request), await submitted(stand.provider, request)];
    expect(two.task.remoteId).toBe(one.task.remoteId);
    expect(stand.fake.charges).toHaveLength(1);
    const other = { ...request, prompt: 'something else' };
    expect((await failureOf(submitted(stand.provider, other))).message).toContain('another request of this name');
  });
});

describe('an answer that Modal puts somewhere else (303)', () => {
  it('is fetched there, with the key and without starting anything again', async () => {
    const request = await wishFor(stand.provider, 'flux-dev', { prompt: 'a cold start' });
    const images = await generate(stand.provider, request);
    expect(images).toHaveLength(1);
    const hop = stand.fake.requests.find(({ query }) => query.includes('__modal_function_call_id'));
    expect(hop).toMatchObject({ method: 'GET', headers: { 'modal-secret': stand.fake.keys.secret } });
    expect(hop?.body.length).toBe(0);
    expect(stand.fake.charges).toHaveLength(1);
  });

  it('is unknown where it can not be fetched, and found again', async () => {
    const request = await wishFor(stand.provider, 'flux-dev', { prompt: 'a cold start' });
    stand.fake.addFault({ on: 'poll', kind: 'resetBefore', times: 1 });
    expect((await failureOf(submitted(stand.provider, request))).code).toBe('unknown_outcome');
    expect((await stand.provider.find?.(sentOf(request), { signal }))?.state).toBe('found');
  });
});

describe('a job', () => {
  it('is lost where the app does not know it, or no longer has its result', async () => {
    const { task } = await submitted(stand.provider, await wishFor(stand.provider, 'flux-dev', { prompt: 'expired' }));
    expect((await collectAll(stand.provider, task)).state).toBe('lost');
    const gone = { ...task, remoteId: 'fc-gone', jobId: 'fc-gone' };
    expect((await stand.provider.collect(gone, { signal })).state).toBe('lost');
  });

  it('is not lost while the app can not be asked', async () => {
    const { task } = await submitted(stand.provider, await wishFor(stand.provider, 'flux-dev'));
    stand.fake.addFault({ on: 'poll', kind: 'status', status: 404, times: 1 });
    expect((await failureOf(stand.provider.collect(task, { signal }))).isFinal).toBe(false);
    expect((await collectAll(stand.provider, task)).state).toBe('finished');
  });

  it('is stopped, by its own id as well, and says so', async () => {
    const request = await wishFor(stand.provider, 'flux-dev', { prompt: 'no container' });
    const { task } = await submitted(stand.provider, request);
    const before = stand.provider.taskFor?.(request);
    expect(await stand.provider.cancel?.(before ?? task, { signal })).toBe(true);
    expect(await failureOf(stand.provider.collect(task, { signal }))).toMatchObject({
      code: 'cancelled',
      isFinal: true,
    });
  });

  it('that has ended or is gone has nothing left to stop', async () => {
    const request = await wishFor(stand.provider, 'flux-dev');
    const { task } = await submitted(stand.provider, request);
    await collectAll(stand.provider, task);
    const gone = { ...task, jobId: 'fc-gone' };
    const unsent = stand.provider.taskFor?.({ ...request, attemptId: crypto.randomUUID() }) ?? task;
    for (const each of [task, gone, unsent]) expect(await stand.provider.cancel?.(each, { signal })).toBe(false);
  });
});

describe('training', () => {
  const request = async (name: string) => ({
    attemptId: crypto.randomUUID(),
    name,
    triggerWord: 'TOK',
    description: 'my robot',
    subject: 'object' as const,
    images: await Promise.all([1, 2, 3].map((seed) => makeInput(seed, 64))),
    steps: 500,
  });

  it('uploads the pictures, then makes a model of base and LoRA', async () => {
    let training = await stand.provider.train?.(await request('My Róbot!'), { signal });
    while (training?.state === 'pending') {
      const task = JSON.parse(JSON.stringify(training.task)) as typeof training.task;
      await new Promise((resolve) => setTimeout(resolve, 2));
      training = await stand.provider.collectTraining?.(task, { signal });
    }
    const source = 'vol://loras/my-r-bot.safetensors';
    expect(training).toMatchObject({
      state: 'finished',
      model: { id: `flux-dev#${source}`, name: 'My Róbot!', source },
    });
    expect(stand.paid()[0]?.body).toMatchObject({ task: 'train', model: 'flux-dev', trigger_word: 'TOK', steps: 500 });
  });

  it('that the app does not know is lost', async () => {
    const gone = { remoteId: 'fc-gone', jobId: 'fc-gone', clientRequestId: crypto.randomUUID(), name: 'x', base: 'y' };
    expect(await stand.provider.collectTraining?.(gone, { signal })).toEqual({ state: 'lost' });
  });
});
