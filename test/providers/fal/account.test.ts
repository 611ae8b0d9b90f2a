import { describe, expect, it } from 'vitest';
import { createFal } from '../../../src/main/providers/fal/adapter.ts';
import { connect } from '../../../src/main/providers/fal/connection.ts';
import { upload } from '../../../src/main/providers/fal/upload.ts';
import { failureOf, makeInput, makeRequest } from '../comfyui/requests.ts';
import { falModel, finishedOf, options, useFal } from './stand.ts';

const fal = useFal();
const ordinary = { apiKey: 'ordinary-52-9a59-4c5e:0123456789abcdef0123456789abcdef' };

describe('the key', () => {
  it('is checked where a wrong one is refused: the list of models takes any', async () => {
    const { fake, provider } = await fal.start();
    expect((await provider.checkHealth(options)).message).toContain('key');
    const stranger = fal.another(fake, { apiKey: 'wrong:key-of-somebody-else' });
    expect((await failureOf(stranger.checkHealth(options))).code).toBe('auth');
    expect((await stranger.listModels?.(options))?.length).toBeGreaterThan(0);
    expect(fake.requests.filter(({ kind }) => kind === 'pay')).toHaveLength(0);
  });

  it('is sent without the blanks it was pasted with, after the word Key', async () => {
    const { fake } = await fal.start();
    const provider = fal.another(fake, { apiKey: `  ${fake.keys.apiKey ?? ''}\n` });
    await provider.checkHealth(options);
    expect(fake.requests[0]?.headers.authorization).toBe(`Key ${fake.keys.apiKey ?? ''}`);
  });
});

describe('money', () => {
  it('tells an admin the balance, which falls', async () => {
    const { provider } = await fal.start();
    expect(await provider.readBalance?.(options)).toEqual({ amount: 25, unit: 'USD', usd: 25 });
    const request = makeRequest(falModel('flux/dev'), { width: 1000, height: 1000 });
    await finishedOf(provider, await provider.submit(request, options));
    expect((await provider.readBalance?.(options))?.amount).toBeCloseTo(24.975);
  });

  it('says that an ordinary key learns no balance', async () => {
    const { provider } = await fal.start({ keys: ordinary });
    const failure = await failureOf(provider.readBalance?.(options) ?? Promise.resolve());
    expect(failure.message).toContain('ADMIN');
  });

  it('asks for exact costs once only with a key that may not know them, and leaves them to the price list', async () => {
    const { fake, provider } = await fal.start({ keys: ordinary });
    for (const seed of [1, 2]) {
      const request = makeRequest(falModel('flux/dev'), { seed });
      expect((await finishedOf(provider, await provider.submit(request, options))).cost).toBeUndefined();
    }
    expect(fake.requests.filter(({ path }) => path.endsWith('/billing-events'))).toHaveLength(1);
  });
});

describe('the list of models', () => {
  it('has today’s prices, and not what fal no longer runs', async () => {
    const { provider } = await fal.start();
    const models = (await provider.listModels?.(options)) ?? [];
    const priceOf = (id: string) => models.find((model) => model.id === `fal-ai/${id}`)?.price;
    expect(models[0]?.id).toBe('fal-ai/flux/dev');
    expect(models.some(({ id }) => id === 'fal-ai/aura-sr')).toBe(false);
    expect(priceOf('flux-pro/kontext')).toEqual({ usd: 0.04, per: 'image' });
    expect(priceOf('flux/schnell')).toEqual({ usd: 0.003, per: 'megapixel' });
    expect(priceOf('kling-video/v2.1/standard/image-to-video')).toEqual({ usd: 0.05, per: 'second' });
    expect(priceOf('fast-sdxl')).toBeNull();
    expect(priceOf('esrgan')).toBeNull();
  });
});

describe('uploads', () => {
  it('go in parts where a file is large, the key never with them', async () => {
    const { fake, provider } = await fal.start();
    const connection = connect({ url: fake.url, apiKey: fake.keys.apiKey ?? '' });
    const { bytes } = makeInput(96, 96);
    const file = { fileName: 'large.png', mimeType: 'image/png', bytes };
    const part = Math.ceil(bytes.length / 3);
    const url = await upload(connection, file, options, { largestWhole: 10, part });
    expect(url).toContain('large.png');
    const parts = fake.requests.filter(({ path }) => path.startsWith('/multipart/'));
    expect(parts.map(({ method }) => method)).toEqual(['PUT', 'PUT', 'PUT', 'POST']);
    expect(parts.every(({ headers }) => headers.authorization === undefined)).toBe(true);
    expect(Buffer.concat(parts.slice(0, 3).map(({ body }) => body)).equals(bytes)).toBe(true);
    await connection.http.close();
    await provider.close();
  });

  it.each([
    'http://10.0.0.1/put',
    'https://10.0.0.1/put',
    'https://localhost/put',
    'http://example.org/put',
    'put here',
  ])('never go to %s', async (url) => {
    const connection = connect({ url: 'https://queue.fal.run', apiKey: 'some-key' });
    expect(() => connection.openStorage(url)).toThrow('does not send to');
    await connection.http.close();
  });

  it('report a storage that refuses without blaming the key', async () => {
    const { fake, provider } = await fal.start();
    fake.addFault({
      on: 'free',
      kind: 'status',
      status: 200,
      times: 1,
      json: { upload_url: `${fake.url}/upload/x`, file_url: 'https://v3.fal.media/x' },
    });
    const request = makeRequest(falModel('flux/dev/image-to-image'), { image: makeInput(64, 64) });
    const failure = await failureOf(provider.submit(request, options));
    expect(failure.code).toBe('server');
    expect(fake.requests.some(({ kind }) => kind === 'pay')).toBe(false);
  });
});

describe('hosts', () => {
  it('are fal’s own only while its usual address is used', async () => {
    const usual = connect({ url: 'https://queue.fal.run', apiKey: 'some-key' });
    expect([usual.storage, usual.platform]).toEqual(['https://rest.fal.ai', 'https://api.fal.ai/v1']);
    expect(usual.ownUrl('https://queue.fal.run/fal-ai/flux/requests/1/status?x=1')).toBe(
      'https://queue.fal.run/fal-ai/flux/requests/1/status',
    );
    for (const url of [
      'https://queue.fal.run.example.org/x',
      'http://queue.fal.run/x',
      'https://v3.fal.media/x',
      '',
      null,
    ]) {
      expect(usual.ownUrl(url)).toBeNull();
    }
    const other = connect({ url: 'https://example.org/fal', apiKey: 'some-key' });
    expect([other.storage, other.platform]).toEqual(['', '/v1']);
    await Promise.all([usual.http.close(), other.http.close()]);
  });

  it('are told apart from an address where nobody listens', async () => {
    const provider = createFal({ url: 'http://127.0.0.1:9', credentials: { apiKey: 'some-key' } });
    expect((await failureOf(provider.submit(makeRequest(falModel('flux/dev')), options))).code).toBe('network');
    await provider.close();
  });
});
