import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Exchange, FakeAnswer, FakeDefinition, FakeKit } from '../kit/fake-types.ts';
import { creditsOf } from './costs.ts';
import { detailOf, schemas, type SentBody } from './schemas.ts';

interface Task {
  readonly id: string;
  readonly model: string;
  readonly body: SentBody;
  readonly prompt: string;
  readonly inputHash: string;
  readonly size: { width: number; height: number };
  readonly credits: number;
  readonly startedAt: number;
  sample: string | null;
}

interface Input {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

const mostActive = 24;
const workSteps = 3;
const linkEndsAfterMs = 600_000;
const imageFields = /^(image|images|mask|image_prompt|input_image(_\d)?)$/;
const sides: Readonly<Record<string, number>> = { '768sq': 768, '1k': 1024, '1.5k': 1536, '2k': 2048, '4k': 4096 };

class BadImage extends Error {}

async function readInput(text: string): Promise<Input> {
  const bytes = Buffer.from(text.replace(/^data:[^,]*,/, ''), 'base64');
  try {
    const { width, height } = await sharp(bytes).metadata();
    return { bytes, width, height };
  } catch {
    throw new BadImage('Invalid image: it could not be decoded.');
  }
}

async function inputsOf(body: SentBody): Promise<Record<string, Input[]>> {
  const fields = Object.entries(body).filter(([name]) => imageFields.test(name));
  const read = fields.map(async ([name, value]) => {
    const texts = Array.isArray(value) ? value : [value];
    return [name, await Promise.all(texts.map((text) => readInput(String(text))))] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

function checkInputs(model: string, inputs: Record<string, Input[]>): void {
  const [image, mask] = [inputs.image?.[0], inputs.mask?.[0]];
  if (image && mask && (image.width !== mask.width || image.height !== mask.height)) {
    throw new BadImage('The mask must have the same size as the image.');
  }
  for (const { width, height } of model === 'flux-3-image' ? Object.values(inputs).flat() : []) {
    if (Math.min(width, height) < 256) throw new BadImage('Each side of an image must have at least 256 pixels.');
  }
}

function sizeOf(body: SentBody, first: Input | undefined): { width: number; height: number } {
  const { width = 0, height = 0, aspect_ratio: ratio = 'auto', resolution = '1k' } = body;
  const square = sides[resolution] ?? 1024;
  if (width > 0 && height > 0) return { width, height };
  if (ratio !== 'auto') {
    const [across = 1, down = 1] = ratio.split(':').map(Number);
    const side = (shape: number): number => Math.round((square * Math.sqrt(shape)) / 16) * 16;
    return { width: side(across / down), height: side(down / across) };
  }
  return first ?? { width: 1024, height: 1024 };
}

function createService(kit: FakeKit) {
  const tasks = new Map<string, Task>();
  let credits = 1000;
  let region = 0;

  const isDone = ({ startedAt }: Task): boolean => kit.fraction(startedAt, workSteps) >= 1;
  const isRefused = ({ prompt }: Task): boolean => prompt.includes('forbidden');

  const submit = async (model: string, exchange: Exchange): Promise<FakeAnswer> => {
    const schema = schemas[model];
    if (!schema) return { status: 404, json: { detail: 'Not Found' } };
    const parsed = schema.safeParse(exchange.json());
    if (!parsed.success) return { status: 422, json: { detail: detailOf(parsed.error) } };
    if ([...tasks.values()].filter((task) => !isDone(task)).length >= mostActive) {
      return { status: 429, headers: { 'Retry-After': '1' }, json: { detail: 'Too many active tasks' } };
    }
    const body = parsed.data;
    const inputs = await inputsOf(body);
    checkInputs(model, inputs);
    const all = Object.values(inputs).flat();
    const size = sizeOf(body, all[0]);
    const cost = creditsOf(model, {
      body,
      inputPixels: all.reduce((sum, { width, height }) => sum + width * height, 0),
      outputPixels: size.width * size.height,
    });
    if (cost > credits) return { status: 402, json: { detail: 'Insufficient credits' } };
    const inputHash = createHash('sha256');
    for (const { bytes } of all) inputHash.update(bytes);
    const task: Task = {
      id: kit.id(),
      model,
      body,
      prompt: body.prompt ?? '',
      inputHash: all.length === 0 ? '' : inputHash.digest('hex'),
      size,
      credits: cost,
      startedAt: kit.now(),
      sample: null,
    };
    tasks.set(task.id, task);
    if (!isRefused(task)) {
      credits -= cost;
      kit.charge({ id: task.id, usd: cost / 100, images: 1, clientId: null });
    }
    region += 1;
    // A region keeps its own tasks; no other host knows them.
    const pollingUrl = kit.urlOf(`/regions/${region % 2 === 0 ? 'eu2' : 'us2'}/v1/get_result?id=${task.id}`);
    const quoted = /^flux-(2|3)/.test(model) ? { cost, input_mp: null, output_mp: null } : {};
    return { json: { id: task.id, polling_url: pollingUrl, ...quoted } };
  };

  const makeSample = async ({ model, prompt, inputHash, size, body }: Task): Promise<string> => {
    const more = { expiresInMs: prompt.includes('link ends at once') ? -1 : linkEndsAfterMs };
    const text = `${model}\n${prompt}\n${inputHash}`;
    if (model === 'flux-3-video') return kit.addFile(kit.video({ ...size, text }), 'video/mp4', more);
    const named = body.output_format ?? (/kontext|flux-3/.test(model) ? 'png' : 'jpeg');
    const format = named === 'jpeg' ? 'jpg' : named;
    const { seed = 0 } = body;
    const bytes = await kit.picture({ ...size, text, seed, format });
    return kit.addFile(bytes, `image/${format === 'jpg' ? 'jpeg' : format}`, more);
  };

  const poll = async (id: string): Promise<FakeAnswer> => {
    const task = tasks.get(id);
    const blank = { id, result: null, progress: null, details: null, preview: null };
    if (!task) return { status: 404, json: { ...blank, status: 'Task not found' } };
    const fraction = kit.fraction(task.startedAt, workSteps);
    if (isRefused(task)) {
      const details = { 'Moderation Reasons': ['Safety Filter'] };
      return { json: { ...blank, status: 'Request Moderated', details } };
    }
    if (fraction < 0.3) return { json: { ...blank, status: 'Pending' } };
    if (fraction < 1) {
      const status = task.prompt.includes('strange word') ? 'Rethinking' : 'Generating';
      return { json: { ...blank, status, progress: fraction } };
    }
    if (task.prompt.includes('unsafe')) {
      const details = { 'Moderation Reasons': ['Content Filter'] };
      return { json: { ...blank, status: 'Content Moderated', details, cost: task.credits } };
    }
    if (task.prompt.includes('breaks down')) {
      return { status: 422, json: { ...blank, status: 'Error', details: { error: 'Out of memory on the worker.' } } };
    }
    const isExpanded = /flux-2-(pro|max|flex)/.test(task.model) && task.body.disable_pup !== true;
    task.sample = task.sample === null || task.prompt.includes('link ends') ? await makeSample(task) : task.sample;
    const result = {
      sample: task.sample,
      prompt: isExpanded ? `${task.prompt}, with fine detail` : task.prompt,
      ...(task.body.seed === undefined ? {} : { seed: task.body.seed }),
      start_time: task.startedAt / 1000,
      duration: 1.5,
    };
    return { json: { ...blank, status: 'Ready', result, cost: task.credits } };
  };

  return {
    submit: (model: string, exchange: Exchange): Promise<FakeAnswer> =>
      submit(model, exchange).catch((error: unknown) => {
        if (error instanceof BadImage) return { status: 400, json: { detail: error.message } };
        throw error;
      }),
    poll,
    credits: (): FakeAnswer => ({ json: { credits } }),
    // The global host has no tasks of its own.
    pollGlobally: (id: string): FakeAnswer => ({ status: 404, json: { id, status: 'Task not found', result: null } }),
  };
}

/** Black Forest Labs' API with two regions below the same address. */
export const fakeBfl: FakeDefinition = {
  id: 'bfl',
  basePath: '',
  keys: { apiKey: 'easel-test-key-bfl-0123456789abcdef' },
  isAuthorized: ({ headers }, keys) => headers['x-key'] === keys.apiKey,
  unauthorized: { status: 403, json: { detail: 'Not authenticated - Invalid Authentication' } },
  create(kit) {
    const service = createService(kit);
    return [
      { method: 'GET', path: '/v1/credits', kind: 'free', answer: service.credits },
      {
        method: 'GET',
        path: '/v1/get_result',
        kind: 'poll',
        answer: ({ query }) => service.pollGlobally(query.get('id') ?? ''),
      },
      {
        method: 'GET',
        path: '/regions/:region/v1/get_result',
        kind: 'poll',
        answer: ({ query }) => service.poll(query.get('id') ?? ''),
      },
      {
        method: 'POST',
        path: '/v1/:model',
        kind: 'pay',
        answer: (exchange) => service.submit(exchange.params.model ?? '', exchange),
      },
    ];
  },
};
