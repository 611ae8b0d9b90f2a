import { createHash } from 'node:crypto';
import type { FakeKit } from '../kit/fake-types.ts';
import { readPicture, Unprocessable, type PromptFields, type ReadPicture } from './request-rules.ts';
import type { Tune, Tunes } from './tunes.ts';

interface Job {
  readonly id: number;
  readonly tune: Tune;
  readonly fields: PromptFields;
  readonly image: ReadPicture | null;
  readonly mask: ReadPicture | null;
  readonly costMc: number;
  readonly createdAt: number;
  images: string[] | null;
}

/** Millicents a picture. */
const prices: Readonly<Record<Tune['branch'], number>> = {
  flux1: 6250,
  sdxl1: 2000,
  sd15: 1500,
  fast: 0,
  partner: 8000,
};
const videoPrices = { seedance_480p: 10_000, wan25_720p: 53_000, kling30_standard: 92_000, veo31_fast_720p: 85_000 };
const stepsOfWork = 3;

const digest = (picture: ReadPicture | null): string =>
  picture ? createHash('sha256').update(picture.bytes).digest('hex').slice(0, 16) : '';

function check(
  tune: Tune,
  fields: PromptFields,
  image: ReadPicture | null,
  mask: ReadPicture | null,
  tunes: Tunes,
): void {
  const refuse = (field: string, message: string): never => {
    throw new Unprocessable({ [field]: [message] });
  };
  if (['lora', 'pti', 'faceid'].includes(tune.model_type ?? ''))
    refuse('base', 'Post to the base tune and name this one in the text');
  if (!tunes.isTrained(tune)) refuse('base', 'The tune is not trained yet');
  if (tune.branch === 'flux1' && fields.negative_prompt) refuse('negative_prompt', 'is not supported by Flux');
  const isShaped = fields.aspect_ratio !== undefined || fields.resolution !== undefined;
  if (tune.branch === 'partner' && (fields.w !== undefined || fields.h !== undefined))
    refuse('w', 'is not supported by this model');
  if (tune.branch !== 'partner' && fields.resolution !== undefined)
    refuse('resolution', 'is not supported by this model');
  if (isShaped && fields.w !== undefined) refuse('aspect_ratio', 'does not go with w and h');
  const mentions = [...fields.text.matchAll(/<(lora|faceid):([^:>]*):[\d.-]+>/g)];
  for (const [, , id] of mentions) {
    const named = tunes.find(Number(id));
    if (!named || !tunes.isTrained(named) || named.base_tune_id !== tune.id)
      refuse('text', `names ${id}, which does not fit this model`);
  }
  if (tune.branch !== 'flux1' && mentions.length > 1) refuse('text', 'may name one LoRA');
  if (mask && !image) refuse('mask_image', 'needs an input image');
  if (mask && mask.channels !== 1) refuse('mask_image', 'must have one channel');
  if (mask && image && (mask.width !== image.width || mask.height !== image.height))
    refuse('mask_image', 'has another size');
  if (fields.text.includes('--only_upscale') && !image) refuse('input_image', "can't be blank");
  if (fields.video_model && !fields.video_prompt) refuse('video_prompt', "can't be blank");
}

/** What the account's idempotency goes by: everything but the pictures. */
function identityOf({ tune, fields }: Pick<Job, 'tune' | 'fields'>): string {
  const { input_image: _image, mask_image: _mask, ...rest } = fields;
  return JSON.stringify([tune.id, rest]);
}

function sizeOf({ fields, image, tune }: Job): { width: number; height: number } {
  if (fields.text.includes('--only_upscale') && image) return { width: 2 * image.width, height: 2 * image.height };
  if (tune.branch !== 'partner') return { width: fields.w ?? 1024, height: fields.h ?? 1024 };
  const [across = 1, down = 1] = (fields.aspect_ratio ?? '1:1').split(':').map(Number);
  const side = fields.resolution === '2K' ? 2048 : 1024;
  const round = (value: number): number => Math.round(value / 8) * 8;
  return { width: round(side * Math.sqrt(across / down)), height: round(side * Math.sqrt(down / across)) };
}

/** Why there is no picture, in the service's words; null where there is. */
function errorOf({ text }: PromptFields): string | null {
  if (text.includes('forbidden')) return 'The prompt was flagged as prohibited';
  if (text.includes('unsafe')) return 'NSFW content was detected in all images';
  return text.includes('broken') ? 'Could not process the request' : null;
}

export function createPrompts(
  kit: FakeKit,
  tunes: Tunes,
  { isIdempotent, balanceMc }: { isIdempotent: boolean; balanceMc: number },
) {
  const jobs: Job[] = [];
  let balance = balanceMc;
  const fractionOf = ({ createdAt }: Job): number => kit.fraction(createdAt, stepsOfWork);

  const draw = async (job: Job): Promise<string[]> => {
    const { fields, tune, image, mask } = job;
    const { input_image: _image, mask_image: _mask, num_images: count, seed = 0, ...rest } = fields;
    const text = JSON.stringify([tune.id, rest, digest(image), digest(mask)]);
    const shown = fields.text.includes('partly') ? count - 1 : count;
    const pictures = await Promise.all(
      Array.from({ length: shown }, (_none, index) =>
        kit.picture({ ...sizeOf(job), text, seed: seed + index, format: 'jpg' }),
      ),
    );
    const urls = pictures.map((bytes) => kit.addFile(bytes, 'image/jpeg'));
    if (!fields.video_model) return urls;
    return [...urls, kit.addFile(kit.video({ width: 832, height: 480, text }), 'video/mp4')];
  };

  return {
    balance: () => balance,
    charge: (millicents: number): void => {
      balance -= millicents;
    },
    async create(tune: Tune, fields: PromptFields): Promise<Job | 'tooLittle'> {
      const [image, mask] = [
        await readPicture('input_image', fields.input_image),
        await readPicture('mask_image', fields.mask_image),
      ];
      check(tune, fields, image, mask, tunes);
      const known = isIdempotent ? jobs.find((job) => identityOf(job) === identityOf({ tune, fields })) : undefined;
      if (known) return known;
      const isRefused = errorOf(fields) !== null;
      const price =
        prices[tune.branch] * fields.num_images + (fields.video_model ? videoPrices[fields.video_model] : 0);
      const costMc = isRefused ? 0 : price;
      if (costMc > balance) return 'tooLittle';
      const job: Job = {
        id: 28810422 + jobs.length,
        tune,
        fields,
        image,
        mask,
        costMc,
        createdAt: kit.now(),
        images: null,
      };
      jobs.push(job);
      balance -= costMc;
      kit.charge({ id: String(job.id), usd: costMc / 100_000, images: fields.num_images, clientId: null });
      return job;
    },
    find: (id: number): Job | undefined => jobs.find((job) => job.id === id),
    remove: (job: Job): void => {
      jobs.splice(jobs.indexOf(job), 1);
    },
    list: (limit: number, offset: number): Job[] => jobs.toReversed().slice(offset, offset + limit),
    async show(job: Job) {
      const { id, fields, tune, createdAt, costMc } = job;
      const { input_image: _image, mask_image: _mask, ...echo } = fields;
      const error = errorOf(fields);
      const ended = fractionOf(job) === 1;
      if (ended && error === null) job.images ??= await draw(job);
      const created = new Date(createdAt).toISOString();
      return {
        id,
        callback: null,
        negative_prompt: '',
        cfg_scale: null,
        steps: null,
        aspect_ratio: null,
        resolution: null,
        ...echo,
        tune_id: tune.id,
        trained_at: ended ? created : null,
        started_training_at: fractionOf(job) > 0.3 ? created : null,
        created_at: created,
        updated_at: created,
        url: kit.urlOf(`/tunes/${tune.id}/prompts/${id}.json`),
        images: job.images ?? [],
        user_error: ended ? error : null,
        cost_mc: costMc,
      };
    },
  };
}
