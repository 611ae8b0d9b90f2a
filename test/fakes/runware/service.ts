import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Exchange, FakeAnswer, FakeDefinition, FakeKit, FakeRoute, RouteKind } from '../kit/fake-types.ts';
import { catalogue } from './catalogue.ts';
import { Account, Asked, describeIssue, ModelSearch, Work, type ImageInference } from './task-shapes.ts';

interface Job {
  readonly work: Work;
  readonly startedAt: number;
  readonly count: number;
  readonly withheld: number;
  readonly usd: number;
  readonly pictures: readonly { readonly bytes: Buffer; readonly seed: number; readonly id: string }[];
  readonly items: Map<string, Record<string, unknown>>;
}

type Outcome = { readonly data: Record<string, unknown>[] } | { readonly error: Record<string, unknown> };

const paid = new Set(['imageInference', 'upscale', 'removeBackground']);
const prices: Readonly<Record<string, number>> = { 'runware:100@1': 0.0006, 'runware:504@1': 0.0013 };
const usualPrice = 0.0038;
const mimeTypes = { JPG: 'image/jpeg', PNG: 'image/png', WEBP: 'image/webp' } as const;
const answerTypes = {
  imageInference: 'imageInference',
  upscale: 'imageUpscale',
  removeBackground: 'imageBackgroundRemoval',
} as const;
/** What each group of models takes beside the rest. */
const withoutSteps = /^(bfl|google|openai|bria):/;
const withoutNegative = /^(bfl|google|openai|bria|runware):/;
const groupsPictures = new Set(['runware:400@2', 'google:4@3', 'openai:gpt-image@2']);
const onlyFour = new Set(['runware:503@1', 'runware:504@1']);

function tasksIn(text: string): readonly Record<string, unknown>[] {
  try {
    const tasks: unknown = JSON.parse(text);
    return Array.isArray(tasks) ? (tasks as Record<string, unknown>[]) : [];
  } catch {
    return [];
  }
}

function kindOf(text: string): RouteKind {
  const types = tasksIn(text).map(({ taskType }) => String(taskType));
  if (types.some((type) => paid.has(type))) return 'pay';
  return types.some((type) => type === 'getResponse' || type === 'getTaskDetails') ? 'poll' : 'free';
}

async function sizeOf(picture: string): Promise<{ width: number; height: number; hash: string } | null> {
  const bytes = Buffer.from(picture.startsWith('data:') ? picture.slice(picture.indexOf(',') + 1) : picture, 'base64');
  try {
    const { width, height, format } = await sharp(bytes).metadata();
    if (!['png', 'jpeg', 'webp'].includes(format)) return null;
    return { width, height, hash: createHash('sha256').update(bytes).digest('hex') };
  } catch {
    return null;
  }
}

/** What this model does not take, as the service says it. */
function refusalOf(work: ImageInference): Record<string, unknown> | null {
  const { model, width, height } = work;
  const refuse = (code: string, parameter: string) => ({
    code,
    parameter,
    message: `${parameter} is not supported by ${model}.`,
    taskUUID: work.taskUUID,
  });
  if (withoutSteps.test(model)) {
    for (const field of ['steps', 'CFGScale', 'scheduler', 'strength', 'lora'] as const)
      if (work[field] !== undefined) return refuse('unsupportedParameter', field);
  } else if (width % 64 !== 0 || height % 64 !== 0) return refuse('invalidWidth', 'width');
  if (work.negativePrompt !== undefined && withoutNegative.test(model))
    return refuse('unsupportedParameter', 'negativePrompt');
  if (work.inputs && !groupsPictures.has(model)) return refuse('unsupportedParameter', 'inputs');
  if (!work.inputs && groupsPictures.has(model) && (work.seedImage ?? work.referenceImages))
    return refuse('unsupportedParameter', 'seedImage');
  if (work.maskImage && !work.seedImage) return refuse('missingSeedImage', 'seedImage');
  return null;
}

export interface RunwareHabits {
  /** A task that it does not know is answered with nothing, as one that has not begun, instead of an error. */
  readonly isSilentOnUnknown?: boolean;
}

function create(kit: FakeKit, { isSilentOnUnknown = false }: RunwareHabits): readonly FakeRoute[] {
  const jobs = new Map<string, Job>();
  const account = { balance: 25 };

  const accept = async (given: unknown, taskUUID: string | null): Promise<Outcome> => {
    const parsed = Work.safeParse(given);
    if (!parsed.success) return { error: describeIssue(parsed.error, taskUUID) };
    const work = parsed.data;
    const refuse = (code: string, message: string, more = {}): Outcome => ({
      error: { code, message, taskUUID: work.taskUUID, ...more },
    });
    if (jobs.has(work.taskUUID)) return refuse('conflictTaskUUID', 'A task with this taskUUID was already accepted.');
    const isDrawing = work.taskType === 'imageInference';
    if (isDrawing) {
      const error = refusalOf(work);
      if (error) return { error };
      if (work.positivePrompt.includes('forbidden')) return refuse('contentPolicyViolation', 'The prompt was blocked.');
    } else if (work.taskType === 'upscale' && work.upscaleFactor === 2 && onlyFour.has(work.model)) {
      return refuse('invalidUpscaleFactor', 'Only 4 is allowed.', { parameter: ['upscaleFactor'], allowedValues: [4] });
    }
    const drawing = isDrawing ? { ...work, ...work.inputs } : null;
    const pictures = drawing
      ? [drawing.seedImage ?? [], drawing.maskImage ?? [], drawing.referenceImages ?? []].flat()
      : 'inputs' in work && work.inputs && 'image' in work.inputs
        ? [work.inputs.image]
        : [];
    const inputs = await Promise.all(pictures.map(sizeOf));
    if (inputs.some((input) => input === null)) return refuse('invalidImage', 'An image can not be read.');
    const [first] = inputs;

    const count = isDrawing ? work.numberResults : 1;
    const withheld = isDrawing && work.positivePrompt.includes('unsafe') ? 1 : 0;
    const usd = prices[work.model] ?? usualPrice;
    if (account.balance < usd * count) return refuse('insufficientCredits', 'Not enough credits.');
    account.balance -= usd * (count - withheld);
    const size = sizeFor(work, first ?? null);
    const seed = isDrawing ? (work.seed ?? 184_467_440) : 0;
    const text = JSON.stringify([
      isDrawing ? work.positivePrompt : '',
      work.model,
      ...inputs.map((input) => input?.hash),
    ]);
    const format = work.outputFormat.toLowerCase() as 'jpg' | 'png' | 'webp';
    const made = Array.from({ length: count - withheld }, async (_, index) => ({
      bytes: await kit.picture({ ...size, text, seed: seed + index, format }),
      seed: seed + index,
      id: kit.id(),
    }));
    const job = {
      work,
      startedAt: kit.now(),
      count,
      withheld,
      usd,
      pictures: await Promise.all(made),
      items: new Map(),
    };
    jobs.set(work.taskUUID, job);
    if (count > withheld)
      kit.charge({
        id: work.taskUUID,
        usd: usd * (count - withheld),
        images: count - withheld,
        clientId: work.taskUUID,
      });
    if (work.deliveryMethod === 'async') return { data: [{ taskType: work.taskType, taskUUID: work.taskUUID }] };
    await new Promise((resolve) => setTimeout(resolve, kit.options.stepMs * (count + 2)));
    const { data, errors } = standingOf(job);
    return errors[0] ? { error: errors[0] } : { data: data.map(({ status: _status, ...item }) => item) };
  };

  const itemOf = ({ work, usd, items }: Job, { bytes, seed, id }: Job['pictures'][number]) => {
    const known = items.get(id);
    if (known) return known;
    const mimeType = mimeTypes[work.outputFormat];
    const url = kit.addFile(bytes, mimeType, work.ttl === undefined ? {} : { expiresInMs: work.ttl * 1000 });
    const name = work.taskType === 'upscale' ? 'media' : 'image';
    const item = {
      taskType: answerTypes[work.taskType],
      taskUUID: work.taskUUID,
      status: 'success',
      [`${name}UUID`]: id,
      [`${name}URL`]: url,
      ...(work.taskType === 'imageInference' ? { seed } : {}),
      ...(work.includeCost ? { cost: usd } : {}),
    };
    items.set(id, item);
    return item;
  };

  /** One picture after the other, the withheld one first. */
  const standingOf = (job: Job) => {
    const { work, startedAt, count, withheld, pictures } = job;
    const { taskUUID } = work;
    const steps = count + 1;
    const done = Math.max(0, Math.floor(kit.fraction(startedAt, steps) * steps + 1e-9) - 1);
    const data: Record<string, unknown>[] = pictures
      .slice(0, Math.max(0, done - withheld))
      .map((picture) => itemOf(job, picture));
    const progress = Math.round(kit.fraction(startedAt, steps) * 100);
    if (done < count) {
      const status = progress === 0 ? 'queued' : 'processing';
      data.push({ taskType: answerTypes[work.taskType], taskUUID, status, progress });
    }
    const message = 'The generated content was withheld.';
    const withheldError = { code: 'unsafeContentDetected', status: 'error', message, taskUUID };
    return { data, errors: withheld > 0 && done > 0 ? [withheldError] : [] };
  };

  const answerAsked = (given: unknown, taskUUID: string | null): { data: object[]; errors: object[] } => {
    const parsed = Asked.safeParse(given);
    if (!parsed.success) return { data: [], errors: [describeIssue(parsed.error, taskUUID)] };
    const job = jobs.get(parsed.data.taskUUID);
    if (!job && isSilentOnUnknown) return { data: [], errors: [] };
    if (!job) return { data: [], errors: [{ code: 'taskFailedOrNotFound', message: 'Task not found.', taskUUID }] };
    const standing = standingOf(job);
    if (parsed.data.taskType === 'getResponse') return standing;
    return { data: [{ taskType: 'getTaskDetails', taskUUID, request: [job.work], response: standing }], errors: [] };
  };

  const answerFree = (given: Record<string, unknown>, taskUUID: string | null): Outcome => {
    switch (given.taskType) {
      case 'authentication':
        return { data: [{ taskType: 'authentication', connectionSessionUUID: kit.id() }] };
      case 'accountManagement': {
        const parsed = Account.safeParse(given);
        if (!parsed.success) return { error: describeIssue(parsed.error, taskUUID) };
        const balance = { amount: account.balance, freeBalance: 0, currency: 'USD' };
        return { data: [{ ...parsed.data, organizationName: 'Studio', balance, team: [], apiKeys: [] }] };
      }
      case 'modelSearch': {
        const parsed = ModelSearch.safeParse(given);
        if (!parsed.success) return { error: describeIssue(parsed.error, taskUUID) };
        const { visibility, limit, offset } = parsed.data;
        const all = catalogue.filter((model) => model.private === (visibility === 'private' || visibility === 'owned'));
        const results = all.slice(offset, offset + limit);
        return { data: [{ taskType: 'modelSearch', taskUUID, results, totalResults: all.length }] };
      }
      default:
        return { error: { code: 'invalidTaskType', message: 'Unknown task type.', parameter: 'taskType', taskUUID } };
    }
  };

  const answer = async (exchange: Exchange): Promise<FakeAnswer> => {
    const tasks = tasksIn(exchange.body.toString('utf8'));
    if (tasks.length === 0) return refused([{ code: 'invalidRequestFormat', message: 'An array of tasks is needed.' }]);
    const data: object[] = [];
    const errors: object[] = [];
    for (const task of tasks) {
      const taskType = String(task.taskType);
      const taskUUID = typeof task.taskUUID === 'string' ? task.taskUUID : null;
      if (taskType === 'getResponse' || taskType === 'getTaskDetails') {
        const asked = answerAsked(task, taskUUID);
        data.push(...asked.data);
        errors.push(...asked.errors);
        continue;
      }
      const outcome = paid.has(taskType) ? await accept(task, taskUUID) : answerFree(task, taskUUID);
      if ('data' in outcome) data.push(...outcome.data);
      else errors.push(outcome.error);
    }
    if (errors.length === 0) return { json: { data } };
    const isPoll = kindOf(exchange.body.toString('utf8')) === 'poll';
    return data.length > 0 || isPoll ? { json: { data, errors } } : refused(errors);
  };

  return [
    {
      method: 'POST',
      path: '/',
      kind: ({ body }) => kindOf(body.toString('utf8')),
      answer,
    },
  ];
}

function refused(errors: readonly object[]): FakeAnswer {
  return { status: 400, json: { data: [], errors } };
}

function sizeFor(work: Work, input: { width: number; height: number } | null): { width: number; height: number } {
  if (work.taskType === 'imageInference') return { width: work.width, height: work.height };
  const { width, height } = input ?? { width: 64, height: 64 };
  const factor = work.taskType === 'upscale' ? Math.min(work.upscaleFactor, 4096 / Math.max(width, height)) : 1;
  return { width: Math.round(width * factor), height: Math.round(height * factor) };
}

/** Runware's REST interface. */
export function makeFakeRunware(habits: RunwareHabits = {}): FakeDefinition {
  return {
    id: 'runware',
    basePath: '/v1',
    keys: { apiKey: 'easel-test-key-runware-0123456789abcdef' },
    isAuthorized: ({ headers, body }, keys) => {
      const [first] = tasksIn(body.toString('utf8'));
      return (
        headers.authorization === `Bearer ${keys.apiKey ?? ''}` ||
        (first?.taskType === 'authentication' && first.apiKey === keys.apiKey)
      );
    },
    unauthorized: {
      status: 401,
      json: {
        errors: [{ code: 'invalidApiKey', message: 'Invalid API key.', parameter: 'apiKey', type: 'string' }],
      },
    },
    create: (kit) => create(kit, habits),
  };
}

export const fakeRunware: FakeDefinition = makeFakeRunware();
