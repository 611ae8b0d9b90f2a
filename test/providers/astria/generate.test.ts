import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { InputImage } from '../../../src/main/providers/provider.ts';
import { fileKindOf } from '../../../src/main/providers/file-kind.ts';
import { failureOf, makeInput, never } from '../comfyui/requests.ts';
import { finish, lastForm, promptsSent, requestFor, startStand } from './stand.ts';

const signal = never();
const size = { width: 256, height: 512 };

async function strokeMask(side: number): Promise<InputImage> {
  const white = await sharp({ create: { width: side, height: side / 2, channels: 4, background: '#fff' } })
    .png()
    .toBuffer();
  const empty = sharp({
    create: { width: side, height: side, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  });
  const bytes = await empty
    .composite([{ input: white, left: 0, top: 0 }])
    .png()
    .toBuffer();
  return { ...makeInput(side, side), bytes };
}

describe('a picture from words', () => {
  it('is asked of the base tune as JSON, and comes with its cost', async () => {
    const { fake, provider } = await startStand();
    const wish = { ...size, count: 2, seed: 7, steps: 20, guidance: 4, style: 'Cinematic' };
    const { images, cost, dropped } = await finish(provider, await requestFor(provider, '1504944', wish));
    expect(fake.requests.find(({ kind }) => kind === 'pay')?.path).toBe('/tunes/1504944/prompts');
    expect(promptsSent(fake)).toEqual([
      {
        text: 'a lighthouse at dusk',
        num_images: 2,
        seed: 7,
        steps: 20,
        cfg_scale: 4,
        style: 'Cinematic',
        w: 256,
        h: 512,
      },
    ]);
    expect(images.map(({ seed }) => seed)).toEqual([7, null]);
    const { width, height } = await sharp(images[0]!.bytes).metadata();
    expect([width, height]).toEqual([256, 512]);
    expect(cost).toEqual({ kind: 'reported', usd: 0.125 });
    expect(dropped).toEqual([]);
  });

  it('takes a negative prompt and a scheduler with SDXL, and a seed of any size', async () => {
    const { fake, provider } = await startStand();
    const wish = { ...size, negativePrompt: 'blurry', scheduler: 'dpm++2m_karras', seed: 2 ** 40 + 5 };
    await finish(provider, await requestFor(provider, '666678', wish));
    expect(promptsSent(fake)[0]).toMatchObject({ negative_prompt: 'blurry', scheduler: 'dpm++2m_karras', seed: 5 });
  });

  it('tells models of other makers shapes in place of pixels', async () => {
    const { fake, provider } = await startStand();
    const request = await requestFor(provider, '3618064');
    const wide = request.model.limits.sizes?.find(({ width, height }) => width > 2000 && width > height) ?? size;
    const { images } = await finish(provider, { ...request, ...wide });
    const [sent] = promptsSent(fake);
    expect(sent).toMatchObject({ aspect_ratio: '16:9', resolution: '2K' });
    expect(sent).not.toHaveProperty('w');
    const { width, height } = await sharp(images[0]!.bytes).metadata();
    expect({ width, height }).toEqual(wide);
  });

  it('is accepted as a list of one, too', async () => {
    const { provider } = await startStand({ answersWithLists: true });
    expect((await finish(provider, await requestFor(provider, '1504944', size))).images).toHaveLength(1);
  });
});

describe('a trained model', () => {
  it.each([
    ['lora/1504944/2100001', '/tunes/1504944/prompts', '<lora:2100001:1> a lighthouse at dusk'],
    ['lora/666678/2100002', '/tunes/666678/prompts', '<lora:2100002:1> a lighthouse at dusk'],
    ['faceid/1504944/2100004', '/tunes/1504944/prompts', '<faceid:2100004:1> a lighthouse at dusk'],
    ['2100003', '/tunes/2100003/prompts', 'a lighthouse at dusk'],
  ])('%s is posted to %s', async (id, path, text) => {
    const { fake, provider } = await startStand();
    await finish(provider, await requestFor(provider, id, size));
    expect(fake.requests.find(({ kind }) => kind === 'pay')?.path).toBe(path);
    expect(promptsSent(fake)[0]?.text).toBe(text);
  });

  it('is mixed into FLUX with a weight, and into SDXL only alone', async () => {
    const { fake, provider } = await startStand();
    const flux = await requestFor(provider, '1504944', size);
    const [lora = ''] = flux.model.choices.loras;
    await finish(provider, { ...flux, loras: [{ name: lora, weight: 0.7 }] });
    expect(promptsSent(fake)[0]?.text).toBe('<lora:2100001:0.7> a lighthouse at dusk');
    const loras = [{ name: '2100002 Old portrait', weight: 1 }];
    const both = await requestFor(provider, 'lora/666678/2100002', { ...size, loras });
    expect((await failureOf(provider.submit(both, { signal }))).code).toBe('invalid_request');
    const foreign = { ...flux, loras: [{ name: 'https://example.org/x.safetensors', weight: 1 }] };
    expect((await failureOf(provider.submit(foreign, { signal }))).code).toBe('invalid_request');
    expect(fake.charges).toHaveLength(1);
  });
});

describe('a picture from another one', () => {
  it('goes along as a file, with how far to leave it', async () => {
    const { fake, provider } = await startStand();
    const wish = { ...size, operation: 'imageToImage', image: makeInput(64, 64), strength: 0.4 } as const;
    await finish(provider, await requestFor(provider, '1504944', wish));
    const form = await lastForm(fake);
    expect(form.get('prompt[text]')).toBe('a lighthouse at dusk');
    expect(form.get('prompt[denoising_strength]')).toBe('0.4');
    const file = form.get('prompt[input_image]') as File;
    expect(Buffer.from(await file.arrayBuffer()).equals(wish.image.bytes)).toBe(true);
    expect(file.type).toBe('image/png');
    expect(form.get('prompt[mask_image]')).toBeNull();
  });

  it('is painted anew where the mask is white, sent with one channel', async () => {
    const { fake, provider } = await startStand();
    const wish = { ...size, operation: 'inpaint', image: makeInput(64, 64), mask: await strokeMask(64) } as const;
    await finish(provider, await requestFor(provider, '666678', wish));
    const mask = Buffer.from(await ((await lastForm(fake)).get('prompt[mask_image]') as File).arrayBuffer());
    const { channels } = await sharp(mask).metadata();
    const { data } = await sharp(mask).raw().toBuffer({ resolveWithObject: true });
    expect([channels, data[0], data.at(-1)]).toEqual([1, 255, 0]);
  });

  it('becomes larger by the flag inside the text', async () => {
    const { fake, provider } = await startStand();
    const wish = { operation: 'upscale', image: makeInput(64, 48), prompt: '' } as const;
    const { images } = await finish(provider, await requestFor(provider, 'upscale/1504944', wish));
    const { width, height } = await sharp(images[0]!.bytes).metadata();
    expect([width, height]).toEqual([128, 96]);
    expect((await lastForm(fake)).get('prompt[text]')).toBe('upscale --only_upscale --upscale_v4');
  });

  it('needs a picture, and for painting a mask', async () => {
    const { fake, provider } = await startStand();
    for (const fields of [{ operation: 'imageToImage' }, { operation: 'inpaint', image: makeInput(64, 64) }] as const) {
      const request = await requestFor(provider, '1504944', { ...size, ...fields });
      expect((await failureOf(provider.submit(request, { signal }))).code).toBe('invalid_request');
    }
    expect(fake.charges).toEqual([]);
  });

  it('is not taken for another one where the account knows requests by their words', async () => {
    const { fake, provider } = await startStand({ isIdempotent: true });
    const wish = { ...size, operation: 'imageToImage', image: makeInput(64, 64), strength: 0.5 } as const;
    const first = await requestFor(provider, '1504944', wish);
    await provider.submit(first, { signal });
    const other = { ...first, image: makeInput(64, 64, 9) };
    const failure = await failureOf(provider.submit(other, { signal }));
    expect(failure).toMatchObject({ code: 'invalid_request' });
    expect(failure.message).toContain('Change the seed');
    expect(fake.charges).toHaveLength(1);
  });

  it('from words alone may come again, and costs nothing the second time', async () => {
    const { provider } = await startStand({ isIdempotent: true });
    const request = await requestFor(provider, '1504944', size);
    const first = await finish(provider, request);
    const again = await finish(provider, request);
    expect(Buffer.from(first.images[0]!.bytes).equals(again.images[0]!.bytes)).toBe(true);
    expect([first.cost, again.cost]).toEqual([
      { kind: 'reported', usd: 0.0625 },
      { kind: 'reported', usd: 0 },
    ]);
  });
});

describe('a video', () => {
  it('is fetched without its first frame', async () => {
    const { fake, provider } = await startStand();
    const wish = { operation: 'video', seconds: 5 } as const;
    const { images, cost } = await finish(provider, await requestFor(provider, 'video/wan25_720p', wish));
    expect(images.map(({ bytes }) => fileKindOf(bytes)?.kind)).toEqual(['mp4']);
    expect(cost).toEqual({ kind: 'reported', usd: 0.5925 });
    expect(promptsSent(fake)[0]).toMatchObject({
      text: 'a lighthouse at dusk',
      video_model: 'wan25_720p',
      video_prompt: 'a lighthouse at dusk',
      video_duration: 5,
    });
  });
});

it('sends Astria a GIF as PNG', async () => {
  const { fake, provider } = await startStand();
  const bytes = await sharp(makeInput(64, 64).bytes).gif().toBuffer();
  const image = { ...makeInput(64, 64), bytes, format: 'gif' } as const;
  const wish = { ...size, operation: 'imageToImage', image, strength: 0.4 } as const;
  await finish(provider, await requestFor(provider, '1504944', wish));
  expect(((await lastForm(fake)).get('prompt[input_image]') as File).type).toBe('image/png');
});
