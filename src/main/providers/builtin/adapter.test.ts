import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProviderManifest } from '../../../shared/models/provider.ts';
import type { ImageProvider, ProviderRequest } from '../provider.ts';
import { createBuiltin } from './adapter.ts';

let provider: ImageProvider;
beforeEach(() => {
  provider = createBuiltin();
});
afterEach(async () => {
  await provider.close();
});

const signal = new AbortController().signal;

function request(more: Partial<ProviderRequest> = {}): ProviderRequest {
  return {
    attemptId: '0198f0aa-1c2d-7e3f-8a4b-5c6d7e8f9a0b',
    operation: 'textToImage',
    model: provider.manifest.models[0]!,
    prompt: 'a fox in the snow',
    negativePrompt: '',
    width: 120,
    height: 80,
    count: 1,
    seed: 5,
    steps: null,
    guidance: null,
    sampler: null,
    scheduler: null,
    strength: null,
    loras: [],
    image: null,
    mask: null,
    references: [],
    style: null,
    outputFormat: null,
    scale: null,
    seconds: null,
    ...more,
  };
}

async function images(more: Partial<ProviderRequest> = {}): Promise<{ bytes: Buffer; seed: number | null }[]> {
  const submission = await provider.submit(request(more), { signal });
  if (submission.state !== 'finished') throw new Error(`state ${submission.state}`);
  return submission.images.map(({ bytes, seed }) => ({ bytes: Buffer.from(bytes), seed }));
}

describe('the built-in provider', { timeout: 60_000 }, () => {
  it('has a valid manifest that asks for nothing and says that it is not AI', () => {
    expect(ProviderManifest.parse(provider.manifest)).toEqual(provider.manifest);
    expect(provider.manifest).toMatchObject({ kind: 'builtin', notAi: true, credentials: [], defaultUrls: [] });
    expect(provider.manifest.models.every(({ price }) => price?.usd === 0)).toBe(true);
  });

  it('answers with PNGs of exactly the size asked for, at once and for nothing', async () => {
    const submission = await provider.submit(request({ width: 131, height: 64 }), { signal });
    expect(submission).toMatchObject({ state: 'finished', cost: { kind: 'reported', usd: 0 } });
    const [image] = await images({ width: 131, height: 64 });
    expect(await sharp(image?.bytes).metadata()).toMatchObject({ format: 'png', width: 131, height: 64 });
  });

  it('counts seeds up from image to image', async () => {
    const four = await images({ count: 4, seed: 10 });
    expect(four.map(({ seed }) => seed)).toEqual([10, 11, 12, 13]);
    const [alone] = await images({ seed: 12 });
    expect(alone?.bytes.equals(four[2]!.bytes)).toBe(true);
    expect(new Set(four.map(({ bytes }) => bytes.toString('base64'))).size).toBe(4);
  });

  it('starts again at 0 after the largest seed', async () => {
    const seeds = (await images({ count: 3, seed: Number.MAX_SAFE_INTEGER - 1 })).map(({ seed }) => seed);
    expect(seeds).toEqual([Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER, 0]);
  });

  it('stops when asked, before and while it draws, and draws again afterwards', async () => {
    await expect(provider.submit(request(), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
    const controller = new AbortController();
    const drawing = provider.submit(request({ width: 2048, height: 2048, count: 4 }), { signal: controller.signal });
    setTimeout(() => controller.abort(), 30);
    await expect(drawing).rejects.toMatchObject({ name: 'ProviderError', code: 'cancelled' });
    expect(await images()).toHaveLength(1);
  });

  it('refuses what it can not draw', async () => {
    for (const more of [{ width: 63 }, { height: 2049 }, { width: 100.5 }, { operation: 'upscale' }] as const) {
      await expect(provider.submit(request(more), { signal })).rejects.toMatchObject({ code: 'invalid_request' });
    }
  });

  it('does not hold up the thread it is called from', async () => {
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 2);
    await images({ width: 1024, height: 1024, prompt: 'mountain' });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(10);
  });

  it('knows no tasks, is always ready, and may be closed twice', async () => {
    expect(await provider.collect({ remoteId: 'x' }, { signal })).toEqual({ state: 'lost' });
    expect(await provider.checkHealth({ signal })).toMatchObject({ version: null });
    await provider.close();
    await provider.close();
    expect(await images()).toHaveLength(1);
  });
});
