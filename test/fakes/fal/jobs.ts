import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { FakeAnswer, FakeKit } from '../kit/fake-types.ts';
import { inputs, prices, validationBody } from './endpoints.ts';
import type { Storage } from './storage.ts';

export interface Job {
  readonly id: string;
  readonly endpoint: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly sentAt: number;
  /** When a slot is free for it. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly usd: number;
  readonly refusal: { readonly status: number; readonly json: unknown; readonly type: string | null } | null;
  isCancelled: boolean;
  result: Promise<FakeAnswer> | null;
}

export interface Jobs {
  readonly all: readonly Job[];
  find(owner: string, alias: string, id: string): Job | null;
  begin(endpoint: string, input: Readonly<Record<string, unknown>>): Job;
  result(job: Job): Promise<FakeAnswer>;
}

/** New accounts. */
const atOnce = 2;
const presets: Readonly<Record<string, readonly [number, number]>> = {
  square_hd: [1024, 1024],
  square: [512, 512],
  portrait_4_3: [768, 1024],
  portrait_16_9: [576, 1024],
  landscape_4_3: [1024, 768],
  landscape_16_9: [1024, 576],
};
const ultra: Readonly<Record<string, readonly [number, number]>> = { '1:1': [2048, 2048], '16:9': [2752, 1536] };
const policy = (msg: string, type: string) => ({
  detail: [{ loc: ['body', 'prompt'], type, msg, url: `https://docs.fal.ai/errors#${type}` }],
});

export function createJobs(kit: FakeKit, storage: Storage): Jobs {
  const all: Job[] = [];

  const refusalOf = (endpoint: string, input: Readonly<Record<string, unknown>>): Job['refusal'] => {
    const parsed = inputs[endpoint]?.safeParse(input);
    if (parsed?.success === false) return { status: 422, json: validationBody(parsed.error), type: null };
    const prompt = textOf(input.prompt);
    if (prompt.includes('forbidden')) {
      const words = 'The content could not be processed because it contained material flagged by a content checker.';
      return { status: 422, json: policy(words, 'content_policy_violation'), type: null };
    }
    const flagsResults = !endpoint.includes('flux-pro') && !endpoint.includes('-2-pro') && !endpoint.includes('video');
    if (prompt.includes('unsafe') && !flagsResults) {
      return { status: 422, json: policy('No images were generated.', 'no_media_generated'), type: null };
    }
    const [, bare] = /fails without a name (\d+)/.exec(prompt) ?? [];
    if (bare !== undefined) return { status: Number(bare), json: { detail: 'Internal Server Error' }, type: null };
    const [, type, status] = /fails with (\w+) (\d+)/.exec(prompt) ?? [];
    if (type === undefined) return null;
    return { status: Number(status), json: { detail: 'The model failed.', error_type: type }, type };
  };

  const fileIn = (input: Readonly<Record<string, unknown>>, field: string): Buffer | null => {
    const url = input[field];
    return typeof url === 'string' ? storage.read(url) : null;
  };

  const draw = async ({ endpoint, input }: Job): Promise<FakeAnswer> => {
    const image = fileIn(input, 'image_url');
    const mask = fileIn(input, 'mask_url');
    for (const [field, bytes] of [
      ['image_url', image],
      ['mask_url', mask],
    ] as const) {
      if (
        input[field] !== undefined &&
        (bytes === null ||
          (await sharp(bytes)
            .metadata()
            .catch(() => null)) === null)
      ) {
        const detail = [{ loc: ['body', field], msg: 'Failed to download the file.', type: 'file_download_error' }];
        return { status: 422, json: { detail } };
      }
    }
    const seed = typeof input.seed === 'number' ? input.seed : 4242;
    const { width, height } = await sizeOf(endpoint, input, image);
    const digest = createHash('sha256')
      .update(image ?? '')
      .update(mask ?? '')
      .digest('hex');
    const format = (input.output_format ?? input.format ?? input.image_format ?? usualFormat(endpoint)) as
      'jpeg' | 'png';
    const text = JSON.stringify({ ...input, image_url: '', mask_url: '', digest });
    const mimeType = `image/${format}`;
    const prompt = textOf(input.prompt);
    const make = async (index: number) => {
      const shown = { width, height, seed: seed + index, format: format === 'jpeg' ? 'jpg' : 'png' } as const;
      const bytes = await kit.picture({ ...shown, text });
      const url = kit.addFile(bytes, mimeType, prompt.includes('short-lived') ? { expiresInMs: 0 } : {});
      return { url, width, height, content_type: mimeType };
    };
    if (endpoint.includes('video')) {
      return {
        json: {
          video: { url: kit.addFile(kit.video({ width, height, text }), 'video/mp4'), content_type: 'video/mp4' },
        },
      };
    }
    if (/esrgan|aura-sr|upscaler/.test(endpoint)) return { json: { image: await make(0), seed, timings: {} } };
    const count = typeof input.num_images === 'number' ? input.num_images : 1;
    const images = await Promise.all(Array.from({ length: count }, (_each, index) => make(index)));
    const isFlagged = (index: number): boolean =>
      prompt.includes('partly unsafe') ? index % 2 === 1 : prompt.includes('unsafe');
    const told = prompt.includes('enormous seed') ? 2 ** 60 : seed;
    if (endpoint.includes('-pro')) return { json: { images, seed: told } };
    const flags = images.map((_image, index) => isFlagged(index));
    return { json: { images, timings: { inference: 0.1 }, seed: told, has_nsfw_concepts: flags, prompt } };
  };

  const train = ({ input }: Job): FakeAnswer => {
    const archive = fileIn(input, 'images_data_url')?.toString('latin1') ?? '';
    const pictures = archive.split('PK\x01\x02').length - 1;
    if (!archive.startsWith('PK\x03\x04') || pictures < 4) {
      return {
        status: 422,
        json: { detail: [{ loc: ['body', 'images_data_url'], msg: 'Not enough images', type: 'value_error' }] },
      };
    }
    const file = (name: string) => ({
      url: `https://v3.fal.media/files/lion/${kit.id()}_${name}`,
      file_name: name,
      file_size: 89_745_224,
      content_type: 'application/octet-stream',
    });
    return {
      json: { diffusers_lora_file: file('pytorch_lora_weights.safetensors'), config_file: file('config.json') },
    };
  };

  return {
    all,
    find: (owner, alias, id) => {
      const job = all.find((each) => each.id === id);
      return job?.endpoint.startsWith(`${owner}/${alias}`) ? job : null;
    },
    begin: (endpoint, input) => {
      const now = kit.now();
      const busy = all
        .filter(({ endsAt, isCancelled }) => endsAt > now && !isCancelled)
        .sort((a, b) => a.endsAt - b.endsAt);
      const startsAt = busy.length < atOnce ? now : (busy[busy.length - atOnce]?.endsAt ?? now);
      const steps = endpoint.includes('training') ? 6 : 2;
      const job: Job = {
        id: kit.id(),
        endpoint,
        input,
        sentAt: now,
        startsAt,
        endsAt: startsAt + steps * kit.options.stepMs,
        usd: costOf(endpoint, input),
        refusal: refusalOf(endpoint, input),
        isCancelled: false,
        result: null,
      };
      all.push(job);
      if (!job.refusal) {
        const images = typeof input.num_images === 'number' ? input.num_images : 1;
        kit.charge({ id: job.id, usd: job.usd, images, clientId: null });
      }
      return job;
    },
    result: (job) => {
      if (job.isCancelled) {
        const json = { detail: 'Request was cancelled by the client.', error_type: 'client_cancelled' };
        return Promise.resolve({ status: 499, json });
      }
      const { refusal } = job;
      if (refusal) {
        const headers: Record<string, string> = refusal.type === null ? {} : { 'x-fal-error-type': refusal.type };
        const retryable = { 'x-fal-retryable': textOf(job.input.prompt).includes('for good') ? 'false' : 'true' };
        return Promise.resolve({ status: refusal.status, json: refusal.json, headers: { ...headers, ...retryable } });
      }
      job.result ??= job.endpoint.includes('training') ? Promise.resolve(train(job)) : draw(job);
      return job.result;
    },
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const usualFormat = (endpoint: string): string =>
  /flux-2$|flux-2\/|\/lora$|esrgan|aura/.test(endpoint) ? 'png' : 'jpeg';

async function sizeOf(
  endpoint: string,
  input: Readonly<Record<string, unknown>>,
  image: Buffer | null,
): Promise<{ width: number; height: number }> {
  const wished = input.image_size;
  if (wished !== null && typeof wished === 'object') return wished as { width: number; height: number };
  if (image) {
    const { width, height } = await sharp(image).metadata();
    const scale = Number(input.scale ?? input.upscale_factor ?? (endpoint.includes('aura') ? 4 : 1));
    return { width: width * scale, height: height * scale };
  }
  const shape = endpoint.includes('ultra') ? ultra[textOf(input.aspect_ratio)] : presets[textOf(wished)];
  const [width, height] = shape ?? [1024, 768];
  return { width, height };
}

function costOf(endpoint: string, input: Readonly<Record<string, unknown>>): number {
  const price = prices[endpoint] ?? { usd: 0.01, unit: 'images' };
  const count = typeof input.num_images === 'number' ? input.num_images : 1;
  const { width = 1024, height = 1024 } = (input.image_size ?? {}) as { width?: number; height?: number };
  if (price.unit === 'megapixels') return (price.usd * count * width * height) / 1_000_000;
  return price.unit === 'seconds' ? price.usd * Number(input.duration ?? 5) : price.usd * count;
}
