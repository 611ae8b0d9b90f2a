import { Leonardo } from '@leonardo-ai/sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { startFake } from '../../fakes/kit/start-fake.ts';
import { fakeLeonardo } from '../../fakes/leonardo/service.ts';
import { makeInput } from '../comfyui/requests.ts';

let closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing) await close();
  closing = [];
});

async function openSdk(bearerAuth = fakeLeonardo.keys.apiKey ?? '') {
  const fake = await startFake(fakeLeonardo, { stepMs: 1, largestSide: 64 });
  closing.push(() => fake.close());
  return { fake, sdk: new Leonardo({ bearerAuth, serverURL: fake.url }) };
}

describe("Leonardo's own SDK", () => {
  it('takes what the stand-in says of a generation', async () => {
    const { fake, sdk } = await openSdk();
    const { object } = await sdk.image.createGeneration({
      prompt: 'a lighthouse',
      modelId: 'b24e16ff-06e3-43eb-8d33-4416c2d75876',
      numImages: 1,
      width: 512,
      height: 512,
    });
    const id = object?.sdGenerationJob?.generationId ?? '';
    expect(object?.sdGenerationJob?.cost).toMatchObject({ amount: '15', unit: 'CREDITS' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { object: polled } = await sdk.image.getGenerationById(id);
    expect(polled?.generationsByPk).toMatchObject({ id, status: 'COMPLETE', imageWidth: 512 });
    expect(polled?.generationsByPk?.generatedImages).toHaveLength(1);
    const me = await sdk.user.getUserSelf();
    const userId = me.object?.userDetails?.[0]?.user?.id ?? '';
    const listed = await sdk.image.getGenerationsByUserId(userId);
    expect(listed.object?.generations?.[0]?.id).toBe(id);
    expect(fake.charges).toHaveLength(1);
  });

  it('takes its places for uploads, its variations, models and trainings', async () => {
    const { sdk } = await openSdk();
    const place = (await sdk.initImages.uploadInitImage({ extension: 'png' })).object?.uploadInitImage;
    const form = new FormData();
    for (const [name, value] of Object.entries(JSON.parse(place?.fields ?? '{}') as Record<string, string>)) {
      form.append(name, value);
    }
    form.append('file', new Blob([new Uint8Array(makeInput(32, 32).bytes)]), 'picture.png');
    expect((await fetch(place?.url ?? '', { method: 'POST', body: form })).status).toBe(204);

    const upscaled = await sdk.variation.createUniversalUpscalerJob({ initImageId: place?.id ?? '' });
    const variation = upscaled.object?.universalUpscaler?.id ?? '';
    expect((await sdk.variation.getVariationById(variation)).object?.generatedImageVariationGeneric).toHaveLength(1);
    expect((await sdk.models.listPlatformModels()).object?.customModels?.length).toBeGreaterThan(3);
    expect((await sdk.elements.getElementById(1)).object?.userLorasByPk).toBeNull();
    const canvas = await sdk.initImages.uploadCanvasInitImage({ initExtension: 'png', maskExtension: 'png' });
    expect(canvas.object?.uploadCanvasInitImage?.maskFields).toContain('key');
  });

  it('takes a wrong key for an error', async () => {
    const { sdk } = await openSdk('ffffffff-ffff-4fff-8fff-ffffffffffff');
    await expect(sdk.user.getUserSelf()).rejects.toThrow();
  });
});
