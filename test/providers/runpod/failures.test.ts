import { describe, expect, it } from 'vitest';
import type { ProviderErrorCode } from '../../../src/shared/errors.ts';
import { ownEndpoints } from '../../fakes/runpod/workers.ts';
import { collectAll } from '../../provider-kit/requests.ts';
import { failureOf } from '../comfyui/requests.ts';
import { signal, submitted, useRunpod, wishFor } from './stand.ts';

const stand = useRunpod();
const modelId = 'black-forest-labs-flux-1-dev';

const failWith = async (prompt: string) => {
  const { task } = await submitted(stand.provider, await wishFor(stand.provider, modelId, { prompt }));
  return failureOf(collectAll(stand.provider, task));
};

describe('a job that ends badly', () => {
  it.each<[string, ProviderErrorCode, string]>([
    ['an unsafe thing', 'content_policy', 'NSFW content detected by the safety checker'],
    ['something too heavy', 'server', 'CUDA out of memory'],
    ['something half told', 'server', 'Model is overloaded, try again'],
    ['an endless work', 'timeout', 'job timed out after 1 retries'],
  ])('with %s is final, with the worker’s own words', async (prompt, code, words) => {
    expect(await failWith(prompt)).toMatchObject({ code, providerText: words, isFinal: true });
  });

  it('without a reason says that there is none', async () => {
    expect((await failWith('no reason')).message).toContain('gave no reason');
  });

  it('is not charged by a public endpoint, and may be by one of one’s own', async () => {
    const failed = await failWith('something too heavy');
    expect(failed).toMatchObject({ isFinal: true, cost: { kind: 'reported', usd: 0 } });
    expect(stand.fake.charges).toHaveLength(0);
    const own = stand.open({ endpointId: ownEndpoints.sdxl });
    const request = await wishFor(own, `worker-sdxl/${ownEndpoints.sdxl}`, { prompt: 'something too heavy' });
    const { task } = await submitted(own, request);
    expect(await failureOf(collectAll(own, task))).toMatchObject({ isFinal: true, cost: null });
  });

  it('by running out of time is not surely free', async () => {
    expect(await failWith('an endless work')).toMatchObject({ cost: null });
  });
});

describe('a request that is refused', () => {
  it('quotes the parameter that a public endpoint does not take', async () => {
    const request = await wishFor(stand.provider, modelId);
    const failure = await failureOf(submitted(stand.provider, { ...request, width: 1000 }));
    expect(failure.code).toBe('invalid_request');
    expect(failure.message).toContain('width must be divisible by 64');
  });

  it('because of its prompt is content policy', async () => {
    const request = await wishFor(stand.provider, modelId, { prompt: 'a forbidden thing' });
    expect((await failureOf(submitted(stand.provider, request))).code).toBe('content_policy');
  });

  it.each<[number, ProviderErrorCode]>([
    [401, 'auth'],
    [402, 'quota'],
    [403, 'auth'],
    [404, 'invalid_request'],
    [413, 'invalid_request'],
    [429, 'rate_limit'],
    [500, 'unknown_outcome'],
    [502, 'unknown_outcome'],
    [503, 'unknown_outcome'],
    [504, 'unknown_outcome'],
  ])('with status %i is %s', async (status, code) => {
    stand.fake.addFault({ on: 'pay', kind: 'status', status });
    const request = await wishFor(stand.provider, modelId);
    expect((await failureOf(submitted(stand.provider, request))).code).toBe(code);
  });

  it('with an error of RunPod’s own is clear where it names the end of the job', async () => {
    const json = { id: 'x-u1', status: 'FAILED', error: 'Model is overloaded' };
    stand.fake.addFault({ on: 'pay', kind: 'status', status: 500, json });
    const failure = await failureOf(submitted(stand.provider, await wishFor(stand.provider, modelId)));
    expect(failure).toMatchObject({ code: 'server', isFinal: true, providerText: 'Model is overloaded' });
  });

  it('because of a wrong key is auth, though the body is no JSON', async () => {
    const stranger = stand.open({ apiKey: 'easel-test-key-runpod-wrong' });
    expect((await failureOf(stranger.checkHealth({ signal }))).code).toBe('auth');
  });
});

describe('a job that can not be asked about', () => {
  it('is lost where RunPod does not know it (any more)', async () => {
    const { task } = await submitted(stand.provider, await wishFor(stand.provider, modelId));
    expect((await stand.provider.collect({ ...task, remoteId: 'gone-u1' }, { signal })).state).toBe('lost');
    expect((await stand.provider.collect({ ...task, endpointId: 'gone' }, { signal })).state).toBe('lost');
  });

  it('is no failure of the job while RunPod has trouble', async () => {
    const { task } = await submitted(stand.provider, await wishFor(stand.provider, modelId));
    stand.fake.addFault({ on: 'poll', kind: 'status', status: 503, times: 1 });
    expect(await failureOf(stand.provider.collect(task, { signal }))).toMatchObject({ code: 'server', isFinal: false });
    expect((await collectAll(stand.provider, task)).state).toBe('finished');
  });
});

describe('cancelling', () => {
  it('stops a job, which then says so', async () => {
    const { task } = await submitted(stand.provider, await wishFor(stand.provider, modelId, { prompt: 'no worker' }));
    expect(await stand.provider.cancel?.(task, { signal })).toBe(true);
    const failure = await failureOf(stand.provider.collect(task, { signal }));
    expect(failure).toMatchObject({ code: 'cancelled', isFinal: true });
  });

  it('has nothing to stop once the job has ended or is gone', async () => {
    const { task } = await submitted(stand.provider, await wishFor(stand.provider, modelId));
    await collectAll(stand.provider, task);
    expect(await stand.provider.cancel?.(task, { signal })).toBe(false);
    expect(await stand.provider.cancel?.({ ...task, remoteId: 'gone' }, { signal })).toBe(false);
  });
});

describe('the account', () => {
  it('tells its balance, which falls with what was made', async () => {
    const before = await stand.provider.readBalance?.({ signal });
    expect(before).toEqual({ amount: 12.34, unit: 'USD', usd: 12.34 });
    const { task } = await submitted(stand.provider, await wishFor(stand.provider, 'qwen-image-t2i'));
    await collectAll(stand.provider, task);
    expect((await stand.provider.readBalance?.({ signal }))?.usd).toBeCloseTo(12.32);
  });

  it('is no trouble where the key may only run jobs', async () => {
    stand.fake.addFault({ on: 'free', kind: 'status', status: 403, times: 1 });
    expect((await stand.provider.checkHealth({ signal })).message).toContain('may not look at the account');
    const json = { errors: [{ message: 'Something went wrong.' }], data: null };
    stand.fake.addFault({ on: 'free', kind: 'status', status: 200, json, times: 1 });
    const failure = await failureOf(stand.provider.readBalance?.({ signal }) ?? Promise.resolve());
    expect(failure).toMatchObject({ code: 'invalid_request', providerText: 'Something went wrong.' });
  });
});
