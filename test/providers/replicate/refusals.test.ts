import { describe, expect, it } from 'vitest';
import type { ProviderErrorCode } from '../../../src/shared/errors.ts';
import type { ProviderRequest } from '../../../src/main/providers/provider.ts';
import { checkFields } from '../../../src/main/providers/replicate/versions.ts';
import { failureOf, makeInput, makeRequest, taskIn } from '../comfyui/requests.ts';
import { endOf, finishedOf, modelNamed, options, paid, useReplicate } from './stand.ts';

const replicate = useReplicate();

async function failing(id: string, fields: Partial<ProviderRequest>) {
  const { fake, provider } = await replicate.start();
  const request = makeRequest(modelNamed(id), { steps: null, width: 1024, height: 1024, ...fields });
  const failure = await failureOf(provider.submit(request, options).then((first) => finishedOf(provider, first)));
  return { failure, fake };
}

describe('a prediction that ends without pictures', () => {
  it.each<[string, ProviderErrorCode]>([
    ['fails with: CUDA error: device-side assert', 'server'],
    ['fails with: Prediction failed. (E1000)', 'server'],
    ['fails with: Out of memory (E1001)', 'invalid_request'],
    ['fails with: Director: start timed out (E6716)', 'timeout'],
    ['something that never begins', 'timeout'],
    ['something that takes too long', 'timeout'],
  ])('"%s" is %s, and the end', async (prompt, code) => {
    const { failure } = await failing('flux-dev', { prompt });
    expect(failure).toMatchObject({ code, isFinal: true });
    expect(failure.cost).toEqual(prompt.includes('never begins') ? { kind: 'reported', usd: 0 } : null);
  });

  it.each(['flux-dev', 'flux-1.1-pro', 'stability-ai/sdxl'])(
    'of %s is content_policy in the words of its family',
    async (id) => {
      const { failure, fake } = await failing(id, { prompt: 'something unsafe' });
      expect(failure).toMatchObject({ code: 'content_policy', isFinal: true });
      expect(failure.providerText).toMatch(/NSFW|flagged/);
      expect(fake.charges).toHaveLength(0);
    },
  );

  it('is told apart from one that lacks some of its pictures, which says so at the price of those made', async () => {
    const { provider } = await replicate.start();
    const request = makeRequest(modelNamed('flux-dev'), { prompt: 'partly unsafe', count: 4, steps: 4 });
    const { images, dropped, cost } = await finishedOf(provider, await provider.submit(request, options));
    // Which of them were withheld is not told, and so not whose the seed is.
    expect(images.map(({ seed }) => seed)).toEqual([null, null]);
    expect(dropped?.[0]?.note).toContain('withheld 2 of 4');
    expect(cost).toEqual({ kind: 'estimated', usd: 0.05 });
  });

  it('was made all the same where its results were removed after an hour, and is not made again', async () => {
    const { failure } = await failing('flux-dev', { prompt: 'an hour ago', count: 2 });
    expect(failure).toMatchObject({ code: 'server', isFinal: true, cost: { kind: 'estimated', usd: 0.05 } });
  });

  it('can be asked again while only a file is missing', async () => {
    const { provider, fake } = await replicate.start();
    const task = taskIn(await provider.submit(makeRequest(modelNamed('flux-schnell'), { steps: 4 }), options));
    fake.addFault({ on: 'file', kind: 'status', status: 500, times: 1 });
    expect(await failureOf(endOf(provider, task))).toMatchObject({ code: 'server', isFinal: false });
    expect((await endOf(provider, task)).state).toBe('finished');
  });

  it('is a failure of the model where a reference is no picture', async () => {
    const image = { ...makeInput(64, 64), bytes: Buffer.from('no picture') };
    const { failure } = await failing('flux-dev', { operation: 'imageToImage', image });
    expect(failure).toMatchObject({ code: 'server', isFinal: true });
  });
});

describe('a refused request', () => {
  const throttled = 'Request was throttled. Your rate limit resets in ~30s.';
  it.each<[number, unknown, ProviderErrorCode, number | null]>([
    [
      401,
      { title: 'Unauthenticated', detail: 'You did not pass a valid authentication token', status: 401 },
      'auth',
      null,
    ],
    [402, { title: 'Insufficient credit', detail: 'You have insufficient credit to run this model.' }, 'quota', null],
    [403, { detail: 'You may not use this model.' }, 'invalid_request', null],
    [404, { detail: 'The requested resource could not be found.' }, 'invalid_request', null],
    [413, { detail: 'Files must be less than 100MB in size' }, 'invalid_request', null],
    [422, { title: 'Input validation failed', detail: '- input: prompt is required\n' }, 'invalid_request', null],
    [429, { detail: throttled }, 'rate_limit', 30_000],
    [429, { detail: throttled, retry_after: 5 }, 'rate_limit', 5000],
    [500, { detail: 'oops' }, 'server', null],
    [503, { detail: 'oops' }, 'server', null],
    [502, { detail: 'oops' }, 'unknown_outcome', null],
  ])('%i %j is %s', async (status, json, code, retryAfterMs) => {
    const { fake, provider } = await replicate.start();
    fake.addFault({ on: 'pay', kind: 'status', status, json, times: 1 });
    const failure = await failureOf(provider.submit(makeRequest(modelNamed('flux-dev')), options));
    expect(failure).toMatchObject({ code, retryAfterMs });
  });

  it('takes the time to wait from the header first', async () => {
    const { fake, provider } = await replicate.start();
    const json = { detail: throttled, retry_after: 5 };
    fake.addFault({ on: 'pay', kind: 'status', status: 429, json, retryAfter: '12', times: 1 });
    const failure = await failureOf(provider.submit(makeRequest(modelNamed('flux-dev')), options));
    expect(failure.retryAfterMs).toBe(12_000);
  });

  it('says what the service has against an input', async () => {
    const { failure } = await failing('flux-1.1-pro', { width: 1000 });
    expect(failure.code).toBe('invalid_request');
    expect(failure.message).toContain('width');
  });

  it('asks for the version anew after one was refused', async () => {
    const { fake, provider } = await replicate.start();
    const request = makeRequest(modelNamed('stability-ai/sdxl'), { width: 512, height: 512 });
    await provider.submit(request, options);
    fake.addFault({ on: 'pay', kind: 'status', status: 422, json: { title: 'Invalid version' }, times: 1 });
    await failureOf(provider.submit(request, options));
    await provider.submit(request, options);
    expect(fake.requests.filter(({ path }) => path === '/models/stability-ai/sdxl')).toHaveLength(2);
  });

  it.each([
    ['flux-schnell', { steps: 8 }],
    ['flux-dev', { guidance: 11 }],
    ['flux-dev-lora', { loras: [{ name: 'a/b', weight: 5 }] }],
    ['flux-schnell-lora', { loras: [1, 2].map((at) => ({ name: `a/${at}`, weight: 1 })) }],
  ])('is spared where it is known beforehand that %s takes no %j', async (id, fields) => {
    const { failure, fake } = await failing(id, fields);
    expect(failure.code).toBe('invalid_request');
    expect(fake.requests).toHaveLength(0);
  });

  it('is spared where the newest version no longer has a field', () => {
    const version = { id: 'a'.repeat(64), fields: new Set(['image']) };
    expect(() => checkFields('a/b', version, { image: 'x', scale: 2 })).toThrow('no longer takes scale');
    expect(() => checkFields('a/b', { ...version, fields: null }, { scale: 2 })).not.toThrow();
  });
});

describe('an error of the service after the prediction was made', () => {
  it('is no end, and the prediction is found', async () => {
    const { fake, provider } = await replicate.start();
    const request = makeRequest(modelNamed('flux-dev'), { steps: 4 });
    const sent = { ...request, model: request.model.id, sentAt: Date.now() };
    fake.addFault({ on: 'pay', kind: 'statusAfter', status: 500, times: 1 });
    expect(await failureOf(provider.submit(request, options))).toMatchObject({ code: 'server', isFinal: false });
    const found = await provider.find?.(sent, options);
    if (found?.state !== 'found') throw new Error(`it was ${found?.state ?? 'not looked for'}`);
    expect((await endOf(provider, found.task)).state).toBe('finished');
    expect(fake.charges).toHaveLength(1);
    expect(paid(fake).path).toBe('/models/black-forest-labs/flux-dev/predictions');
  });
});
