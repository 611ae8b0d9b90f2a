import { describe, expect, it } from 'vitest';
import type { ProviderErrorCode } from '../../../src/shared/errors.ts';
import type { ProviderRequest } from '../../../src/main/providers/provider.ts';
import { explainResult } from '../../../src/main/providers/fal/explain-refusal.ts';
import { failureOf, makeInput, makeRequest, taskIn } from '../comfyui/requests.ts';
import { endOf, falModel, finishedOf, options, useFal } from './stand.ts';

const fal = useFal();

async function failing(id: string, fields: Partial<ProviderRequest>) {
  const { fake, provider } = await fal.start();
  const request = makeRequest(falModel(id), { steps: null, width: 512, height: 512, ...fields });
  const failure = await failureOf(provider.submit(request, options).then((first) => finishedOf(provider, first)));
  return { failure, fake };
}

describe('what a completed request may have failed of', () => {
  it.each<[string, number, ProviderErrorCode]>([
    ['generation_timeout', 504, 'timeout'],
    ['startup_timeout', 504, 'timeout'],
    ['downstream_service_error', 400, 'server'],
    ['runner_scheduling_failure', 503, 'server'],
    ['runner_incomplete_response', 502, 'server'],
    ['runner_server_error', 500, 'server'],
    ['client_disconnected', 499, 'server'],
    ['image_too_large', 422, 'invalid_request'],
    ['bad_request', 400, 'invalid_request'],
  ])('%s (%i) is %s, and the end', async (type, status, code) => {
    const { failure } = await failing('flux/dev', { prompt: `fails with ${type} ${status}` });
    expect(failure.code).toBe(code);
    expect(failure.isFinal).toBe(true);
    expect(failure.message).not.toBe('');
    // Errors of the service itself are never charged; what else is, is not known.
    expect(failure.cost).toEqual(status >= 500 ? { kind: 'reported', usd: 0 } : null);
  });

  it.each<[number, ProviderErrorCode]>([
    [500, 'server'],
    [503, 'server'],
    [400, 'invalid_request'],
  ])('without a name (%i) is its end all the same', async (status, code) => {
    const { failure } = await failing('flux/dev', { prompt: `fails without a name ${status}` });
    expect(failure).toMatchObject({ code, isFinal: true, providerText: 'Internal Server Error' });
  });

  it.each([401, 403, 404, 429])('is not told by a refusal of the question (%i)', async (status) => {
    const { provider } = await fal.start();
    const prompt = `fails without a name ${status}`;
    const first = await provider.submit(makeRequest(falModel('flux/dev'), { prompt }), options);
    const outcome = await finishedOf(provider, first).catch((error: unknown) => error);
    expect(outcome).not.toMatchObject({ isFinal: true });
  });

  it('is not told before it has ended, whatever the status says', () => {
    const text = '{"detail":"Request is still in progress"}';
    const refusal = { status: 400, json: JSON.parse(text) as unknown, text, header: () => null };
    expect(explainResult(refusal, null)?.isFinal ?? false).toBe(false);
  });

  it('does not repeat a timeout that fal says will come again', async () => {
    const { failure } = await failing('flux/dev', { prompt: 'fails with generation_timeout 504 for good' });
    expect(failure.code).toBe('server');
  });

  it('reads the list of a refused parameter, which arrives only with the result', async () => {
    const { failure } = await failing('flux/dev', { width: 5000 });
    expect(failure).toMatchObject({ code: 'invalid_request', isFinal: true });
    expect(failure.message).toContain('image_size');
  });

  it('takes a file that can not be read for a mistake in the request', async () => {
    const image = { ...makeInput(64, 64), bytes: Buffer.from('no picture') };
    const { failure } = await failing('flux/dev/image-to-image', { image });
    expect(failure).toMatchObject({ code: 'invalid_request', isFinal: true });
  });

  it('asks again when the result can not be asked for, which is no end', async () => {
    const { fake, provider } = await fal.start({ stepMs: 0 });
    const task = taskIn(await provider.submit(makeRequest(falModel('flux/dev')), options));
    await new Promise((resolve) => setTimeout(resolve, 5));
    fake.addFault({ on: 'poll', kind: 'status', status: 503, times: 1, json: {} });
    expect(await failureOf(provider.collect(task, options))).toMatchObject({ code: 'server', isFinal: false });
    expect((await endOf(provider, task)).state).toBe('finished');
  });
});

describe('forbidden content', () => {
  it.each(['flux/dev', 'flux-pro/v1.1'])('is content_policy when %s refuses the prompt', async (id) => {
    const { failure, fake } = await failing(id, { prompt: 'something forbidden' });
    expect(failure).toMatchObject({ code: 'content_policy', isFinal: true });
    expect(failure.providerText).toContain('flagged by a content checker');
    expect(fake.charges).toHaveLength(0);
  });

  it('is never a success, although open models answer 200 with black pictures, and those are charged', async () => {
    const { failure } = await failing('flux/dev', { prompt: 'something unsafe', count: 2, width: 1000, height: 1000 });
    expect(failure).toMatchObject({ code: 'content_policy', isFinal: true });
    expect(failure.cost).toEqual({ kind: 'reported', usd: 0.05 });
  });

  it('is content_policy where a model made nothing', async () => {
    const { failure } = await failing('flux-pro/v1.1', { prompt: 'something unsafe' });
    expect(failure.code).toBe('content_policy');
  });

  it('leaves out the black pictures and says so, at the price of all', async () => {
    const { provider, fake } = await fal.start({
      keys: { apiKey: 'ordinary-52-9a59-4c5e:0123456789abcdef0123456789abcdef' },
    });
    const request = makeRequest(falModel('flux/dev'), { prompt: 'partly unsafe', count: 4, width: 1000, height: 1000 });
    const { images, dropped, cost } = await finishedOf(provider, await provider.submit(request, options));
    expect(images).toHaveLength(2);
    expect(dropped?.[0]?.note).toContain('withheld 2 of 4');
    expect(cost).toEqual({ kind: 'estimated', usd: 0.1 });
    const files = fake.requests.filter(({ kind }) => kind === 'file');
    expect(files).toHaveLength(2);
  });
});

describe('a refused submission', () => {
  it.each<[number, unknown, ProviderErrorCode]>([
    [401, { detail: 'No user found for Key ID and Secret' }, 'auth'],
    [
      403,
      { detail: 'User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.' },
      'quota',
    ],
    [403, { detail: 'You do not have access to this application.' }, 'auth'],
    [404, { detail: "Application 'dev' not found" }, 'invalid_request'],
    [422, { detail: [{ loc: ['body', 'prompt'], msg: 'field required', type: 'missing' }] }, 'invalid_request'],
    [422, { detail: [{ loc: ['body'], msg: 'flagged', type: 'content_policy_violation' }] }, 'content_policy'],
    [429, { detail: 'Too many requests' }, 'rate_limit'],
    [500, { detail: 'oops', error_type: 'internal_error' }, 'server'],
    [503, { detail: 'busy', error_type: 'runner_scheduling_failure' }, 'server'],
    [504, { detail: 'slow', error_type: 'request_timeout' }, 'unknown_outcome'],
    [502, { detail: 'gateway' }, 'unknown_outcome'],
  ])('%i %j is %s', async (status, json, code) => {
    const { fake, provider } = await fal.start();
    fake.addFault({ on: 'pay', kind: 'status', status, json, times: 1 });
    const failure = await failureOf(provider.submit(makeRequest(falModel('flux/dev')), options));
    expect(failure.code).toBe(code);
  });

  it('may have been charged where fal names the request in its own error', async () => {
    const { fake, provider } = await fal.start();
    const request = makeRequest(falModel('flux/dev'), { prompt: 'taken with an error' });
    const failure = await failureOf(provider.submit(request, options));
    expect(failure).toMatchObject({ code: 'unknown_outcome', message: expect.stringContaining(fake.charges[0]!.id) });
  });

  it.each([
    ['flux/schnell', { steps: 20 }],
    ['flux/dev/image-to-image', { strength: 0 }],
    ['flux/dev', { guidance: 30 }],
    ['flux-lora', { loras: [{ name: 'a/b', weight: -1 }] }],
    ['flux-2/lora', { loras: Array.from({ length: 4 }, (_each, at) => ({ name: `a/${at}`, weight: 1 })) }],
  ])('is spared where it is known beforehand that %s takes no %j', async (id, fields) => {
    const { failure, fake } = await failing(id, fields);
    expect(failure.code).toBe('invalid_request');
    expect(fake.requests).toHaveLength(0);
  });
});
