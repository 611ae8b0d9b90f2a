import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../fakes/kit/fake-types.ts';
import { failureOf, makeInput, makeRequest, never, taskIn } from '../comfyui/requests.ts';
import { model, open, startStability } from './stand.ts';

const refused = (name: string, ...errors: string[]) => ({ id: 'a1', name, errors });

describe('a refusal', () => {
  it.each([
    [400, refused('bad_request', 'prompt: required'), 'invalid_request', null],
    [401, { message: 'invalid key' }, 'auth', null],
    [402, refused('payment_required', 'no credits'), 'quota', null],
    [403, refused('content_moderation', 'flagged'), 'content_policy', null],
    [403, refused('forbidden', 'not for this key'), 'auth', null],
    [413, refused('payload_too_large', 'over 10 MiB'), 'invalid_request', null],
    [422, refused('invalid_language', 'not English'), 'server', null],
    [422, refused('public_figure', 'a likeness'), 'content_policy', null],
    [422, refused('something_new', 'whatever'), 'invalid_request', null],
    [429, refused('rate_limit_exceeded', 'too fast'), 'rate_limit', 60_000],
    [500, refused('internal_error', 'oops'), 'server', null],
    [503, refused('unavailable', 'later'), 'server', null],
  ])('%i %j is %s', async (status, json, code, retryAfterMs) => {
    const { fake, provider } = await startStability();
    fake.addFault({ on: 'pay', kind: 'status', status, json });
    const failure = await failureOf(provider.submit(makeRequest(model('core')), { signal: never() }));
    expect(failure).toMatchObject({ code, retryAfterMs, cost: null });
    expect(failure.providerText).toContain('message' in json ? json.message : json.errors[0]);
    expect(fake.charges).toHaveLength(0);
  });

  it('waits longer than a minute where the service asks for it', async () => {
    const { fake, provider } = await startStability();
    fake.addFault({ on: 'pay', kind: 'status', status: 429, retryAfter: '90' });
    const failure = await failureOf(provider.submit(makeRequest(model('core')), { signal: never() }));
    expect(failure.retryAfterMs).toBe(90_000);
  });

  it.each([
    ['something forbidden', 'content_policy'],
    ['a public figure', 'content_policy'],
    ['маяк на закате', 'server'],
  ])('of the prompt "%s" by the service itself is %s and costs nothing', async (prompt, code) => {
    const { fake, provider } = await startStability();
    const failure = await failureOf(provider.submit(makeRequest(model('core'), { prompt }), { signal: never() }));
    expect(failure).toMatchObject({ code, cost: null });
    expect(fake.charges).toHaveLength(0);
  });

  it('of a wrong key is told as such, and never repeats it', async () => {
    const { fake } = await startStability();
    const wrong = open(fake, 'sk-wrong-0123456789abcdef');
    const failure = await failureOf(wrong.submit(makeRequest(model('core')), { signal: never() }));
    expect(failure.code).toBe('auth');
    expect(JSON.stringify([failure.message, failure.providerText])).not.toContain('sk-wrong');
  });

  it('of the request comes before the one of the key, so it says nothing about the key', async () => {
    const { fake } = await startStability();
    const wrong = open(fake, 'sk-wrong-0123456789abcdef');
    const request = makeRequest(model('core'), { style: 'unheard-of' });
    expect((await failureOf(wrong.submit(request, { signal: never() }))).code).toBe('invalid_request');
  });

  it('of a task ends it', async () => {
    const { fake, provider } = await startStability();
    const request = makeRequest(model('upscale-creative'), { image: makeInput(64, 64) });
    const task = taskIn(await provider.submit(request, { signal: never() }));
    fake.addFault({
      on: 'poll',
      kind: 'status',
      status: 403,
      json: refused('content_moderation', 'flagged'),
      times: 1,
    });
    expect(await failureOf(provider.collect(task, { signal: never() }))).toMatchObject({
      code: 'content_policy',
      isFinal: true,
    });
    fake.addFault({ on: 'poll', kind: 'status', status: 429, json: refused('rate_limit_exceeded', 'slow'), times: 1 });
    expect(await failureOf(provider.collect(task, { signal: never() }))).toMatchObject({
      code: 'rate_limit',
      isFinal: false,
    });
  });
});

describe('a picture that the filter blurred', () => {
  it('is no success although the service says 200, and is charged', async () => {
    const { fake, provider } = await startStability();
    const request = makeRequest(model('ultra'), { prompt: 'something unsafe' });
    const failure = await failureOf(provider.submit(request, { signal: never() }));
    expect(failure).toMatchObject({
      code: 'content_policy',
      providerText: 'CONTENT_FILTERED',
      cost: { kind: 'estimated', usd: 0.08 },
    });
    expect(fake.charges).toMatchObject([{ usd: 0.08 }]);
  });
});

describe('an answer that got lost', () => {
  it.each<FaultKind>(['resetAfter', 'html', 'cutJson', 'wrongType'])(
    'by %s may have been charged, and nothing is sent again',
    async (kind) => {
      const { fake, provider } = await startStability();
      fake.addFault({ on: 'pay', kind });
      const failure = await failureOf(provider.submit(makeRequest(model('core')), { signal: never() }));
      expect(failure.code).toBe('unknown_outcome');
      expect(fake.requests).toHaveLength(1);
    },
  );

  it.each([502, 504])('behind a gateway (%i) may have been charged', async (status) => {
    const { fake, provider } = await startStability();
    fake.addFault({ on: 'pay', kind: 'statusAfter', status });
    const failure = await failureOf(provider.submit(makeRequest(model('core')), { signal: never() }));
    expect(failure.code).toBe('unknown_outcome');
  });

  it('is not a failure of somebody who stopped it', async () => {
    const { fake, provider } = await startStability();
    fake.addFault({ on: 'pay', kind: 'hang' });
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    const failure = await failureOf(provider.submit(makeRequest(model('core')), { signal: stop.signal }));
    expect(failure.code).toBe('cancelled');
  });
});
