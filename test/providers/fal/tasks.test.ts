import { describe, expect, it } from 'vitest';
import type { SentRequest, Task } from '../../../src/main/providers/provider.ts';
import { failureOf, makeRequest, taskIn } from '../comfyui/requests.ts';
import { endOf, falModel, finishedOf, options, useFal } from './stand.ts';

const fal = useFal();
const request = makeRequest(falModel('flux/dev'), { seed: 7781, steps: 4 });
const sentAs = (from = request): SentRequest => ({
  attemptId: from.attemptId,
  operation: from.operation,
  model: from.model.id,
  prompt: from.prompt,
  seed: from.seed,
  width: from.width,
  height: from.height,
  count: from.count,
  sentAt: Date.now(),
});

describe('a task', () => {
  it('survives JSON and a restart', async () => {
    const { fake, provider } = await fal.start();
    const task = JSON.parse(JSON.stringify(taskIn(await provider.submit(request, options)))) as Task;
    expect((await endOf(fal.another(fake), task)).state).toBe('finished');
    expect(fake.charges).toHaveLength(1);
  });

  it('is lost when fal does not know it', async () => {
    const { provider } = await fal.start();
    const task = taskIn(await provider.submit(request, options));
    const statusUrl = String(task.statusUrl).replace(task.remoteId, crypto.randomUUID());
    expect(await provider.collect({ ...task, statusUrl }, options)).toEqual({ state: 'lost' });
  });

  it('is never asked about at an address that is not fal’s, though the answer named it', async () => {
    const { fake, provider } = await fal.start();
    const first = await provider.submit({ ...request, prompt: 'answers from abroad' }, options);
    const task = taskIn(first);
    expect(String(task.statusUrl)).toBe(`${fake.url}/fal-ai/flux/requests/${task.remoteId}/status`);
    await finishedOf(provider, first);
  });

  it('that names a stranger’s address is refused before anything leaves', async () => {
    const { provider } = await fal.start();
    const task = taskIn(await provider.submit(request, options));
    const failure = await failureOf(provider.collect({ ...task, statusUrl: 'https://example.org/status' }, options));
    expect(failure.code).toBe('server');
    expect(failure.message).toContain('does not send the key');
  });

  it('whose pictures are gone fails in a way that can be asked again', async () => {
    const { provider } = await fal.start();
    const first = await provider.submit({ ...request, prompt: 'short-lived' }, options);
    const failure = await failureOf(finishedOf(provider, first));
    expect(failure).toMatchObject({ code: 'server', isFinal: false });
  });

  it('whose pictures are gone after the week for which they are kept has ended, and was charged', async () => {
    const { fake, provider } = await fal.start();
    const task = taskIn(await provider.submit({ ...request, prompt: 'short-lived' }, options));
    const paid = fake.requests.find(({ kind }) => kind === 'pay');
    expect(paid?.headers['x-fal-object-lifecycle-preference']).toBe('{"expiration_duration_seconds":604800}');
    const old = { ...task, startedAt: Date.now() - 8 * 24 * 3_600_000 };
    const failure = await failureOf(endOf(provider, old));
    expect(failure).toMatchObject({ code: 'server', isFinal: true, cost: { kind: 'reported' } });
    expect(failure.message).toContain('gone');
  });
});

describe('cancelling', () => {
  it('stops a running request, which then ends as cancelled', async () => {
    const { provider } = await fal.start({ stepMs: 200 });
    const task = taskIn(await provider.submit(request, options));
    expect(await provider.cancel?.(task, options)).toBe(true);
    expect(await failureOf(endOf(provider, task))).toMatchObject({ code: 'cancelled', isFinal: true });
  });

  it('says that there is nothing to stop when it has ended or is not known', async () => {
    const { provider } = await fal.start();
    const task = taskIn(await provider.submit(request, options));
    await endOf(provider, task);
    expect(await provider.cancel?.(task, options)).toBe(false);
    const cancelUrl = String(task.cancelUrl).replace(task.remoteId, crypto.randomUUID());
    expect(await provider.cancel?.({ ...task, cancelUrl }, options)).toBe(false);
  });
});

describe('a request whose answer was lost', () => {
  it('is found by its prompt and seed, and its pictures are fetched without paying again', async () => {
    const { fake, provider } = await fal.start();
    const sent = sentAs();
    fake.addFault({ on: 'pay', kind: 'resetAfter', times: 1 });
    expect((await failureOf(provider.submit(request, options))).code).toBe('unknown_outcome');
    const found = await provider.find?.(sent, options);
    if (found?.state !== 'found') throw new Error(`it was ${found?.state ?? 'not looked for'}`);
    expect((await endOf(provider, found.task)).state).toBe('finished');
    expect(fake.charges).toHaveLength(1);
  });

  it('is found beyond the first page', async () => {
    const { fake, provider } = await fal.start({ stepMs: 0 });
    await provider.submit(request, options);
    const others = Array.from({ length: 104 }, (_each, seed) => provider.submit({ ...request, seed }, options));
    await Promise.all(others);
    expect((await provider.find?.(sentAs(), options))?.state).toBe('found');
    expect(fake.requests.filter(({ path }) => path.endsWith('/by-endpoint'))).toHaveLength(2);
  });

  it('is never surely absent: what still waits is not in the list', async () => {
    const { provider } = await fal.start({ stepMs: 500 });
    for (const seed of [1, 2]) await provider.submit({ ...request, seed }, options);
    await provider.submit(request, options);
    expect(await provider.find?.(sentAs(), options)).toEqual({ state: 'unsure' });
  });

  it('is not guessed where two look alike, or another number of pictures was asked for', async () => {
    const { provider } = await fal.start({ stepMs: 0 });
    await provider.submit({ ...request, count: 2 }, options);
    expect(await provider.find?.(sentAs(), options)).toEqual({ state: 'unsure' });
    await provider.submit(request, options);
    expect((await provider.find?.(sentAs(), options))?.state).toBe('found');
    await provider.submit(request, options);
    expect(await provider.find?.(sentAs(), options)).toEqual({ state: 'unsure' });
  });

  it('is not taken for an earlier one, which differed in what can not be compared', async () => {
    const { provider } = await fal.start({ stepMs: 0 });
    await provider.submit({ ...request, guidance: 9 }, options);
    expect(await provider.find?.({ ...sentAs(), sentAt: Date.now() + 20_000 }, options)).toEqual({ state: 'unsure' });
  });

  it('is not looked for where nothing tells it from others', async () => {
    const { fake, provider } = await fal.start();
    const upscale = makeRequest(falModel('esrgan'), { prompt: '' });
    expect(await provider.find?.(sentAs(upscale), options)).toEqual({ state: 'unsure' });
    expect(fake.requests).toHaveLength(0);
  });
});
