import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { paintedShare } from '../../fakes/automatic1111/drawing.ts';
import { makeInput, makeRequest, findModel } from '../comfyui/requests.ts';
import type { InputImage } from '../../../src/main/providers/provider.ts';
import { bodiesSent, finish, requestFor, startStand } from './stand.ts';

async function inputOf(bytes: Buffer, side: number): Promise<InputImage> {
  return { ...makeInput(side, side), bytes: await sharp(bytes).png().toBuffer() };
}

/** White where it is to be painted, and transparent where not: what a drawing program makes of a brush stroke. */
async function strokeMask(side: number): Promise<InputImage> {
  const white = await sharp({ create: { width: side / 2, height: side, channels: 4, background: '#fff' } })
    .png()
    .toBuffer();
  const empty = sharp({
    create: { width: side, height: side, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  });
  return inputOf(
    await empty
      .composite([{ input: white, left: 0, top: 0 }])
      .png()
      .toBuffer(),
    side,
  );
}

describe('a picture from words', () => {
  it('is drawn as it was asked for, and nothing is kept on the server', async () => {
    const { fake, provider } = await startStand();
    const request = await requestFor(provider, 'xl_base', {
      prompt: 'a lighthouse',
      negativePrompt: 'blurry',
      width: 128,
      height: 192,
      seed: 12,
      steps: 25,
      guidance: 6,
      sampler: 'DPM++ 2M',
      loras: [{ name: 'paint', weight: 0.7 }],
      style: 'Photo',
    });
    const { images, dropped } = await finish(provider, request);
    const { width, height } = await sharp(images[0]!.bytes).metadata();
    expect([width, height]).toEqual([128, 192]);
    expect(images[0]!.seed).toBe(12);
    expect(dropped).toEqual([]);
    expect(bodiesSent(fake, 'txt2img')).toEqual([
      {
        prompt: 'a lighthouse <lora:paint:0.7>',
        negative_prompt: 'blurry',
        styles: ['Photo'],
        seed: 12,
        steps: 25,
        cfg_scale: 6,
        width: 128,
        height: 192,
        batch_size: 1,
        n_iter: 1,
        sampler_name: 'DPM++ 2M',
        scheduler: 'Karras',
        override_settings: { sd_model_checkpoint: 'sd_xl_base_1.0' },
        send_images: true,
        save_images: false,
        force_task_id: `task(${request.attemptId})`,
      },
    ]);
  });

  it('comes with the seed of each picture', async () => {
    const { provider } = await startStand();
    const { images } = await finish(provider, await requestFor(provider, 'v1-5', { count: 3, seed: 40 }));
    expect(images.map(({ seed }) => seed)).toEqual([40, 41, 42]);
    expect(new Set(images.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).size).toBe(3);
  });

  it('tells Forge the guidance of FLUX and the files it needs', async () => {
    const { fake, provider } = await startStand({ kind: 'forge' });
    const flux = await requestFor(provider, 'flux1', { guidance: 3.5, scheduler: 'Simple' });
    await finish(provider, flux);
    const xl = await requestFor(provider, 'xl_base', { guidance: 6 });
    await finish(provider, xl);
    const [ofFlux, ofXl] = bodiesSent(fake, 'txt2img');
    expect(ofFlux).toMatchObject({ cfg_scale: 1, distilled_cfg_scale: 3.5, negative_prompt: '', scheduler: 'Simple' });
    expect(ofFlux?.override_settings).toEqual({
      sd_model_checkpoint: 'flux1-dev-fp8',
      forge_additional_modules: ['ae.safetensors', 'clip_l.safetensors', 't5xxl_fp16.safetensors'],
    });
    expect(ofXl).toMatchObject({ cfg_scale: 6, override_settings: { forge_additional_modules: [] } });
    expect(ofXl).not.toHaveProperty('distilled_cfg_scale');
  });

  it('sends SD.Next neither a scheduler nor an id, which it does not take', async () => {
    const { fake, provider } = await startStand({ kind: 'sdnext' });
    await finish(provider, await requestFor(provider, 'xl_base'));
    const [body] = bodiesSent(fake, 'txt2img');
    expect(body).not.toHaveProperty('scheduler');
    expect(body).not.toHaveProperty('force_task_id');
  });
});

describe('a picture from another one', () => {
  it('starts from it, as far as is wished', async () => {
    const { fake, provider } = await startStand();
    const wish = { operation: 'imageToImage', image: makeInput(64, 64), strength: 0.4 } as const;
    const { images } = await finish(provider, await requestFor(provider, 'xl_base', wish));
    const other = await finish(
      provider,
      await requestFor(provider, 'xl_base', { ...wish, image: makeInput(64, 64, 9) }),
    );
    expect(Buffer.from(images[0]!.bytes).equals(other.images[0]!.bytes)).toBe(false);
    const [body] = bodiesSent(fake, 'img2img');
    expect(body).toMatchObject({
      init_images: [Buffer.from(wish.image.bytes).toString('base64')],
      denoising_strength: 0.4,
      resize_mode: 1,
    });
    expect(body).not.toHaveProperty('mask');
  });

  it('repaints what is white, keeps what was there as the beginning, and sees the whole picture', async () => {
    const { fake, provider } = await startStand();
    const wish = { operation: 'inpaint', image: makeInput(64, 64), mask: await strokeMask(64), strength: 0.9 } as const;
    await finish(provider, await requestFor(provider, 'xl_base', wish));
    const [body] = bodiesSent(fake, 'img2img');
    expect(body).toMatchObject({
      inpainting_fill: 1,
      inpaint_full_res: false,
      inpaint_full_res_padding: 32,
      inpainting_mask_invert: 0,
      denoising_strength: 0.9,
    });
    const mask = Buffer.from(body?.mask as string, 'base64');
    expect((await sharp(mask).metadata()).hasAlpha).toBe(false);
    expect(await paintedShare(mask)).toBeCloseTo(0.5);
  });
});

describe('a larger picture', () => {
  it('is made by the upscaler that was chosen', async () => {
    const { fake, provider } = await startStand();
    const model = await findModel(provider, 'upscalers/R-ESRGAN');
    const request = makeRequest(model, { operation: 'upscale', image: makeInput(32, 24), scale: 3, steps: null });
    const { images } = await finish(provider, request);
    const { width, height } = await sharp(images[0]!.bytes).metadata();
    expect([width, height, images[0]!.seed]).toEqual([96, 72, null]);
    expect(bodiesSent(fake, 'extra-single-image')).toMatchObject([
      { resize_mode: 0, upscaling_resize: 3, upscaler_1: 'R-ESRGAN 4x+' },
    ]);
  });

  it('is no success when the server gives the picture back as it was', async () => {
    const { provider } = await startStand();
    const model = { ...(await findModel(provider, 'upscalers/')), id: 'upscalers/gone' };
    const request = makeRequest(model, { operation: 'upscale', image: makeInput(32, 24), scale: 2 });
    await expect(finish(provider, request)).rejects.toMatchObject({ code: 'server', isFinal: true });
  });
});
