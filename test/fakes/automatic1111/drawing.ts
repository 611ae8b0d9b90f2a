import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { FakeAnswer, FakeKit } from '../kit/fake-types.ts';
import { loras, models, modules, samplers, schedulers, styles } from './lists.ts';
import { refusal, type Drawing, type Kind } from './request-rules.ts';
import type { Worker } from './worker.ts';

const largestPixels = 2048 * 2048;

/** Which part of the mask is painted anew: of one with any transparency the alpha channel, else the brightness. */
export async function paintedShare(mask: Buffer): Promise<number> {
  const { isOpaque } = await sharp(mask).stats();
  const channel = isOpaque ? sharp(mask).greyscale() : sharp(mask).extractChannel('alpha');
  const { data } = await channel.raw().toBuffer({ resolveWithObject: true });
  return data.reduce((sum, value) => sum + value, 0) / (255 * data.length);
}

export async function readPicture(base64: string): Promise<{ bytes: Buffer; width: number; height: number } | null> {
  const bytes = Buffer.from(base64.replace(/^data:image\/\w+;base64,/, ''), 'base64');
  const size = await sharp(bytes)
    .metadata()
    .catch(() => null);
  return size && { bytes, width: size.width, height: size.height };
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

/** What the server has loaded, and how it draws. */
export function createDrawing(kit: FakeKit, kind: Kind, worker: Worker) {
  let loaded = models[kind][0]!;

  const inputOf = async ({ init_images = [], mask }: Drawing): Promise<string | FakeAnswer> => {
    const [image] = await Promise.all(init_images.map(readPicture));
    const masked = mask ? await readPicture(mask) : undefined;
    if (image === null || masked === null) return refusal(kind, 500, 'Invalid encoded image');
    if (!image) return '';
    if (masked && (masked.width !== image.width || masked.height !== image.height))
      return refusal(kind, 422, 'the mask has another size');
    return `${digest(image.bytes)} ${masked ? (await paintedShare(masked.bytes)).toFixed(3) : ''}`;
  };

  return async (body: Drawing): Promise<FakeAnswer> => {
    if (body.width % 8 !== 0 || body.height % 8 !== 0) return refusal(kind, 422, 'sides must be multiples of 8');
    if (body.width * body.height > largestPixels)
      return refusal(kind, 500, 'CUDA out of memory. Tried to allocate 20.00 GiB', 'OutOfMemoryError');
    const input = await inputOf(body);
    if (typeof input !== 'string') return input;
    if (kind === 'sdnext' && body.sampler_name !== null && !samplers.includes(body.sampler_name))
      return refusal(kind, 404, 'Sampler not found');

    const wanted = body.override_settings.sd_model_checkpoint;
    const found = models[kind].find(({ title, model_name, hash }) => [title, model_name, hash].includes(wanted ?? ''));
    // An unknown one is passed over.
    const model = found ?? loaded;
    if (model.model_name.startsWith('flux')) {
      const parts = (body.override_settings.forge_additional_modules ?? []).filter((name) => modules.includes(name));
      if (parts.length < modules.length)
        return refusal(kind, 500, 'You do not have CLIP state dict!', 'AssertionError');
    }
    const loads = model !== loaded;
    const scheduler = schedulers.find(({ name, label }) => [name, label].includes(body.scheduler ?? 'Automatic'));
    const sampler = samplers.find((name) => name === body.sampler_name) ?? samplers[0]!;
    const used = [...body.prompt.matchAll(/<lora:([^:>]+):/g)].flatMap(
      ([, name]) => loras.find((lora) => lora.name === name || lora.alias === name)?.name ?? [],
    );
    const seed = body.seed >= 0 ? body.seed : Math.floor(Math.random() * 2 ** 32);
    const count = body.batch_size * body.n_iter;
    const { force_task_id: id = null } = body as Partial<Drawing>;
    kit.charge({ id: id ?? kit.id(), usd: null, images: count, clientId: id });
    const { prompt, negative_prompt, width, height, steps } = body;
    const text = JSON.stringify([
      prompt,
      negative_prompt,
      steps,
      body.cfg_scale,
      sampler,
      scheduler?.label,
      model.model_name,
      used,
      body.styles.filter((name) => styles.some((style) => style.name === name)),
      input,
      body.denoising_strength ?? null,
    ]);
    const preview = await kit.picture({ width: 64, height: 64, text: `preview of ${prompt}`, seed, format: 'jpg' });
    const { isInterrupted } = await worker.run({ id, samplingSteps: steps, loads, preview });
    loaded = model;
    const seeds = Array.from({ length: count }, (_none, index) => seed + index);
    const images = await Promise.all(
      seeds.map((each) => kit.picture({ width, height, text: isInterrupted ? `half of ${text}` : text, seed: each })),
    );
    const info = {
      prompt,
      all_prompts: seeds.map(() => prompt),
      negative_prompt,
      seed,
      all_seeds: seeds,
      width,
      height,
      sampler_name: sampler,
      cfg_scale: body.cfg_scale,
      steps,
      batch_size: body.batch_size,
      sd_model_name: model.title
        .replace(/ \[.*/, '')
        .replace(/^.*\//, '')
        .replace(/\.(safetensors|ckpt)$/, ''),
      sd_model_hash: model.hash,
      denoising_strength: body.denoising_strength ?? null,
      extra_generation_params: scheduler && scheduler.name !== 'automatic' ? { 'Schedule type': scheduler.label } : {},
      index_of_first_image: 0,
      infotexts: seeds.map((each) => `${prompt}\nSteps: ${steps}, Sampler: ${sampler}, Seed: ${each}`),
      styles: body.styles,
      clip_skip: 1,
      version: 'v1.10.1',
    };
    return {
      json: { images: images.map((bytes) => bytes.toString('base64')), parameters: {}, info: JSON.stringify(info) },
    };
  };
}
