import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { FakeKit } from '../kit/fake-types.ts';
import { fluxSizes } from './models.ts';

export type Input = Readonly<Record<string, unknown>>;

/** A prediction or a training, before and after its end. */
export interface Work {
  readonly id: string;
  readonly kind: 'predictions' | 'trainings';
  /** `owner/name` */
  readonly model: string;
  readonly version: string;
  readonly input: Input;
  readonly createdAt: number;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly isSingle: boolean;
  /** Of a training. */
  readonly destination: string | null;
  canceledAt: number | null;
  output: Promise<readonly string[]> | null;
  failure: string | null;
}

const iso = (at: number): string => new Date(at).toISOString();
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const nsfw = 'All generated images contained NSFW content. Try running it again with a different prompt.';
const flagged = 'The input or output was flagged as sensitive. Please try again with different inputs. (E005) (aB3dE5)';

/** The failure that words in the prompt bring about; null where it works. */
export function failureOf(model: string, input: Input): string | null {
  const prompt = textOf(input.prompt);
  const isPro = model.includes('-pro');
  if (prompt.includes('forbidden')) return isPro ? flagged : nsfw;
  if (prompt.includes('unsafe') && !prompt.includes('partly unsafe')) {
    if (model.includes('sdxl')) return 'NSFW content detected. Try running it again, or try a different prompt.';
    return isPro ? flagged : nsfw;
  }
  return /fails with: (.*)$/.exec(prompt)?.[1] ?? null;
}

/** As the API shows it now. */
export async function show(kit: FakeKit, work: Work): Promise<Record<string, unknown>> {
  const now = kit.now();
  // That a reference is no picture shows while it is worked on.
  if (now >= work.endsAt) await work.output;
  const { status, endedAt } = standingOf(work, now);
  const isRemoved = textOf(work.input.prompt).includes('an hour ago') && status === 'succeeded';
  const urls = status === 'succeeded' && !isRemoved && work.kind === 'predictions' ? await work.output : null;
  const percent = Math.floor(Math.min(1, Math.max(0, (now - work.startsAt) / (work.endsAt - work.startsAt))) * 100);
  const seed = typeof work.input.seed === 'number' ? work.input.seed : 4242;
  const begun = `Using seed: ${seed}\n${percent}%|██████    | 9/28 [00:01<00:02,  8.1it/s]`;
  const weights = {
    version: `${work.destination ?? ''}:${versionAfter(work)}`,
    weights: 'https://replicate.delivery/x.tar',
  };
  const api = kit.urlOf(`/${work.kind}/${work.id}`);
  return {
    id: work.id,
    model: work.model,
    version: work.version,
    input: isRemoved ? {} : work.input,
    output:
      work.kind === 'trainings'
        ? status === 'succeeded'
          ? weights
          : null
        : work.isSingle
          ? (urls?.[0] ?? null)
          : urls,
    error: status === 'failed' ? work.failure : null,
    status,
    logs: isRemoved || status === 'starting' ? '' : begun,
    metrics:
      endedAt === null
        ? {}
        : { predict_time: 600, total_time: 601, ...(urls ? { image_output_count: urls.length } : {}) },
    source: 'api',
    data_removed: isRemoved,
    created_at: iso(work.createdAt),
    started_at: now >= work.startsAt ? iso(work.startsAt) : null,
    completed_at: endedAt === null ? null : iso(endedAt),
    deadline: iso(work.endsAt),
    urls: { get: api, cancel: `${api}/cancel`, web: `https://replicate.com/p/${work.id}` },
  };
}

/** Words in the prompt that end it by its deadline. */
function standingOf(work: Work, now: number): { status: string; endedAt: number | null } {
  const prompt = textOf(work.input.prompt);
  if (work.canceledAt !== null) return { status: 'canceled', endedAt: work.canceledAt };
  if (now < work.startsAt) return { status: 'starting', endedAt: null };
  if (now < work.endsAt) return { status: 'processing', endedAt: null };
  if (prompt.includes('never begins')) return { status: 'aborted', endedAt: work.endsAt };
  if (prompt.includes('takes too long')) return { status: 'canceled', endedAt: work.endsAt };
  return { status: work.failure === null ? 'succeeded' : 'failed', endedAt: work.endsAt };
}

export const hasEnded = (work: Work, now: number): boolean => standingOf(work, now).endedAt !== null;

export const versionAfter = ({ id }: Work): string => createHash('sha256').update(id).digest('hex');

/** Draws what was asked for; answers the addresses. `read` fetches what an input names. Throws for inputs that are no pictures. */
export async function draw(
  kit: FakeKit,
  { model, input, isSingle }: Work,
  read: (url: string) => Buffer | null,
): Promise<string[]> {
  const fields = ['image', 'mask', 'image_prompt'].flatMap((field) =>
    input[field] === undefined ? [] : [input[field]],
  );
  const listed = Array.isArray(input.input_images) ? (input.input_images as unknown[]) : [];
  const files = [...fields, ...listed].map((url) => read(textOf(url)));
  const pictures = await Promise.all(files.map(async (bytes) => sharp(bytes ?? Buffer.alloc(0)).metadata()));
  const digest = createHash('sha256');
  for (const bytes of files) digest.update(bytes ?? '');
  const scale = Number(input.scale ?? input.scale_factor ?? 1);
  const [first] = pictures;
  const [shapedWidth, shapedHeight] = fluxSizes[textOf(input.aspect_ratio)] ?? [1024, 1024];
  const isUltra = model.endsWith('ultra') ? 2 : 1;
  const follows = first !== undefined && input.width === undefined && input.aspect_ratio === undefined;
  const width = follows ? first.width * scale : Number(input.width ?? shapedWidth * isUltra);
  const height = follows ? first.height * scale : Number(input.height ?? shapedHeight * isUltra);
  const prompt = textOf(input.prompt);
  const wanted = typeof input.num_outputs === 'number' && !isSingle ? input.num_outputs : 1;
  const count = prompt.includes('partly unsafe') ? Math.ceil(wanted / 2) : wanted;
  const format = (input.output_format ?? 'png') as 'png' | 'jpg' | 'webp';
  const seed = typeof input.seed === 'number' ? input.seed : 4242;
  const text = JSON.stringify({
    ...input,
    image: '',
    mask: '',
    image_prompt: '',
    input_images: '',
    d: digest.digest('hex'),
  });
  return Promise.all(
    Array.from({ length: count }, async (_each, index) => {
      const bytes = await kit.picture({ width, height, text, seed: seed + index, format });
      const mimeType = format === 'jpg' ? 'image/jpeg' : `image/${format}`;
      if (prompt.includes('inline')) return `data:${mimeType};base64,${bytes.toString('base64')}`;
      return kit.addFile(bytes, mimeType, prompt.includes('short-lived') ? { expiresInMs: 0 } : {});
    }),
  );
}
