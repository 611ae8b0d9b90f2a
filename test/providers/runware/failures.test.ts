import { describe, expect, it } from 'vitest';
import { createRunware } from '../../../src/main/providers/runware/adapter.ts';
import { startFake } from '../../fakes/kit/start-fake.ts';
import { fakeRunware } from '../../fakes/runware/service.ts';
import { failureOf } from '../comfyui/requests.ts';
import { collectAll, generate, makeRequest, never, open } from './setup.ts';

const rows = [
  ['insufficientCredits', 'quota'],
  ['providerInsufficientCredits', 'quota'],
  ['paymentRequired', 'quota'],
  ['providerRateLimitExceeded', 'rate_limit'],
  ['contentPolicyViolation', 'content_policy'],
  ['providerContentPolicyViolation', 'content_policy'],
  ['sensitiveContentDetected', 'content_policy'],
  ['nsfwContentDetected', 'content_policy'],
  ['promptBlocked', 'content_policy'],
  ['imageBlocked', 'content_policy'],
  ['moderationFailed', 'content_policy'],
  ['invalidApiKey', 'auth'],
  ['missingApiKey', 'auth'],
  ['unauthorized', 'auth'],
  ['permissionDenied', 'auth'],
  ['tokenExpired', 'auth'],
  ['accountSuspended', 'auth'],
  ['timeoutProvider', 'timeout'],
  ['modelNotFound', 'invalid_request'],
  ['imageExpired', 'invalid_request'],
  ['internalServerError', 'server'],
  ['serviceUnavailable', 'server'],
  ['unknownError', 'server'],
  ['providerError', 'server'],
  ['inferenceError', 'server'],
  ['taskFailed', 'server'],
  ['noAvailableServer', 'server'],
  ['modelUnavailable', 'server'],
  ['downloadFailed', 'server'],
  ['invalidWidth', 'invalid_request'],
  ['missingPositivePrompt', 'invalid_request'],
  ['unsupportedParameter', 'invalid_request'],
  ['valueTooLarge', 'invalid_request'],
  ['unknownParameter', 'invalid_request'],
  ['incompatibleParameters', 'invalid_request'],
  ['somethingNobodyHasHeardOf', 'server'],
] as const;

describe('what Runware says went wrong', () => {
  it('is told apart by its code, at the request as at the result', async () => {
    const { fake, provider } = await open();
    for (const [code, category] of rows) {
      const request = makeRequest('runware:101@1');
      const error = { code, message: `about ${code}`, taskUUID: request.attemptId };
      fake.addFault({ on: 'pay', kind: 'status', status: 400, times: 1, json: { data: [], errors: [error] } });
      const refused = await failureOf(provider.submit(request, { signal: never() }));
      expect([code, refused.code]).toEqual([code, category]);
      expect(refused.providerText).toContain(`about ${code}`);

      const json = { data: [], errors: [{ ...error, status: 'error' }] };
      fake.addFault({ on: 'poll', kind: 'status', status: 200, times: 1, json });
      const task = provider.taskFor?.(request);
      const failed = await failureOf(provider.collect(task!, { signal: never() }));
      expect([code, failed.code, failed.isFinal]).toEqual([code, category, true]);
      // A pause is the only one of these after which the same request is worth sending again.
      expect([code, refused.isFinal]).toEqual([code, category !== 'rate_limit']);
    }
  });

  it('is read in its other form, too', async () => {
    const { fake, provider } = await open();
    const json = { error: { code: 'invalidWidth', message: 'too wide', parameter: ['width', 'height'] } };
    fake.addFault({ on: 'pay', kind: 'status', status: 200, times: 1, json });
    const failure = await failureOf(provider.submit(makeRequest('runware:101@1'), { signal: never() }));
    expect(failure.code).toBe('invalid_request');
    expect(failure.message).toContain('width, height');
  });

  it('is no end of a task when it is about the question', async () => {
    const { fake, provider } = await open();
    const request = makeRequest('runware:101@1');
    const first = await provider.submit(request, { signal: never() });
    if (first.state !== 'pending') throw new Error('expected a task');
    for (const code of ['invalidApiKey', 'rateLimitExceeded', 'serviceUnavailable', 'timeoutProvider', 'invalidTask']) {
      for (const status of [200, 400, 429, 503]) {
        fake.addFault({ on: 'poll', kind: 'status', status, times: 1, json: { errors: [{ code }] } });
        const failure = await failureOf(provider.collect(first.task, { signal: never() }));
        expect([code, status, failure.isFinal]).toEqual([code, status, false]);
      }
    }
    expect((await collectAll(provider, first.task)).images).toHaveLength(1);
  });

  it('is the end of a task where its code can mean nothing else', async () => {
    const { fake, provider } = await open();
    const task = provider.taskFor?.(makeRequest('runware:101@1'));
    for (const code of ['taskFailed', 'inferenceError', 'unsafeContentDetected']) {
      fake.addFault({ on: 'poll', kind: 'status', status: 200, times: 1, json: { errors: [{ code }] } });
      expect((await failureOf(provider.collect(task!, { signal: never() }))).isFinal).toBe(true);
    }
  });

  it.each([{}, { data: [] }])('may have been charged when it accepts with %j', async (json) => {
    const { fake, provider } = await open();
    fake.addFault({ on: 'pay', kind: 'statusAfter', status: 200, times: 1, json });
    const failure = await failureOf(provider.submit(makeRequest('runware:101@1'), { signal: never() }));
    expect(failure.code).toBe('unknown_outcome');
  });

  it('may have been charged when the answer has no body at all', async () => {
    const empty = await startFake({
      ...fakeRunware,
      create: (kit) => fakeRunware.create(kit).map((route) => ({ ...route, answer: () => ({ status: 200 }) })),
    });
    const provider = createRunware({ url: empty.url, credentials: empty.keys });
    const failure = await failureOf(provider.submit(makeRequest('runware:101@1'), { signal: never() }));
    await provider.close();
    await empty.close();
    expect(failure.code).toBe('unknown_outcome');
  });

  it.each([408, 500, 503])('may have been charged when it took too long (%i)', async (status) => {
    const { fake, provider } = await open();
    const json = { errors: [{ code: 'timeoutProvider' }] };
    fake.addFault({ on: 'pay', kind: 'statusAfter', status, times: 1, json });
    const failure = await failureOf(provider.submit(makeRequest('runware:101@1'), { signal: never() }));
    expect(failure.code).toBe('unknown_outcome');
  });

  it('may have been charged when a gateway gave up', async () => {
    const { fake, provider } = await open();
    for (const status of [502, 504]) {
      const json = { errors: [{ code: 'timeoutProvider' }] };
      fake.addFault({ on: 'pay', kind: 'statusAfter', status, times: 1, json });
      const failure = await failureOf(provider.submit(makeRequest('runware:101@1'), { signal: never() }));
      expect(failure.code).toBe('unknown_outcome');
    }
  });

  it('keeps the pause that the service asks for', async () => {
    const { fake, provider } = await open();
    const json = { errors: [{ code: 'providerRateLimitExceeded' }] };
    fake.addFault({ on: 'pay', kind: 'status', status: 429, retryAfter: '3', times: 1, json });
    const failure = await failureOf(provider.submit(makeRequest('runware:101@1'), { signal: never() }));
    expect(failure).toMatchObject({ code: 'rate_limit', retryAfterMs: 3000 });
  });
});

describe('what Runware withholds', () => {
  it('is a matter of content when nothing is left', async () => {
    const { fake, provider } = await open();
    const request = makeRequest('runware:101@1', { prompt: 'something unsafe' });
    const failure = await failureOf(generate(provider, request));
    expect(failure).toMatchObject({ code: 'content_policy', isFinal: true });
    expect(fake.charges).toEqual([]);
  });

  it('is noted when other pictures came', async () => {
    const { provider } = await open();
    const request = makeRequest('runware:101@1', { prompt: 'something unsafe', count: 3 });
    const { images, dropped, cost } = await generate(provider, request);
    expect(images).toHaveLength(2);
    expect(dropped).toMatchObject([{ parameter: 'count' }]);
    expect(cost).toEqual({ kind: 'reported', usd: 0.0076 });
  });

  it('is not what it merely flags', async () => {
    const { fake, provider } = await open();
    const request = makeRequest('runware:101@1');
    const first = await provider.submit(request, { signal: never() });
    if (first.state !== 'pending') throw new Error('expected a task');
    const { images } = await collectAll(provider, first.task);
    expect(images).toHaveLength(1);
    const item = { taskUUID: request.attemptId, status: 'success', imageUUID: 'a', NSFWContent: true };
    const json = { data: [{ ...item, imageURL: 'http://127.0.0.1:1/a.png' }] };
    fake.addFault({ on: 'poll', kind: 'status', status: 200, times: 1, json });
    expect((await failureOf(provider.collect(first.task, { signal: never() }))).code).toBe('network');
  });
});
