import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../fakes/kit/fake-types.ts';
import { failureOf, makeRequest, never } from '../comfyui/requests.ts';
import { model, open, startGemini } from './stand.ts';

const signal = never();
const refused = (code: number, status: string, ...details: unknown[]) => ({
  error: { code, status, message: 'in its own words', details },
});
const retryInfo = (retryDelay: string) => ({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay });
const quotaFailure = (violation: Record<string, unknown>) => ({
  '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
  violations: [violation],
});

async function failureWith(status: number, json: unknown, retryAfter?: string) {
  const { fake, provider } = await startGemini();
  fake.addFault({ on: 'pay', kind: 'status', status, json, ...(retryAfter === undefined ? {} : { retryAfter }) });
  return failureOf(provider.submit(makeRequest(model()), { signal }));
}

describe('a refusal', () => {
  it.each([
    [400, refused(400, 'INVALID_ARGUMENT', { reason: 'API_KEY_INVALID' }), 'auth'],
    [400, refused(400, 'INVALID_ARGUMENT'), 'invalid_request'],
    [400, refused(400, 'FAILED_PRECONDITION'), 'quota'],
    [402, refused(402, 'RESOURCE_EXHAUSTED'), 'quota'],
    [403, refused(403, 'PERMISSION_DENIED'), 'auth'],
    [404, refused(404, 'NOT_FOUND'), 'server'],
    [429, refused(429, 'RESOURCE_EXHAUSTED'), 'rate_limit'],
    [500, refused(500, 'INTERNAL'), 'server'],
    [503, refused(503, 'UNAVAILABLE'), 'server'],
    [504, refused(504, 'DEADLINE_EXCEEDED'), 'unknown_outcome'],
  ])('%i %j is %s', async (status, json, code) => {
    const failure = await failureWith(status, json);
    expect(failure.code).toBe(code);
    expect(failure.providerText).toContain('in its own words');
  });

  it('waits as long as the body says, whatever the header says', async () => {
    const json = refused(429, 'RESOURCE_EXHAUSTED', quotaFailure({ quotaId: 'RequestsPerMinute' }), retryInfo('37s'));
    expect(await failureWith(429, json, '3')).toMatchObject({ code: 'rate_limit', retryAfterMs: 37_000 });
  });

  it('takes a wait with a fraction', async () => {
    const failure = await failureWith(429, refused(429, 'RESOURCE_EXHAUSTED', retryInfo('0.5s')));
    expect(failure.retryAfterMs).toBe(500);
  });

  it('goes by the header where the body says nothing, and by neither where both do', async () => {
    expect((await failureWith(429, refused(429, 'RESOURCE_EXHAUSTED'), '3')).retryAfterMs).toBe(3000);
    expect((await failureWith(429, refused(429, 'RESOURCE_EXHAUSTED'))).retryAfterMs).toBeNull();
  });

  it.each([
    quotaFailure({ quotaId: 'GenerateRequestsPerDayPerProjectPerModel' }),
    quotaFailure({ quotaId: 'ImagesPerMinute', quotaValue: '0' }),
  ])('by a limit of the day, or of nothing, is no matter of waiting', async (detail) => {
    const json = refused(429, 'RESOURCE_EXHAUSTED', detail, retryInfo('37s'));
    expect(await failureWith(429, json)).toMatchObject({ code: 'quota', retryAfterMs: null });
  });

  it('of an unknown model by the service itself lets somebody else try', async () => {
    const { fake, provider } = await startGemini();
    const retired = model('gemini-3.1-flash-image');
    const failure = await failureOf(provider.submit(makeRequest(retired), { signal }));
    expect(failure).toMatchObject({ code: 'server', message: expect.stringContaining('no longer has this model') });
    expect(fake.charges).toHaveLength(0);
  });

  it('never repeats the key', async () => {
    const { fake } = await startGemini();
    const key = 'AIzaSy-wrong-0123456789';
    fake.addFault({ on: 'pay', kind: 'status', status: 400, json: { error: { message: `${key} is wrong` } } });
    const failure = await failureOf(open(fake, key).submit(makeRequest(model()), { signal }));
    expect(JSON.stringify([failure.message, failure.providerText])).not.toContain(key);
  });
});

describe('an answer of 200 without a picture', () => {
  const ending = async (json: unknown) => {
    const { fake, provider } = await startGemini();
    fake.addFault({ on: 'pay', kind: 'statusAfter', status: 200, json });
    return failureOf(provider.submit(makeRequest(model()), { signal }));
  };
  const candidate = (finishReason: string, more: Record<string, unknown> = {}) => ({
    candidates: [{ finishReason, index: 0, ...more }],
    usageMetadata: { promptTokenCount: 1000, thoughtsTokenCount: 100 },
  });

  it.each(['SAFETY', 'PROHIBITED_CONTENT', 'BLOCKLIST', 'IMAGE_SAFETY', 'OTHER', 'MODEL_ARMOR', 'JAILBREAK'])(
    'because the prompt was blocked (%s) is content_policy',
    async (blockReason) => {
      const failure = await ending({ promptFeedback: { blockReason } });
      expect(failure).toMatchObject({ code: 'content_policy', providerText: blockReason, isFinal: true });
    },
  );

  it.each([
    'IMAGE_SAFETY',
    'IMAGE_PROHIBITED_CONTENT',
    'SAFETY',
    'PROHIBITED_CONTENT',
    'BLOCKLIST',
    'SPII',
    'RECITATION',
    'IMAGE_RECITATION',
  ])('because the picture was withheld (%s) is content_policy, with what it cost', async (reason) => {
    expect(await ending(candidate(reason, { finishMessage: 'in its own words' }))).toMatchObject({
      code: 'content_policy',
      providerText: 'in its own words',
      cost: { kind: 'estimated', usd: (1000 * 1.5 + 100 * 7.5) / 1_000_000 },
    });
  });

  it.each([
    'IMAGE_OTHER',
    'OTHER',
    'MALFORMED_RESPONSE',
    'MAX_TOKENS',
    'LANGUAGE',
    'UNEXPECTED_TOOL_CALL',
    'TOO_MANY_TOOL_CALLS',
    'MALFORMED_FUNCTION_CALL',
    'CONTINUATION',
    'SOMETHING_NEW',
  ])('because of a failure (%s) is one of the service', async (reason) => {
    expect((await ending(candidate(reason))).code).toBe('server');
  });

  it.each(['NO_IMAGE', 'STOP'])('but with words (%s) shows them', async (reason) => {
    const content = { parts: [{ thought: true, text: 'Hm.' }, { text: 'A lighthouse ' }, { text: 'is a tower.' }] };
    expect(await ending(candidate(reason, { content }))).toMatchObject({
      code: 'invalid_request',
      providerText: 'A lighthouse is a tower.',
    });
  });

  it('but with the draft of one has none', async () => {
    const content = { parts: [{ thought: true, inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } }] };
    expect((await ending(candidate('IMAGE_SAFETY', { content }))).code).toBe('content_policy');
  });

  it.each([
    {},
    { candidates: [] },
    { candidates: [{ content: { parts: [{ inlineData: { data: 'bm8gcGljdHVyZQ==' } }] }, finishReason: 'STOP' }] },
  ])('and without a reason (%j) may have been charged', async (json) => {
    expect((await ending(json)).code).toBe('unknown_outcome');
  });

  it.each([
    ['something forbidden', 'content_policy'],
    ['something unsafe', 'content_policy'],
    ['say it in words', 'invalid_request'],
  ])('comes from the service itself for "%s"', async (prompt, code) => {
    const { provider } = await startGemini();
    expect((await failureOf(provider.submit(makeRequest(model(), { prompt }), { signal }))).code).toBe(code);
  });
});

describe('an answer that got lost', () => {
  it.each<FaultKind>(['resetAfter', 'html', 'cutJson', 'wrongType'])(
    'by %s may have been charged, and nothing is sent again',
    async (kind) => {
      const { fake, provider } = await startGemini();
      fake.addFault({ on: 'pay', kind });
      expect((await failureOf(provider.submit(makeRequest(model()), { signal }))).code).toBe('unknown_outcome');
      expect(fake.requests).toHaveLength(1);
    },
  );

  it('can not be looked up: there are no tasks', async () => {
    const { fake, provider } = await startGemini();
    expect(await provider.collect({ remoteId: 'whatever' }, { signal })).toEqual({ state: 'lost' });
    expect(fake.requests).toHaveLength(0);
  });

  it('is not a failure of somebody who stopped it', async () => {
    const { fake, provider } = await startGemini();
    fake.addFault({ on: 'pay', kind: 'hang' });
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    const failure = await failureOf(provider.submit(makeRequest(model()), { signal: stop.signal }));
    expect(failure.code).toBe('cancelled');
  });
});
