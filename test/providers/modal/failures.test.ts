import { describe, expect, it } from 'vitest';
import { placeholderUrl } from '../../../src/main/providers/modal/manifest.ts';
import type { ProviderErrorCode } from '../../../src/shared/errors.ts';
import { startFake } from '../../fakes/kit/start-fake.ts';
import { fakeModal } from '../../fakes/modal/service.ts';
import { collectAll } from '../../provider-kit/requests.ts';
import { failureOf } from '../comfyui/requests.ts';
import { signal, submitted, useModal, wishFor } from './stand.ts';

const stand = useModal();

const failWith = async (fault: { status: number; json: unknown; retryAfter?: string }) => {
  const request = await wishFor(stand.provider, 'flux-dev');
  stand.fake.addFault({ on: 'pay', kind: 'status', times: 1, ...fault });
  return failureOf(submitted(stand.provider, request));
};

describe('an error of the contract', () => {
  it.each<[string, number, ProviderErrorCode]>([
    ['invalid_request', 422, 'invalid_request'],
    ['unauthorized', 403, 'auth'],
    ['not_found', 404, 'invalid_request'],
    ['conflict', 409, 'invalid_request'],
    ['content_policy', 422, 'content_policy'],
    ['payload_too_large', 413, 'invalid_request'],
    ['rate_limited', 429, 'rate_limit'],
    ['out_of_memory', 500, 'server'],
    ['timeout', 500, 'unknown_outcome'],
    ['internal', 500, 'server'],
    ['unavailable', 503, 'server'],
  ])('%s (%i) is %s', async (code, status, category) => {
    const json = { error: { code, message: 'so it is', retryable: false, field: 'steps' } };
    const failure = await failWith({ status, json, retryAfter: '3' });
    expect(failure).toMatchObject({ code: category, providerText: 'steps: so it is' });
    if (code === 'rate_limited') expect(failure.retryAfterMs).toBe(3000);
  });

  it('is quoted with the field that is wrong', async () => {
    const request = await wishFor(stand.provider, 'flux-dev');
    const wrong = { ...request, scheduler: 'euler' };
    expect((await failureOf(submitted(stand.provider, wrong))).message).toContain(
      'scheduler: scheduler is not supported',
    );
  });

  it('of FastAPI itself is an invalid request, with its field', async () => {
    const detail = [{ loc: ['body', 'prompt'], msg: 'Field required', type: 'missing' }];
    const failure = await failWith({ status: 422, json: { detail } });
    expect(failure).toMatchObject({ code: 'invalid_request', providerText: 'prompt: Field required' });
  });

  it.each<[string, ProviderErrorCode]>([
    ['something too heavy', 'server'],
    ['something too slow', 'timeout'],
    ['something broken', 'server'],
    ['something indecent', 'content_policy'],
  ])('at the end of a job (%s) is final: %s', async (prompt, code) => {
    const { task } = await submitted(stand.provider, await wishFor(stand.provider, 'flux-dev', { prompt }));
    expect(await failureOf(collectAll(stand.provider, task))).toMatchObject({ code, isFinal: true });
  });
});

describe('an answer of Modal itself', () => {
  it.each<[number, string, ProviderErrorCode]>([
    [401, 'missing credentials for proxy authorization', 'auth'],
    [404, 'app for invoked web endpoint is stopped', 'server'],
    [404, 'workspace ac-1 is disabled', 'auth'],
    [429, 'Webhook failed: workspace billing cycle spend limit reached', 'quota'],
    [429, 'too many requests', 'rate_limit'],
    [500, 'internal error: status InternalFailure', 'server'],
    [502, '', 'unknown_outcome'],
    [503, '', 'server'],
  ])('(%i modal-http: %s) is %s', async (status, text, code) => {
    // The switched-on fault speaks JSON; here a door of its own speaks plain text.
    const app = await startFake({
      ...fakeModal,
      create: (kit) =>
        fakeModal.create(kit).map((route) =>
          route.kind === 'pay'
            ? {
                ...route,
                answer: () => ({ status, bytes: Buffer.from(`modal-http: ${text}`), type: 'text/plain' }),
              }
            : route,
        ),
    });
    const provider = stand.open({ url: app.url });
    try {
      const failure = await failureOf(submitted(provider, await wishFor(provider, 'flux-dev')));
      expect(failure.code).toBe(code);
    } finally {
      await app.close();
    }
  });
});

describe('the door', () => {
  const spareKeys = { key: 'wk-another', secret: 'ws-another' };

  it('lets in the two headers of a proxy token, and no other', async () => {
    expect((await stand.provider.checkHealth({ signal })).message).toBe('my-flux answers, with L40S.');
    const [asked] = stand.fake.requests;
    expect(asked?.headers).toMatchObject({ 'modal-key': stand.fake.keys.key, 'modal-secret': stand.fake.keys.secret });
    expect(asked?.headers.authorization).toBeUndefined();
    const failure = await failureOf(stand.open({ credentials: spareKeys }).checkHealth({ signal }));
    expect(failure).toMatchObject({ code: 'auth' });
    expect(failure.message).toContain('proxy token');
  });

  it('may be the app’s own, with a bearer token', async () => {
    const app = await startFake(fakeModal, { keys: { apiKey: 'a-password-of-my-own' } });
    try {
      const provider = stand.open({ url: app.url, credentials: { apiKey: 'a-password-of-my-own' } });
      await provider.checkHealth({ signal });
      expect(app.requests[0]?.headers.authorization).toBe('Bearer a-password-of-my-own');
      const stranger = stand.open({ url: app.url, credentials: { apiKey: 'another-password' } });
      expect((await failureOf(stranger.checkHealth({ signal }))).code).toBe('auth');
    } finally {
      await app.close();
    }
  });

  it('may be open to everybody', async () => {
    const app = await startFake(fakeModal, { keys: {} });
    try {
      await stand.open({ url: app.url, credentials: {} }).checkHealth({ signal });
      expect(app.requests).toHaveLength(1);
    } finally {
      await app.close();
    }
  });

  it.each<[Record<string, string>, string]>([
    [{ key: 'ak-account', secret: 'as-account' }, 'account'],
    [{ apiKey: 'as-account' }, 'account'],
    [{ key: 'wk-alone' }, 'two halves'],
    [{ key: 'ws-swapped', secret: 'wk-swapped' }, 'begins with wk-'],
  ])('is not even tried with %j', async (credentials, words) => {
    const provider = stand.open({ credentials });
    const failure = await failureOf(provider.checkHealth({ signal }));
    expect(failure).toMatchObject({ code: 'auth' });
    expect(failure.message).toContain(words);
    expect(stand.fake.requests).toHaveLength(0);
  });

  it('is nowhere until the user enters an address', async () => {
    const provider = stand.open({ url: placeholderUrl });
    const request = await wishFor(stand.provider, 'flux-dev');
    for (const call of [
      provider.checkHealth({ signal }),
      provider.listModels?.({ signal }),
      provider.submit(request, { signal }),
    ]) {
      expect((await failureOf(call ?? Promise.resolve())).message).toContain('Enter the address of your own Modal app');
    }
  });

  it('of another kind of app is told apart', async () => {
    const provider = stand.open({ url: `${stand.fake.url}/elsewhere` });
    expect((await failureOf(provider.checkHealth({ signal }))).message).toContain('enter simple as its kind');
  });
});
