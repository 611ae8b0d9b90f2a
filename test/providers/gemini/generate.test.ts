import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fileKindOf } from '../../../src/main/providers/file-kind.ts';
import { manifest } from '../../../src/main/providers/gemini/manifest.ts';
import { failureOf, makeInput, makeRequest, never } from '../comfyui/requests.ts';
import { imageOf, model, open, sentBody, startGemini } from './stand.ts';

const signal = never();

describe('a picture from a prompt', () => {
  it('comes at once', async () => {
    const { fake, provider } = await startGemini();
    const submission = await provider.submit(makeRequest(model(), { width: 1024, height: 1024, seed: 42 }), { signal });
    expect(fileKindOf(imageOf(submission).bytes)?.kind).toBe('jpg');
    expect(imageOf(submission).seed).toBe(42);
    expect(fake.charges).toHaveLength(1);
    expect(fake.requests.map(({ path }) => path)).toEqual(['/v1beta/models/gemini-nano-banana-2.1:generateContent']);
  });

  it('is the last one that is no thought, not a draft', async () => {
    const { provider } = await startGemini();
    const submission = await provider.submit(makeRequest(model(), { width: 1024, height: 1024 }), { signal });
    expect(await sharp(imageOf(submission).bytes).metadata()).toMatchObject({ width: 256, height: 256 });
  });

  it.each([
    [1024, 1024, '1:1', '1K', ''],
    [2752, 1536, '16:9', '2K', '@2k'],
    [3392, 5056, '2:3', '4K', '@4k'],
    [1584, 672, '21:9', '1K', ''],
    [768, 6144, '1:8', '2K', '@2k'],
    [1100, 1000, '1:1', '1K', ''],
    [4096, 4096, '1:1', '1K', ''],
  ])('of %i×%i is asked for by shape and name of size', async (width, height, aspectRatio, imageSize, mark) => {
    const { fake, provider } = await startGemini();
    const request = makeRequest(model(`gemini-nano-banana-2.1${mark}`), { width, height, seed: 5 });
    await provider.submit(request, { signal });
    expect(fake.requests[0]?.path).toBe('/v1beta/models/gemini-nano-banana-2.1:generateContent');
    expect(sentBody(fake)).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'a lighthouse at dusk' }] }],
      generationConfig: { responseModalities: ['IMAGE'], imageConfig: { aspectRatio, imageSize }, seed: 5 },
    });
  });

  it.each(['gemini-3.1-flash-lite-image', 'gemini-2.5-flash-image'])(
    'names no size to %s, which has only one',
    async (id) => {
      const { fake, provider } = await startGemini();
      await provider.submit(makeRequest(model(id), { width: 1376, height: 768 }), { signal });
      expect(sentBody(fake).generationConfig.imageConfig).toEqual({ aspectRatio: '16:9' });
    },
  );

  it('brings a seed that is too large into the range of the service, and says which it was', async () => {
    const { fake, provider } = await startGemini();
    const submission = await provider.submit(makeRequest(model(), { seed: 2 ** 31 + 9 }), { signal });
    expect(sentBody(fake).generationConfig.seed).toBe(9);
    expect(imageOf(submission).seed).toBe(9);
  });
});

describe('a picture from pictures', () => {
  it('sends the image, then the references, then the words', async () => {
    const { fake, provider } = await startGemini();
    const references = [makeInput(64, 64, 2), makeInput(64, 64, 3)];
    const request = makeRequest(model(), { operation: 'imageToImage', image: makeInput(64, 64), references });
    imageOf(await provider.submit(request, { signal }));
    const data = [request.image!, ...references].map(({ bytes }) => Buffer.from(bytes).toString('base64'));
    expect(sentBody(fake).contents[0]?.parts).toEqual([
      ...data.map((each) => ({ inlineData: { mimeType: 'image/png', data: each } })),
      { text: 'a lighthouse at dusk' },
    ]);
  });

  it('depends on them', async () => {
    const { provider } = await startGemini();
    const make = async (seed: number) => {
      const image = makeInput(64, 64, seed);
      const request = makeRequest(model(), { operation: 'imageToImage', image, width: 1024, height: 1024 });
      return Buffer.from(imageOf(await provider.submit(request, { signal })).bytes);
    };
    expect((await make(1)).equals(await make(2))).toBe(false);
  });

  it('goes by references without a first image, too', async () => {
    const { fake, provider } = await startGemini();
    await provider.submit(makeRequest(model(), { references: [makeInput(64, 64)] }), { signal });
    expect(sentBody(fake).contents[0]?.parts).toHaveLength(2);
  });

  it('is sent as PNG where the service can not read its format', async () => {
    const { fake, provider } = await startGemini();
    const bytes = await sharp(makeInput(64, 64).bytes).gif().toBuffer();
    const image = { ...makeInput(64, 64), bytes, format: 'gif' as const };
    imageOf(await provider.submit(makeRequest(model(), { operation: 'imageToImage', image }), { signal }));
    expect(sentBody(fake).contents[0]?.parts[0]?.inlineData?.mimeType).toBe('image/png');
  });

  it('are never more than 20 MB', async () => {
    const { fake, provider } = await startGemini();
    const image = { ...makeInput(64, 64), bytes: new Uint8Array(15_100_000) };
    const failure = await failureOf(
      provider.submit(makeRequest(model(), { operation: 'imageToImage', image }), { signal }),
    );
    expect(failure).toMatchObject({ code: 'invalid_request', message: expect.stringContaining('20 MB') });
    expect(fake.requests).toHaveLength(0);
  });

  it('has as many references as the service takes beside the first', () => {
    expect(model().limits.references).toBe(13);
    expect(model('gemini-3.1-flash-lite-image').limits.references).toBe(13);
    expect(model('gemini-2.5-flash-image').limits.references).toBe(2);
  });
});

describe('the price', () => {
  const priced = async (id: string, side: number) => {
    const { fake, provider } = await startGemini();
    const submission = await provider.submit(makeRequest(model(id), { width: side, height: side }), { signal });
    return { cost: submission.state === 'finished' ? submission.cost : undefined, charged: fake.charges[0]?.usd };
  };

  it('is reckoned from the tokens where the price list has rates for them', async () => {
    const { cost } = await priced('gemini-nano-banana-2.1@2k', 2048);
    // 5 tokens in, 100 of thought and 1680 of the picture.
    expect(cost).toEqual({ kind: 'estimated', usd: (5 * 1.5 + 100 * 7.5 + 1680 * 30) / 1_000_000 });
  });

  it.each([
    ['gemini-3-pro-image', 1024, 0.134],
    ['gemini-3-pro-image', 2048, 0.134],
    ['gemini-3-pro-image@4k', 4096, 0.24],
  ])('of %s goes by the size (%i) where it has none', async (id, side, usd) => {
    expect((await priced(id, side)).cost).toEqual({ kind: 'estimated', usd });
  });

  it('that is agreed beforehand is never below what a size of the model costs', async () => {
    const { fake, provider } = await startGemini({ largestSide: 32 });
    const models = (await provider.listModels?.({ signal })) ?? [];
    for (const each of models.filter(({ price }) => price !== null)) {
      for (const size of each.limits.sizes ?? []) {
        await provider.submit(makeRequest(each, size), { signal });
        const charged = fake.charges.at(-1)?.usd ?? Infinity;
        expect(charged, `${each.id} ${size.width}×${size.height}`).toBeLessThan(1.05 * (each.price?.usd ?? 0));
      }
    }
  });

  it('is unknown for a model that the price list does not have', async () => {
    const { provider } = await startGemini();
    const models = (await provider.listModels?.({ signal })) ?? [];
    const request = makeRequest(models.find(({ id }) => id === 'gemini-4-flash-image')!);
    expect(await provider.submit(request, { signal })).toMatchObject({ cost: { kind: 'unknown' } });
  });
});

describe('the models', () => {
  it('are those that the service has: known ones in order, then new image models, from all pages', async () => {
    const { fake, provider } = await startGemini();
    const models = (await provider.listModels?.({ signal })) ?? [];
    expect(models.map(({ id }) => id)).toEqual([
      'gemini-nano-banana-2.1',
      'gemini-3-pro-image',
      'gemini-3.1-flash-lite-image',
      'gemini-2.5-flash-image',
      'gemini-4-flash-image',
      'gemini-nano-banana-2.1@2k',
      'gemini-nano-banana-2.1@4k',
      'gemini-3-pro-image@4k',
    ]);
    expect(models[4]).toMatchObject({ name: 'Of a later year', price: null });
    expect(models.at(-1)).toMatchObject({ name: 'Nano Banana Pro, 4K', price: { usd: 0.24, per: 'image' } });
    expect(models.find(({ id }) => id.includes('lite'))?.limits.promptCharacters).toBe(4096);
    expect(fake.requests.map(({ query }) => query)).toEqual(['?pageSize=1000', '?pageSize=1000&pageToken=4']);
  });

  it('are by default none that is announced to end', () => {
    expect(manifest.models.slice(0, 3).map(({ id, tier }) => [id, tier])).toEqual([
      ['gemini-nano-banana-2.1', 'standard'],
      ['gemini-3-pro-image', 'premium'],
      ['gemini-3.1-flash-lite-image', 'fast'],
    ]);
  });
});

describe('the key', () => {
  it('is checked for nothing, and is in its header only', async () => {
    const { fake, provider } = await startGemini();
    await provider.checkHealth({ signal });
    await provider.submit(makeRequest(model()), { signal });
    expect(fake.requests[0]).toMatchObject({ method: 'GET', path: '/v1beta/models', kind: 'free' });
    for (const { headers, path, query, body } of fake.requests) {
      expect(headers['x-goog-api-key']).toBe(fake.keys.apiKey);
      expect(`${path}${query}${body.toString('latin1')}`).not.toContain(fake.keys.apiKey);
    }
  });

  it('is told as wrong although the service says 400', async () => {
    const { fake } = await startGemini();
    const wrong = open(fake, 'AIzaSy-wrong-0123456789');
    expect((await failureOf(wrong.checkHealth({ signal }))).code).toBe('auth');
    expect((await failureOf(wrong.listModels!({ signal }))).code).toBe('auth');
    const failure = await failureOf(wrong.submit(makeRequest(model()), { signal }));
    expect(failure).toMatchObject({ code: 'auth', providerText: 'API key not valid. Please pass a valid API key.' });
  });
});
