import { describe, expect, it } from 'vitest';
import { explainRefusal } from '../../../src/main/providers/openai/explain-refusal.ts';
import type { ProviderErrorCode } from '../../../src/shared/errors.ts';
import { failureOf, makeRequest, never } from '../comfyui/requests.ts';
import { modelNamed, useStand } from './stand.ts';

const start = useStand();
const square = { width: 1024, height: 1024 };
const standard = 'gpt-image-2.6-flare/medium';

const body = (code: string | null, message = 'No.', type = 'invalid_request_error', param: string | null = null) => ({
  error: { message, type, param, code },
});

describe('a refusal of OpenAI', () => {
  it.each<[string, number, object, ProviderErrorCode]>([
    ['a bad key', 401, body('invalid_api_key'), 'auth'],
    ['a key without permission', 403, body(null, 'Your organization must be verified to use the model.'), 'auth'],
    ['an invalid value', 400, body('invalid_value', 'Invalid size.', undefined, 'size'), 'invalid_request'],
    ['an unknown parameter', 400, body('unknown_parameter'), 'invalid_request'],
    ['its content policy', 400, body('moderation_blocked', 'x', 'image_generation_user_error'), 'content_policy'],
    ['a retired model', 404, body('model_not_found'), 'server'],
    ['too many requests', 429, body('rate_limit_exceeded', 'Slow down.', 'requests'), 'rate_limit'],
    ['no credit, which has the same status', 429, body('insufficient_quota', 'x', 'insufficient_quota'), 'quota'],
    ['the hard limit of its bill', 400, body('billing_hard_limit_reached'), 'quota'],
    ['a file too large', 413, body(null), 'invalid_request'],
    ['an error of its own', 500, body('server_error', 'x', 'server_error'), 'server'],
    ['too much to do', 503, body('server_error', 'x', 'server_error'), 'server'],
    ['a gateway without answer', 502, body(null), 'unknown_outcome'],
    ['a gateway out of patience', 504, body(null), 'unknown_outcome'],
  ])('for %s (%i) gets its category', async (_, status, json, code) => {
    const { fake, provider } = await start();
    fake.addFault({ on: 'pay', kind: 'status', status, json, times: 1 });
    const request = makeRequest(modelNamed(provider, standard), square);
    expect((await failureOf(provider.submit(request, { signal: never() }))).code).toBe(code);
    expect(fake.requests).toHaveLength(1);
  });

  it.each(['forbidden', 'unsafe'])('of a prompt that is %s names what was wrong with it', async (word) => {
    const { fake, provider } = await start();
    const request = makeRequest(modelNamed(provider, standard), { ...square, prompt: `something ${word}` });
    const failure = await failureOf(provider.submit(request, { signal: never() }));
    expect(failure).toMatchObject({ code: 'content_policy', isFinal: true });
    expect(failure.message).toContain('(violence)');
    expect(fake.charges).toEqual([]);
  });

  it('repeats no part of a key, though OpenAI does', async () => {
    const { fake, provider } = await start();
    const json = body('invalid_api_key', 'Incorrect API key provided: sk-eas****cdef.');
    fake.addFault({ on: 'pay', kind: 'status', status: 401, json });
    const failure = await failureOf(
      provider.submit(makeRequest(modelNamed(provider, standard), square), { signal: never() }),
    );
    expect(`${failure.message} ${failure.providerText ?? ''}`).not.toMatch(/cdef|sk-eas/);
  });

  it('names the parameter that is wrong, in its own words', async () => {
    const { provider } = await start();
    const request = makeRequest(modelNamed(provider, 'gpt-image-1.5/low'), { width: 1040, height: 1040 });
    const failure = await failureOf(provider.submit(request, { signal: never() }));
    expect(failure.message).toMatch(/\(size\): Invalid size '1040x1040'/);
  });

  it.each([
    [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 1500],
    [{ 'retry-after': '2' }, 2000],
    [{}, null],
  ])('with %o asks for a pause of %s milliseconds', (headers: Record<string, string>, retryAfterMs) => {
    const json = body('rate_limit_exceeded');
    const failure = explainRefusal({ status: 429, json, text: '', header: (name) => headers[name] ?? null });
    expect(failure).toMatchObject({ code: 'rate_limit', retryAfterMs });
  });

  it('is left to its status where the body has another form', () => {
    expect(explainRefusal({ status: 400, json: ['?'], text: '?', header: () => null })).toBeNull();
  });

  it('may carry moderation details, which change nothing', () => {
    const json = {
      error: {
        ...body('moderation_blocked').error,
        moderation_details: { categories: ['violence'], moderation_stage: 'output' },
      },
    };
    expect(explainRefusal({ status: 400, json, text: '', header: () => null })?.code).toBe('content_policy');
  });
});

describe('an answer of OpenAI that is lost', () => {
  it.each(['resetAfter', 'resetBefore', 'html', 'cutJson', 'wrongType'] as const)(
    'by %s may have been charged, and is not asked for again',
    async (kind) => {
      const { fake, provider } = await start();
      fake.addFault({ on: 'pay', kind, times: 1 });
      const request = makeRequest(modelNamed(provider, standard), square);
      expect((await failureOf(provider.submit(request, { signal: never() }))).code).toBe('unknown_outcome');
      expect(fake.requests).toHaveLength(1);
    },
  );

  it('in a damaged picture is no success either', async () => {
    const { fake, provider } = await start();
    fake.addFault({ on: 'pay', kind: 'status', status: 200, json: { created: 1, data: [{ b64_json: '' }] } });
    const request = makeRequest(modelNamed(provider, standard), square);
    expect((await failureOf(provider.submit(request, { signal: never() }))).code).toBe('unknown_outcome');
  });

  it('stops when asked', async () => {
    const { fake, provider } = await start();
    fake.addFault({ on: 'pay', kind: 'hang' });
    const controller = new AbortController();
    const request = makeRequest(modelNamed(provider, standard), square);
    const failure = failureOf(provider.submit(request, { signal: controller.signal }));
    setTimeout(() => controller.abort(), 30);
    expect((await failure).code).toBe('cancelled');
  });
});
