import { describe, expect, it } from 'vitest';
import { explainRefusal } from '../../../src/main/providers/together/explain-refusal.ts';
import type { ProviderErrorCode } from '../../../src/shared/errors.ts';
import { failureOf, makeRequest, never } from '../comfyui/requests.ts';
import { modelNamed, useStand } from './stand.ts';

const start = useStand();
const square = { width: 1024, height: 1024, steps: null };

const body = (message: string, type = 'invalid_request_error', code: string | null = null) => ({
  id: 'oX9fJ2k',
  error: { message, type, param: null, code },
});
const flagged =
  "Invalid content detected. The generated content was flagged and rejected by Black Forest Labs's content moderation system";

describe('a refusal of Together AI', () => {
  it.each<[string, number, object, ProviderErrorCode]>([
    ['a bad key', 401, body('Invalid API key provided.', undefined, 'invalid_api_key'), 'auth'],
    ['no credit', 402, body('Credit limit exceeded, please [add credits](https://x).', 'credit_limit'), 'quota'],
    ['a model that this key may not use', 403, body('You do not have access to this model.'), 'auth'],
    ['a prompt too long', 403, body('Input is too long: 9000 tokens.'), 'invalid_request'],
    ['an unknown model', 404, body('Unable to access model x.', undefined, 'model_not_available'), 'invalid_request'],
    ['an unknown model, in another way', 400, body('Unable to access', '', 'model_not_available'), 'invalid_request'],
    ['a bad parameter', 400, body('steps must be between 1 and 50'), 'invalid_request'],
    ['a bad parameter, in another way', 422, body('width must be a multiple of 8'), 'invalid_request'],
    ['an unsuitable picture', 422, body('The generated image may contain NSFW content.'), 'content_policy'],
    ['a picture that its maker flagged', 400, body(flagged), 'content_policy'],
    ['too many requests', 429, body('Too many requests in a short window.', 'rate_limit'), 'rate_limit'],
    ['an overload', 503, body('The server is overloaded.', 'server_error'), 'server'],
    ['an error of its own', 500, body('Internal error', 'server_error'), 'server'],
    ['a gateway without answer', 502, body('Bad gateway'), 'unknown_outcome'],
    ['a gateway out of patience', 504, body('Gateway time-out'), 'unknown_outcome'],
  ])('for %s (%i) gets its category', async (_, status, json, code) => {
    const { fake, provider } = await start();
    fake.addFault({ on: 'pay', kind: 'status', status, json, times: 1 });
    const request = makeRequest(modelNamed(provider, 'FLUX.2-dev'), square);
    expect((await failureOf(provider.submit(request, { signal: never() }))).code).toBe(code);
    expect(fake.requests).toHaveLength(1);
  });

  it.each(['forbidden', 'unsafe'])('of a prompt that is %s is final, in its maker’s words', async (word) => {
    const { fake, provider } = await start();
    const request = makeRequest(modelNamed(provider, 'FLUX.2-dev'), { ...square, prompt: `something ${word}` });
    const failure = await failureOf(provider.submit(request, { signal: never() }));
    expect(failure).toMatchObject({ code: 'content_policy', isFinal: true });
    expect(failure.providerText).toMatch(/flagged|NSFW/);
    expect(fake.charges).toEqual([]);
  });

  it('by the gate in front of it says nothing about the key', () => {
    const refusal = { status: 403, json: null, text: 'error code: 1010', header: () => null };
    expect(explainRefusal(refusal)?.code).toBe('server');
  });

  it.each([
    [{ 'retry-after-ms': '4000', 'retry-after': '9' }, 4000],
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': '1' }, 2500],
    [{}, 2500],
  ])('with %o asks for a pause of %i milliseconds, never a short one', (headers: Record<string, string>, pause) => {
    const refusal = { status: 429, json: null, text: '', header: (name: string) => headers[name] ?? null };
    expect(explainRefusal(refusal)).toMatchObject({ code: 'rate_limit', retryAfterMs: pause });
  });
});

describe('an answer of Together AI that is lost', () => {
  it.each(['resetAfter', 'resetBefore', 'html', 'cutJson', 'wrongType'] as const)(
    'by %s may have been charged, and is not asked for again',
    async (kind) => {
      const { fake, provider } = await start();
      fake.addFault({ on: 'pay', kind, times: 1 });
      const request = makeRequest(modelNamed(provider, 'FLUX.2-dev'), square);
      expect((await failureOf(provider.submit(request, { signal: never() }))).code).toBe('unknown_outcome');
      expect(fake.requests).toHaveLength(1);
    },
  );

  it('in a damaged picture is no success either', async () => {
    const { fake, provider } = await start();
    const json = { data: [{ index: 0, b64_json: '' }] };
    fake.addFault({ on: 'pay', kind: 'status', status: 200, json });
    const request = makeRequest(modelNamed(provider, 'FLUX.2-dev'), square);
    expect((await failureOf(provider.submit(request, { signal: never() }))).code).toBe('unknown_outcome');
  });

  it('stops when asked', async () => {
    const { fake, provider } = await start();
    fake.addFault({ on: 'pay', kind: 'hang' });
    const controller = new AbortController();
    const request = makeRequest(modelNamed(provider, 'FLUX.2-dev'), square);
    const failure = failureOf(provider.submit(request, { signal: controller.signal }));
    setTimeout(() => controller.abort(), 30);
    expect((await failure).code).toBe('cancelled');
  });
});
