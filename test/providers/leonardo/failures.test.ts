import { describe, expect, it } from 'vitest';
import { failureOf, makeInput } from '../comfyui/requests.ts';
import { collectAll, generate, lightning, lucidOrigin, makeRequest, never, open, submitted } from './setup.ts';

const body = (error: string, code = 'unexpected') => ({ error, path: '$', code });
const validation = { message: 'Variable "$width" got invalid value', extensions: { code: 'BAD_USER_INPUT' } };

const rows = [
  [401, body('Invalid response from authorization hook'), 'auth'],
  [500, body('Invalid response from authorization hook'), 'auth'],
  [400, body('Authentication hook unauthorized this request', 'access-denied'), 'auth'],
  [400, body('not enough api tokens userId: 5d8f7c1a-2222-4333-8444-555566667777'), 'quota'],
  [400, body('Invalid file extension', 'parse-failed'), 'invalid_request'],
  [400, body('Request failed content moderation'), 'content_policy'],
  [403, body('The prompt was moderated'), 'content_policy'],
  [400, [validation], 'invalid_request'],
  [400, validation, 'invalid_request'],
  [200, { errors: [validation] }, 'invalid_request'],
  [200, [{ message: 'blocked by content moderation' }], 'content_policy'],
  [429, body('Too many requests'), 'rate_limit'],
  [500, body('database query error'), 'server'],
  [500, [{ message: 'internal' }], 'server'],
  [503, {}, 'server'],
  [502, {}, 'unknown_outcome'],
  [504, {}, 'unknown_outcome'],
  [200, { sdGenerationJob: null }, 'unknown_outcome'],
] as const;

describe('what Leonardo says went wrong', () => {
  it('is told apart by its words, whatever the status', async () => {
    const { fake, provider } = await open();
    for (const [status, json, category] of rows) {
      fake.addFault({ on: 'pay', kind: 'status', status, json, times: 1 });
      const failure = await failureOf(provider.submit(makeRequest(lucidOrigin), { signal: never() }));
      expect([status, json, failure.code]).toEqual([status, json, category]);
    }
  });

  it('is a wrong key, said with status 500', async () => {
    const { reopen } = await open();
    const stranger = reopen({ apiKey: 'ffffffff-ffff-4fff-8fff-ffffffffffff' });
    expect((await failureOf(stranger.checkHealth({ signal: never() }))).code).toBe('auth');
  });

  it('is no end of a task that could not be asked about', async () => {
    const { fake, provider } = await open();
    const task = await submitted(provider, makeRequest(lucidOrigin));
    fake.addFault({ on: 'poll', kind: 'status', status: 429, times: 1 });
    expect(await failureOf(provider.collect(task, { signal: never() }))).toMatchObject({ isFinal: false });
    expect((await collectAll(provider, task)).images).toHaveLength(1);
  });
});

describe('what Leonardo withholds', () => {
  it('is refused with the prompt', async () => {
    const { fake, provider } = await open();
    const request = makeRequest(lucidOrigin, { prompt: 'a forbidden thing' });
    expect((await failureOf(generate(provider, request))).code).toBe('content_policy');
    expect(fake.charges).toEqual([]);
  });

  it('is refused on the second interface, too', async () => {
    const { provider } = await open();
    const request = makeRequest('nano-banana-2', { prompt: 'a forbidden thing' });
    expect((await failureOf(generate(provider, request))).code).toBe('content_policy');
  });

  it('ends a task without a reason', async () => {
    const { provider } = await open();
    const failure = await failureOf(generate(provider, makeRequest(lucidOrigin, { prompt: 'unsafe' })));
    expect(failure).toMatchObject({ code: 'content_policy', isFinal: true });
  });

  it('is never an empty success', async () => {
    const { fake, provider } = await open();
    const task = await submitted(provider, makeRequest(lucidOrigin));
    const json = { generations_by_pk: { id: task.remoteId, status: 'COMPLETE', generated_images: [] } };
    fake.addFault({ on: 'poll', kind: 'status', status: 200, json, times: 1 });
    expect((await failureOf(provider.collect(task, { signal: never() }))).code).toBe('content_policy');
  });

  it('is noted when other pictures came', async () => {
    const { provider } = await open();
    const { images, dropped } = await generate(provider, makeRequest(lucidOrigin, { prompt: 'unsafe', count: 3 }));
    expect(images).toHaveLength(2);
    expect(dropped).toMatchObject([{ parameter: 'count' }]);
  });
});

describe('a picture that can not be uploaded', () => {
  it('costs nothing, and is not taken for a wrong key', async () => {
    const { fake, provider } = await open();
    // Not a picture, whatever it is called: the storage refuses it.
    const image = { ...makeInput(64, 64), bytes: Buffer.from('no picture') };
    const request = makeRequest(lightning, { operation: 'imageToImage', image, strength: 0.5 });
    expect((await failureOf(provider.submit(request, { signal: never() }))).code).toBe('server');
    expect(fake.requests.some(({ kind }) => kind === 'pay')).toBe(false);
  });

  it('is a failure of the network when its place could not be asked for', async () => {
    const { fake, provider } = await open();
    fake.addFault({ on: 'free', kind: 'resetBefore', times: 1 });
    const request = makeRequest(lightning, { operation: 'imageToImage', image: makeInput(64, 64), strength: 0.5 });
    expect((await failureOf(provider.submit(request, { signal: never() }))).code).toBe('network');
    expect(fake.charges).toEqual([]);
  });
});
