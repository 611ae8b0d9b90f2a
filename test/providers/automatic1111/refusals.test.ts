import { describe, expect, it } from 'vitest';
import { failureOf, makeInput, never } from '../comfyui/requests.ts';
import { bodiesSent, finish, openAgain, requestFor, startStand } from './stand.ts';

const signal = never();

describe('the check', () => {
  it('is one free call that needs the API and the password', async () => {
    const { fake, provider } = await startStand();
    await expect(provider.checkHealth({ signal })).resolves.toMatchObject({ version: null });
    expect(fake.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /sdapi/v1/samplers']);
  });

  it('is auth with a wrong password, and with none', async () => {
    const { fake } = await startStand();
    const wrong: Record<string, string>[] = [{ user: 'easel', password: 'wrong' }, {}];
    for (const keys of wrong) {
      const failure = await failureOf(openAgain({ url: fake.url, keys }).checkHealth({ signal }));
      expect(failure.code).toBe('auth');
    }
  });

  it('takes the password from the address, and needs none where the server asks for none', async () => {
    const { fake } = await startStand();
    const { user = '', password = '' } = fake.keys;
    const url = fake.url.replace('//', `//${user}:${password}@`);
    await openAgain({ url, keys: {} }).checkHealth({ signal });
    const open = await startStand({}, { keys: {} });
    await open.provider.checkHealth({ signal });
    expect(open.fake.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('says how to switch the API on', async () => {
    const { provider } = await startStand({ hasApi: false });
    const failure = await failureOf(provider.checkHealth({ signal }));
    expect(failure.code).toBe('invalid_request');
    expect(failure.message).toContain('--api');
  });
});

describe('a refusal', () => {
  it.each([
    [
      400,
      { error: 'HTTPException', detail: 'Sampler not found', body: '', errors: '' },
      'invalid_request',
      'Sampler not found',
    ],
    [404, { detail: 'Init image not found' }, 'invalid_request', 'Init image not found'],
    [
      422,
      { detail: [{ loc: ['body', 'steps'], msg: 'not an int', type: 'x' }] },
      'invalid_request',
      'steps: not an int',
    ],
    [500, { error: 'ValueError', detail: '', body: '', errors: 'bad thing' }, 'server', 'bad thing'],
    [500, { error: 'ValueError', detail: '', body: '', message: 'bad thing' }, 'server', 'bad thing'],
    [500, 'unsupported operand', 'server', 'unsupported operand'],
    [500, { error: 'OutOfMemoryError', detail: '', body: '', errors: 'CUDA' }, 'server', 'ran out of memory'],
    [503, {}, 'server', ''],
  ] as const)('with status %d and %j is %s', async (status, json, code, words) => {
    const { fake, provider } = await startStand();
    const request = await requestFor(provider, 'v1-5');
    fake.addFault({ on: 'pay', kind: 'status', status, json, times: 1 });
    const failure = await failureOf(finish(provider, request));
    expect(failure).toMatchObject({ code, isFinal: true });
    expect(failure.message).toContain(words);
  });

  it.each(['automatic1111', 'forge', 'sdnext'] as const)('for want of memory is told in words by %s', async (kind) => {
    const { provider } = await startStand({ kind });
    const request = await requestFor(provider, 'xl_base', { width: 4096, height: 4096 });
    const failure = await failureOf(finish(provider, request));
    expect(failure.code).toBe('server');
    expect(failure.message).toContain('smaller size');
  });

  it('of a picture that can not be read is the server’s own', async () => {
    const { provider } = await startStand();
    const image = { ...makeInput(64, 64), bytes: Buffer.from('no picture') };
    const request = await requestFor(provider, 'v1-5', { operation: 'imageToImage', image });
    const failure = await failureOf(finish(provider, request));
    expect(failure.providerText).toBe('Invalid encoded image');
  });

  it('comes before anything is sent where there is no image or no mask', async () => {
    const { fake, provider } = await startStand();
    for (const [part, fields] of [
      ['v1-5', { operation: 'imageToImage' }],
      ['v1-5', { operation: 'inpaint', image: makeInput(64, 64) }],
      ['Lanczos', { operation: 'upscale' }],
    ] as const) {
      const request = await requestFor(provider, part, fields);
      expect((await failureOf(provider.submit(request, { signal }))).code).toBe('invalid_request');
    }
    expect(bodiesSent(fake, 'img2img')).toEqual([]);
  });
});
