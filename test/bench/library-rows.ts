import type { NewAttempt } from '../../src/main/database/attempts.ts';
import type { NewImage } from '../../src/main/database/images.ts';
import type { NewJob } from '../../src/main/database/queued-jobs.ts';
import { imagePath } from '../../src/main/files/library-paths.ts';
import type { GenerationRequest } from '../../src/shared/models/generation-request.ts';
import { createRandom, pick } from './random.ts';

/** A real picture whose hash a row may carry, so that its thumbnails can be shown. */
export interface KnownPicture {
  readonly hash: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
}

export interface JobRows {
  readonly job: NewJob;
  readonly attempt: NewAttempt;
  readonly images: readonly NewImage[];
}

const firstCreatedAt = Date.UTC(2021, 0, 1);
const lastCreatedAt = Date.UTC(2026, 0, 1);
const subjects = [
  'a fox',
  'an old lighthouse',
  'a market at night',
  'two cranes',
  'a paper city',
  'her portrait',
  'the sea',
] as const;
const scenes = [
  'in the snow',
  'under neon signs',
  'beside a river',
  'on a cliff',
  'in a library',
  'at dawn',
  'in the rain',
] as const;
const looks = [
  'oil on canvas',
  'ink',
  'film grain',
  'soft light',
  'wide angle',
  'muted colours',
  'very detailed',
  'flat shapes',
] as const;
const projects = ['default', 'default', 'default', 'portraits', 'covers'] as const;
const models = ['sd_xl_base_1.0.safetensors', 'flux1-dev-fp8.safetensors', 'v1-5-pruned-emaonly.safetensors'] as const;
const sizes = [
  [1024, 1024],
  [1024, 1024],
  [832, 1216],
  [1216, 832],
  [512, 768],
] as const;

/**
 * Jobs as years of use leave them, oldest first, the same in every run: prompts of one to five phrases, several projects
 * and models, `imagesPerJob` results each. `pictures` may be empty: then every row has a hash of its own, without a file.
 */
export function createLibraryRows(options: {
  images: number;
  imagesPerJob: number;
  pictures: readonly KnownPicture[];
}) {
  const random = createRandom(20_260_101);
  const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const hex = (digits: number): string => {
    let text = '';
    while (text.length < digits)
      text += Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0');
    return text.slice(0, digits);
  };
  const idAt = (time: number): string => {
    const stamp = time.toString(16).padStart(12, '0');
    const rest = hex(18);
    return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6)}`;
  };
  const prompt = (): string => {
    const details = Array.from({ length: between(0, 4) }, () => pick(looks, random));
    return [`${pick(subjects, random)} ${pick(scenes, random)}`, ...details, `number ${between(1, 99_999)}`].join(', ');
  };

  const request = (picture: KnownPicture | undefined): GenerationRequest => {
    const [width, height] = picture ? [picture.width, picture.height] : pick(sizes, random);
    return {
      operation: 'textToImage',
      prompt: prompt(),
      negativePrompt: random() < 0.6 ? 'blurry, low quality, watermark' : '',
      width,
      height,
      count: options.imagesPerJob,
      seed: between(0, 2 ** 32 - 1),
      steps: between(8, 30),
      guidance: between(10, 80) / 10,
      sampler: 'dpmpp_2m',
      scheduler: 'karras',
      loras: [],
      references: [],
      provider: 'comfyui',
      model: pick(models, random),
      project: pick(projects, random),
    };
  };

  const jobAt = (time: number, count: number): JobRows => {
    const pictures = Array.from({ length: count }, () => options.pictures[between(0, options.pictures.length - 1)]);
    const sent = request(pictures[0]);
    const job: NewJob = { id: idAt(time), request: sent, createdAt: time, agreedUsd: null };
    const attemptId = idAt(time + 1);
    const attempt: NewAttempt = {
      id: attemptId,
      jobId: job.id,
      firstIndex: 0,
      imageCount: count,
      provider: 'comfyui',
      model: sent.model ?? '',
      request: sent,
      dropped: [],
      task: { remoteId: attemptId, attemptId, seed: sent.seed ?? null },
      startedAt: time + 20,
      reservedUsd: null,
      route: null,
    };
    const images = pictures.map((picture, index): NewImage => {
      const id = idAt(time + 2 + index);
      const createdAt = time + 8_000;
      const seed = (sent.seed ?? 0) + index;
      const size = picture ?? {
        width: sent.width ?? 1024,
        height: sent.height ?? 1024,
        bytes: between(900_000, 2_400_000),
        hash: hex(64),
      };
      return {
        id,
        jobId: job.id,
        attemptId,
        index,
        hash: size.hash,
        bytes: size.bytes,
        format: 'png',
        width: size.width,
        height: size.height,
        createdAt,
        project: sent.project,
        provider: 'comfyui',
        model: attempt.model,
        seed,
        request: { ...sent, count: 1, seed },
        dropped: [],
        remoteId: attemptId,
        cost: { kind: 'reported', usd: 0 },
        generationMs: between(2_000, 20_000),
        notAi: false,
        revisedPrompt: null,
        stages: null,
        path: imagePath({
          project: sent.project,
          provider: 'comfyui',
          createdAt,
          prompt: sent.prompt,
          id,
          format: 'png',
        }),
      };
    });
    return { job, attempt, images };
  };

  return {
    *jobs(): Generator<JobRows, void, void> {
      const everyMs = Math.floor((lastCreatedAt - firstCreatedAt) / Math.ceil(options.images / options.imagesPerJob));
      let time = firstCreatedAt;
      for (let made = 0; made < options.images; made += options.imagesPerJob) {
        yield jobAt(time, Math.min(options.imagesPerJob, options.images - made));
        time += everyMs;
      }
    },
  };
}
