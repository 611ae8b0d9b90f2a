import { describe, expect, it } from 'vitest';
import { createHuggingface } from '../../../src/main/providers/huggingface/adapter.ts';
import type { Task } from '../../../src/main/providers/provider.ts';
import { collectAll } from '../../provider-kit/requests.ts';
import { failureOf, finish, requestOf, signal, startHuggingface } from './stand.ts';

const noPermission =
  'This authentication method does not have sufficient permissions to call Inference Providers on behalf of user NAME';

describe('a refusal of the router', () => {
  it.each([
    [401, { error: 'Invalid username or password.' }, 'auth', /does not know this token/],
    [403, { error: noPermission }, 'auth', /Make calls to Inference Providers/],
    [403, { error: 'Access to model is restricted' }, 'auth', /ask for consent/],
    [403, { detail: 'User is locked. Reason: Exhausted balance.' }, 'quota', /used up/],
    [402, { error: 'You have exceeded your monthly included credits for Inference Providers.' }, 'quota', /used up/],
    [402, { error: 'You have depleted your monthly included credits.' }, 'quota', /used up/],
    [400, { error: 'Model x not supported by provider together' }, 'server', /does not serve/],
    [404, { error: { message: 'Unable to access model x' } }, 'server', /Unable to access/],
    [400, { message: 'width must be a multiple of 8' }, 'invalid_request', /multiple of 8/],
    [422, { detail: [{ msg: 'Field required', type: 'missing' }] }, 'invalid_request', /Field required/],
    [422, { detail: [{ msg: 'x', type: 'content_policy_violation' }] }, 'content_policy', /refused the content/],
    [422, { detail: [{ msg: 'x', type: 'no_media_generated' }] }, 'content_policy', /refused the content/],
    [422, { error: { message: 'image may contain NSFW content' } }, 'content_policy', /refused the content/],
    [400, { error: { message: 'Invalid content detected.' } }, 'content_policy', /refused the content/],
    [500, { error: 'boom' }, 'server', /error of its own/],
    [503, { error: 'overloaded' }, 'server', /error of its own/],
    [504, { error: 'gateway' }, 'unknown_outcome', /may have been charged/],
  ] as const)('with status %i and %o is %s', async (status, json, code, message) => {
    const { fake, provider } = await startHuggingface();
    fake.addFault({ on: 'pay', kind: 'status', status, json, times: 1 });
    const failure = await failureOf(provider.submit(await requestOf('easel/on-together'), { signal }));
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
    expect(fake.charges).toHaveLength(0);
  });

  it('says how long the model is loaded, and asks for no endless wait', async () => {
    const { fake, provider } = await startHuggingface();
    const request = await requestOf('easel/on-hf', { prompt: 'a cold start' });
    const failure = await failureOf(provider.submit(request, { signal }));
    expect(failure).toMatchObject({ code: 'rate_limit', retryAfterMs: 20_000 });
    expect((await finish(provider, request)).images).toHaveLength(1);
    fake.addFault({ on: 'pay', kind: 'status', status: 503, json: { estimated_time: 9999 }, times: 1 });
    expect((await failureOf(provider.submit(request, { signal }))).retryAfterMs).toBe(120_000);
  });

  it('comes from the service itself for a wrong token', async () => {
    const { fake } = await startHuggingface();
    const stranger = createHuggingface({ url: fake.url, credentials: { apiKey: 'hf_wrong' } });
    expect((await failureOf(stranger.checkHealth({ signal }))).code).toBe('auth');
    await stranger.close();
  });
});

const everyService = [
  'black-forest-labs/FLUX.1-dev',
  'easel/on-replicate',
  'easel/on-together',
  'easel/on-nscale',
  'easel/on-deepinfra',
  'easel/on-wavespeed',
  'easel/on-zai',
  'easel/on-hf',
];

describe('content that a service does not draw', () => {
  it.each(everyService)('is content policy, never an empty success: %s', async (id) => {
    const { provider } = await startHuggingface();
    for (const prompt of ['a forbidden thing', 'an unsafe thing']) {
      expect((await failureOf(finish(provider, await requestOf(id, { prompt })))).code).toBe('content_policy');
    }
  });

  it('is not blamed where a service just gives nothing', async () => {
    const { provider } = await startHuggingface();
    const request = await requestOf('easel/on-together', { prompt: 'nothing' });
    expect(await failureOf(provider.submit(request, { signal }))).toMatchObject({ code: 'server', isFinal: true });
  });
});

describe('a failure behind the router', () => {
  it.each(['black-forest-labs/FLUX.1-dev', 'easel/on-replicate', 'easel/on-wavespeed'])(
    'is the end of the task of %s, and of nothing else',
    async (id) => {
      const { provider } = await startHuggingface();
      const failure = await failureOf(finish(provider, await requestOf(id, { prompt: 'it breaks down' })));
      expect(failure).toMatchObject({ code: 'server', isFinal: true });
    },
  );

  it('is seen though WaveSpeed hides it in a success', async () => {
    const { fake, provider } = await startHuggingface();
    const request = await requestOf('easel/on-wavespeed', { prompt: 'refused inside' });
    const failure = await failureOf(provider.submit(request, { signal }));
    expect(failure).toMatchObject({ code: 'server', message: expect.stringContaining('no worker') });
    expect(fake.charges).toHaveLength(0);
  });

  it('may be that Replicate never began', async () => {
    const { provider } = await startHuggingface();
    const request = await requestOf('easel/on-replicate', { prompt: 'aborted' });
    expect(await failureOf(provider.submit(request, { signal }))).toMatchObject({ code: 'cancelled', isFinal: true });
  });
});

describe('work under way behind the router', () => {
  const begin = async (id: string, prompt = 'a lighthouse', stepMs = 5) => {
    const { fake, provider } = await startHuggingface({}, stepMs);
    const first = await provider.submit(await requestOf(id, { prompt }), { signal });
    if (first.state !== 'pending') throw new Error('expected a task');
    return { fake, provider, task: first.task };
  };
  const jobs = [
    ['black-forest-labs/FLUX.1-dev', 'a lighthouse'],
    ['easel/on-wavespeed', 'a lighthouse'],
    ['easel/on-zai', 'a lighthouse'],
    ['easel/on-replicate', 'a slow lighthouse'],
  ] as const;

  it.each(jobs)('of %s is found again after a restart', async (id, prompt) => {
    const { fake, task } = await begin(id, prompt);
    const again = createHuggingface({ url: fake.url, credentials: fake.keys });
    expect((await collectAll(again, JSON.parse(JSON.stringify(task)) as Task)).state).toBe('finished');
    expect(fake.charges).toHaveLength(1);
    await again.close();
  });

  it.each(jobs.slice(0, 3))('of %s is lost only where the service itself says so', async (id) => {
    const { fake, provider, task } = await begin(id);
    const notServed = { error: 'Model x not supported by provider y' };
    fake.addFault({ on: 'poll', kind: 'status', status: 404, json: notServed, times: 1 });
    expect(await failureOf(provider.collect(task, { signal }))).toMatchObject({ code: 'server', isFinal: false });
    for (const kind of ['html', 'cutJson', 'wrongType', 'resetAfter'] as const) {
      fake.addFault({ on: 'poll', kind, times: 1 });
      expect((await failureOf(provider.collect(task, { signal }))).isFinal).toBe(false);
    }
    const unknown = { ...task, path: String(task.path).replace(task.remoteId, 'a-stranger') };
    expect(await provider.collect(unknown, { signal })).toEqual({ state: 'lost' });
    expect((await collectAll(provider, task)).state).toBe('finished');
    expect(fake.charges).toHaveLength(1);
  });

  it('of Replicate is unknown, not lost, where nobody can be asked about it', async () => {
    const { provider, task } = await begin('easel/on-replicate', 'a slow lighthouse');
    const unknown = { ...task, path: '/v1/predictions/a-stranger' };
    expect(await failureOf(provider.collect(unknown, { signal }))).toMatchObject({
      code: 'unknown_outcome',
      isFinal: true,
    });
  });

  it('waits in the queue of fal, and says where', async () => {
    const { provider, task } = await begin('black-forest-labs/FLUX.1-dev', 'a lighthouse', 60_000);
    expect(await provider.collect(task, { signal })).toMatchObject({
      state: 'pending',
      progress: { stage: expect.stringMatching(/at fal$/) },
    });
  });

  it.each([
    ['easel/on-replicate', 'a lighthouse'],
    ['easel/on-deepinfra', 'a lighthouse as link'],
    ['easel/on-hf', 'a lighthouse as link'],
  ])('is kept where the finished picture of %s can not be fetched at once', async (id, prompt) => {
    const { fake, provider } = await startHuggingface();
    fake.addFault({ on: 'file', kind: 'status', status: 503, times: 2 });
    const first = await provider.submit(await requestOf(id, { prompt }), { signal });
    if (first.state !== 'pending') throw new Error('expected a task');
    const task = JSON.parse(JSON.stringify(first.task)) as Task;
    expect((await failureOf(provider.collect(task, { signal }))).isFinal).toBe(false);
    expect((await collectAll(provider, task)).state).toBe('finished');
    expect(fake.charges).toHaveLength(1);
  });

  it.each(['easel/on-replicate', 'black-forest-labs/FLUX.1-dev'])(
    'has ended where the picture of %s is gone after a day, at a cost that is not known',
    async (id) => {
      const { fake, provider } = await startHuggingface();
      fake.addFault({ on: 'file', kind: 'status', status: 404 });
      const first = await provider.submit(await requestOf(id), { signal });
      if (first.state !== 'pending') throw new Error('expected a task');
      const again = await failureOf(collectAll(provider, first.task));
      expect(again.isFinal).toBe(false);
      const old = { ...first.task, startedAt: Date.now() - 25 * 3_600_000 };
      const failure = await failureOf(collectAll(provider, old));
      expect(failure).toMatchObject({ code: 'server', isFinal: true, cost: null });
      expect(failure.message).toContain('gone');
    },
  );

  it('is lost for a task that is none of this version', async () => {
    const { provider } = await startHuggingface();
    expect(await provider.collect({ remoteId: 'x' }, { signal })).toEqual({ state: 'lost' });
    expect(await provider.collect({ remoteId: 'x', service: 'constructor', path: '/y' }, { signal })).toEqual({
      state: 'lost',
    });
  });

  it.each(everyService)('is unknown where the answer of the paid call is lost: %s', async (id) => {
    const { fake, provider } = await startHuggingface();
    for (const kind of ['resetAfter', 'html', 'cutJson'] as const) {
      fake.addFault({ on: 'pay', kind, times: 1 });
      const failure = await failureOf(provider.submit(await requestOf(id), { signal }));
      expect(failure.code, kind).toBe('unknown_outcome');
    }
  });
});
