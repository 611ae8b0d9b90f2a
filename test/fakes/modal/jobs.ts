import type { FakeKit } from '../kit/fake-types.ts';
import { measure, type PictureBody, type TrainBody } from './bodies.ts';

/** A job in the app's books. */
export interface Job {
  readonly id: string;
  readonly body: PictureBody | TrainBody;
  readonly startedAt: number;
  /** As far as it comes, where it never ends. */
  readonly stuckAt: number | null;
  readonly files: Promise<readonly Buffer[]>;
  isCancelled: boolean;
}

const seconds = { queue: 20.8, load: 14.2, inference: 7.6 } as const;
const runningFrom = 0.3;
/** How many steps of work a job is. */
const steps = 8;

/** Draws what a body asks for; inputs decide as well. */
async function draw(kit: FakeKit, body: PictureBody): Promise<Buffer[]> {
  const inputs = await Promise.all([body.image, body.mask].flatMap((file) => (file ? [measure(file)] : [])));
  const [image] = inputs;
  const scale = body.scale ?? 1;
  const width = body.width ?? (image?.width ?? 512) * scale;
  const height = body.height ?? (image?.height ?? 512) * scale;
  const { image: _image, mask: _mask, client_request_id: _id, seed, output_format, ...rest } = body;
  const text = JSON.stringify([rest, inputs.map(({ digest }) => digest)]);
  const format = output_format === 'jpeg' ? 'jpg' : output_format;
  return Promise.all(
    Array.from({ length: body.num_images }, (_each, index) =>
      kit.picture({ width, height, text, seed: (seed ?? 0) + index, format }),
    ),
  );
}

export function newJob(kit: FakeKit, body: PictureBody | TrainBody): Job {
  const prompt = body.task === 'train' ? '' : body.prompt;
  return {
    id: `fc-${kit.id().replaceAll('-', '').toUpperCase().slice(0, 16)}`,
    body,
    startedAt: kit.now(),
    stuckAt: prompt.includes('no container') ? 0 : prompt.includes('never done') ? 0.5 : null,
    files: body.task === 'train' ? Promise.resolve([]) : draw(kit, body),
    isCancelled: false,
  };
}

const failures: readonly (readonly [RegExp, { code: string; message: string; retryable: boolean }])[] = [
  [/too heavy/, { code: 'out_of_memory', message: 'CUDA out of memory', retryable: true }],
  [/too slow/, { code: 'timeout', message: 'function timed out after 300 s', retryable: true }],
  [/broken/, { code: 'internal', message: 'RuntimeError: shapes differ', retryable: true }],
  [/indecent/, { code: 'content_policy', message: 'the prompt was refused', retryable: false }],
];

export function fractionOf(kit: FakeKit, { stuckAt, startedAt }: Job): number {
  return stuckAt ?? kit.fraction(startedAt, steps);
}

/** The job as every call of the contract tells it. */
export async function describeJob(kit: FakeKit, job: Job): Promise<Record<string, unknown>> {
  const { id, body } = job;
  const fraction = fractionOf(kit, job);
  const prompt = body.task === 'train' ? '' : body.prompt;
  const isDone = fraction >= 1;
  const error = (isDone ? failures.find(([word]) => word.test(prompt))?.[1] : undefined) ?? null;
  const status = job.isCancelled
    ? 'canceled'
    : !isDone
      ? fraction < runningFrom
        ? 'queued'
        : 'running'
      : error
        ? 'failed'
        : prompt.includes('expired')
          ? 'expired'
          : 'succeeded';
  const at = new Date(job.startedAt).toISOString();
  return {
    id,
    client_request_id: body.client_request_id,
    task: body.task,
    model: body.model,
    status,
    created_at: at,
    started_at: status === 'queued' ? null : at,
    finished_at: isDone ? at : null,
    progress: { fraction, step: Math.floor(fraction * 28), steps: 28, message: null },
    logs: null,
    result: status === 'succeeded' ? await resultOf(kit, job) : null,
    error,
  };
}

async function resultOf(kit: FakeKit, job: Job): Promise<Record<string, unknown>> {
  const { body, id } = job;
  const more = {
    timings: { queue_s: seconds.queue, load_s: seconds.load, inference_s: seconds.inference },
    gpu: 'L40S',
    cost_usd: body.task !== 'train' && body.prompt.includes('with its cost') ? 0.0123 : null,
  };
  if (body.task === 'train') {
    return { weights: { source: `vol://loras/${body.output_name}.safetensors`, url: null }, ...more };
  }
  const { prompt, seed, output_format } = body;
  const files = await job.files;
  const images = files.map((bytes, index) => {
    const described = {
      content_type: `image/${output_format}`,
      width: body.width,
      height: body.height,
      seed: seed === null ? null : seed + index,
    };
    const isWithheld = prompt.includes('unsafe') && (index === 0 || !prompt.includes('half'));
    if (isWithheld) return { ...described, nsfw: true };
    const place = prompt.includes('by address')
      ? { url: kit.addFile(bytes, described.content_type) }
      : prompt.includes('inside the answer')
        ? { data: bytes.toString('base64') }
        : { href: `/v1/jobs/${id}/images/${index}` };
    return { ...described, nsfw: false, ...place };
  });
  return { images, ...more };
}
