import { describe, expect, it } from 'vitest';
import { createReplicate } from '../../../src/main/providers/replicate/adapter.ts';
import type { ImageProvider, Task, Training, TrainingRequest } from '../../../src/main/providers/provider.ts';
import { failureOf, makeInput, makeRequest } from '../comfyui/requests.ts';
import { finishedOf, modelNamed, options, paid, useReplicate } from './stand.ts';

const replicate = useReplicate();
const wish: TrainingRequest = {
  attemptId: 'b3f0a7de-1c52-4a0e-9d4b-5f6e7a8b9c0d',
  name: 'Mein Leuchtturm!',
  triggerWord: 'lghths',
  description: 'a lighthouse of my own',
  subject: 'object',
  images: Array.from({ length: 5 }, (_each, seed) => makeInput(64, 64, seed)),
  steps: 800,
};

async function trained(provider: ImageProvider, first: Training): Promise<Training> {
  let training = first;
  for (let asked = 0; training.state === 'pending' && asked < 500; asked += 1) {
    await new Promise((resolve) => setTimeout(resolve, 3));
    const task = JSON.parse(JSON.stringify(training.task)) as Task;
    training = (await provider.collectTraining?.(task, options)) ?? training;
  }
  return training;
}

describe('the token', () => {
  it('is checked free of charge', async () => {
    const { fake, provider } = await replicate.start();
    expect((await provider.checkHealth(options)).message).toContain('lighthouse');
    expect(fake.requests).toMatchObject([
      { path: '/account', headers: { authorization: `Bearer ${fake.keys.apiKey ?? ''}` } },
    ]);
    const stranger = replicate.another(fake, { apiKey: 'r8_wrong' });
    expect((await failureOf(stranger.checkHealth(options))).code).toBe('auth');
  });

  it('never leaves for a list’s next page at a stranger’s', async () => {
    const { fake, provider } = await replicate.start();
    const json = { next: 'https://example.org/v1/predictions?cursor=2', results: [] };
    fake.addFault({ on: 'free', kind: 'status', status: 200, json, times: 1 });
    const sent = { ...makeRequest(modelNamed('flux-dev')), model: 'black-forest-labs/flux-dev', sentAt: Date.now() };
    const failure = await failureOf(provider.find?.(sent, options) ?? Promise.resolve());
    expect(failure.message).toContain('does not send the key');
  });

  it('is of no use where nobody listens', async () => {
    const provider = createReplicate({ url: 'http://127.0.0.1:9/v1', credentials: { apiKey: 'r8_x' } });
    expect((await failureOf(provider.submit(makeRequest(modelNamed('flux-dev')), options))).code).toBe('network');
    await provider.close();
  });
});

describe('training', () => {
  it('makes a place for the model, fills it, and the model then draws', async () => {
    const { fake, provider } = await replicate.start();
    const first = await provider.train!(wish, options);
    expect(first).toMatchObject({ state: 'pending', askAgainInMs: 10_000 });
    const end = await trained(replicate.another(fake), first);
    if (end.state !== 'finished') throw new Error(`it ended as ${end.state}`);
    expect(end.model).toEqual({
      id: expect.stringMatching(/^lighthouse\/mein-leuchtturm-b3f0a7de:[0-9a-f]{64}$/) as string,
      name: 'Mein Leuchtturm!',
      source: null,
    });
    expect(end.cost).toEqual({ kind: 'estimated', usd: 600 * 0.001525 });
    expect(paid(fake)).toMatchObject({
      destination: 'lighthouse/mein-leuchtturm-b3f0a7de',
      input: { trigger_word: 'lghths', steps: 800 },
    });
    const created = fake.requests.find(({ method, path }) => method === 'POST' && path === '/models');
    expect(JSON.parse(created?.body.toString() ?? '{}')).toMatchObject({
      visibility: 'private',
      hardware: 'gpu-h100',
      description: 'a lighthouse of my own',
    });
    expect(fake.charges).toHaveLength(1);

    const listed = (await provider.listModels?.(options)) ?? [];
    const model = listed.find(({ id }) => id === end.model.id);
    if (!model) throw new Error('the model is not in the list');
    const request = makeRequest(model, { width: 512, height: 512, steps: 20, guidance: 3 });
    expect((await finishedOf(provider, await provider.submit(request, options))).images).toHaveLength(1);
  });

  it('lists models of all pages, as long as there is an end', async () => {
    const { fake, provider } = await replicate.start();
    const end = await trained(provider, await provider.train!(wish, options));
    if (end.state !== 'finished') throw new Error(`it ended as ${end.state}`);
    const json = { next: `${fake.url}/trainings?cursor=0`, previous: null, results: [] };
    fake.addFault({ on: 'free', kind: 'status', status: 200, json, times: 1 });
    expect((await provider.listModels?.(options))?.map(({ id }) => id)).toContain(end.model.id);
    fake.addFault({ on: 'free', kind: 'status', status: 200, json });
    const before = fake.requests.length;
    await provider.listModels?.(options);
    expect(fake.requests.length - before).toBe(10);
  });

  it('goes on where the place is there already', async () => {
    const { fake, provider } = await replicate.start();
    await provider.train!(wish, options);
    expect((await provider.train!(wish, options)).state).toBe('pending');
    expect(fake.charges).toHaveLength(2);
  });

  it('pays nothing where no place can be made', async () => {
    const { fake, provider } = await replicate.start();
    const bad = { ...wish, triggerWord: 'x' };
    fake.addFault({ on: 'free', kind: 'status', status: 402, json: { detail: 'no credit' }, times: 1 });
    expect((await failureOf(provider.train!(bad, options))).code).toBe('quota');
    expect(fake.requests.some(({ kind }) => kind === 'pay')).toBe(false);
  });

  it('can be cancelled, and is lost when it is not known', async () => {
    const { provider } = await replicate.start({ stepMs: 100 });
    const first = await provider.train!(wish, options);
    if (first.state !== 'pending') throw new Error('it should take its time');
    expect(await provider.cancel?.(first.task, options)).toBe(true);
    expect(await failureOf(provider.collectTraining!(first.task, options))).toMatchObject({ code: 'cancelled' });
    expect(await provider.collectTraining!({ ...first.task, remoteId: 'x' }, options)).toEqual({ state: 'lost' });
  });
});
