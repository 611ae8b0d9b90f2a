import { describe, expect, it } from 'vitest';
import type { SentRequest, Task } from '../../../src/main/providers/provider.ts';
import { failureOf, makeInput, makeRequest, taskIn } from '../comfyui/requests.ts';
import { endOf, modelNamed, options, useReplicate } from './stand.ts';

const replicate = useReplicate();
const minute = 60_000;
const request = makeRequest(modelNamed('flux-dev'), { seed: 7781, steps: 4 });
const sentAs = (from = request, sentAt = Date.now()): SentRequest => ({
  attemptId: from.attemptId,
  operation: from.operation,
  model: from.model.id,
  prompt: from.prompt,
  seed: from.seed,
  width: from.width,
  height: from.height,
  count: from.count,
  sentAt,
});

describe('a task', () => {
  it('survives JSON and a restart', async () => {
    const { fake, provider } = await replicate.start();
    const task = JSON.parse(JSON.stringify(taskIn(await provider.submit(request, options)))) as Task;
    expect((await endOf(replicate.another(fake), task)).state).toBe('finished');
    expect(fake.charges).toHaveLength(1);
  });

  it('is lost when Replicate does not know it', async () => {
    const { provider } = await replicate.start();
    const task = taskIn(await provider.submit(request, options));
    expect(await provider.collect({ ...task, remoteId: '../account' }, options)).toEqual({ state: 'lost' });
  });

  it('whose pictures are gone fails in a way that can be asked again', async () => {
    const { provider } = await replicate.start();
    const task = taskIn(await provider.submit({ ...request, prompt: 'short-lived' }, options));
    expect(await failureOf(endOf(provider, task))).toMatchObject({ code: 'server', isFinal: false });
  });
});

describe('cancelling', () => {
  it('stops a prediction, which then ends as cancelled', async () => {
    const { provider } = await replicate.start({ stepMs: 200 });
    const task = taskIn(await provider.submit(request, options));
    expect(await provider.cancel?.(task, options)).toBe(true);
    expect(await failureOf(provider.collect(task, options))).toMatchObject({ code: 'cancelled', isFinal: true });
  });

  it('says that there is nothing to stop when it has ended or is not known', async () => {
    const { provider } = await replicate.start();
    const task = taskIn(await provider.submit(request, options));
    await endOf(provider, task);
    expect(await provider.cancel?.(task, options)).toBe(false);
    expect(await provider.cancel?.({ ...task, remoteId: 'unknown' }, options)).toBe(false);
  });
});

describe('a request whose answer was lost', () => {
  it('is found by model, prompt and seed, and its pictures are fetched without paying again', async () => {
    const { fake, provider } = await replicate.start();
    const sent = sentAs();
    fake.addFault({ on: 'pay', kind: 'resetAfter', times: 1 });
    expect((await failureOf(provider.submit(request, options))).code).toBe('unknown_outcome');
    const found = await provider.find?.(sent, options);
    if (found?.state !== 'found') throw new Error(`it was ${found?.state ?? 'not looked for'}`);
    expect((await endOf(provider, found.task)).state).toBe('finished');
    expect(fake.charges).toHaveLength(1);
  });

  it('is found beyond the first page, which leads to the next', async () => {
    const { fake, provider } = await replicate.start({ stepMs: 1 });
    await provider.submit(request, options);
    for (let round = 0; round < 5; round += 1) {
      const others = Array.from({ length: 21 }, (_each, at) => provider.submit({ ...request, seed: at }, options));
      await Promise.all(others);
    }
    expect((await provider.find?.(sentAs(), options))?.state).toBe('found');
    expect(fake.requests.filter(({ method, path }) => method === 'GET' && path === '/predictions')).toHaveLength(2);
  });

  it('is surely absent once it has had time to arrive, not before', async () => {
    const { provider } = await replicate.start();
    await provider.submit({ ...request, seed: 1 }, options);
    expect(await provider.find?.(sentAs(), options)).toEqual({ state: 'unsure' });
    expect(await provider.find?.(sentAs(request, Date.now() - 2 * minute), options)).toEqual({ state: 'absent' });
  });

  it('is not declared absent after an hour, when inputs have been removed', async () => {
    const { provider } = await replicate.start();
    expect(await provider.find?.(sentAs(request, Date.now() - 55 * minute), options)).toEqual({ state: 'unsure' });
    const task = taskIn(await provider.submit({ ...request, prompt: 'an hour ago' }, options));
    await failureOf(endOf(provider, task));
    expect(await provider.find?.(sentAs(request, Date.now() - 2 * minute), options)).toEqual({ state: 'unsure' });
  });

  it('is not taken for an earlier one, which differed in what can not be compared', async () => {
    const { provider } = await replicate.start();
    await provider.submit({ ...request, guidance: 9 }, options);
    expect(await provider.find?.(sentAs(request, Date.now() + 20_000), options)).toEqual({ state: 'unsure' });
  });

  it('is not guessed where two look alike', async () => {
    const { provider } = await replicate.start();
    await provider.submit(request, options);
    await provider.submit(request, options);
    expect(await provider.find?.(sentAs(), options)).toEqual({ state: 'unsure' });
  });

  it('is not guessed where the model takes no seed', async () => {
    const { provider } = await replicate.start();
    const image = makeInput(32, 32);
    const upscale = makeRequest(modelNamed('nightmareai/real-esrgan'), { image, prompt: '', scale: 2, steps: null });
    await provider.submit(upscale, options);
    const sent = sentAs(upscale, Date.now() - 2 * minute);
    expect(await provider.find?.(sent, options)).toEqual({ state: 'unsure' });
  });
});
