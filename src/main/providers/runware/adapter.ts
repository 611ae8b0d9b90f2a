import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Balance } from '../../../shared/models/provider.ts';
import { createHttp } from '../http.ts';
import type { Answer, AskOptions } from '../http-types.ts';
import {
  ProviderError,
  type CallOptions,
  type ImageProvider,
  type ProviderPlace,
  type Submission,
} from '../provider.ts';
import { AccountDetails, Envelope, ModelSearchItem, TaskDetails } from './answers.ts';
import {
  errorsOf,
  explainPaidRefusal,
  explainRefusal,
  failureOf,
  failureOfPaid,
  failureOfTask,
  isConflict,
  isUnknownTask,
} from './explain-errors.ts';
import { manifest } from './manifest.ts';
import { modelOf } from './models.ts';
import { finish, standingOf, type Standing } from './results.ts';
import { taskBodyOf } from './task-body.ts';
import { readTask, taskOf, type RunwareTask } from './task.ts';

const firstAskMs = 1000;
const longestAskMs = 10_000;
const healthTimeoutMs = 10_000;
/** Silence about an accepted task for longer than the service's own clients wait means that it is gone. */
const silenceMs = 20 * 60_000;
const mostModels = 100;
/** Refusals that may say something of a task. */
const tellsOfTasks = [400, 404, 409, 422];

const MaybeEnvelope = Envelope.nullable();

/** Runware over its REST interface: one path, on which every request is a list of tasks named by us. */
export function createRunware({ url, credentials }: ProviderPlace, now: () => number = Date.now): ImageProvider {
  const http = createHttp({
    baseUrl: url,
    name: 'Runware',
    remedy: 'Try again in a moment.',
    headers: { authorization: `Bearer ${credentials.apiKey ?? ''}` },
    headersTimeoutMs: 60_000,
  });

  /** Ever more rarely, the older the task is. */
  const pending = (task: RunwareTask, underWay: Standing['underWay'] = []): Submission => {
    const [first] = underWay;
    const askAgainInMs = Math.max(firstAskMs, Math.min(longestAskMs, Math.round((now() - task.sentAt) / 5)));
    if (!first) return { state: 'pending', task, askAgainInMs };
    const isRunning = first.status === 'processing';
    const fraction = typeof first.progress === 'number' ? Math.max(0, Math.min(1, first.progress / 100)) : null;
    const stage = isRunning ? 'Runware is at work' : 'Waiting in the queue of Runware';
    const progress = { fraction, stage, queuePosition: isRunning ? 0 : null };
    return { state: 'pending', task, askAgainInMs, progress };
  };

  const ask = (task: Record<string, unknown>, options: CallOptions): Promise<Envelope | null> =>
    http.post('', [task], MaybeEnvelope, { ...options, alsoAccept: tellsOfTasks, explain: explainRefusal });

  /** One free task, whose single answer is expected. */
  const askFor = async <T>(schema: z.ZodType<T>, task: Record<string, unknown>, options: AskOptions): Promise<T> => {
    const envelope = await http.post('', [{ ...task, taskUUID: randomUUID() }], Envelope, {
      ...options,
      explain: explainRefusal,
    });
    const [error] = errorsOf(envelope);
    if (error) throw failureOf(error, false);
    return readItem(schema, envelope.data?.[0]);
  };

  const readBalance = async (options: AskOptions): Promise<Balance> => {
    const account = { taskType: 'accountManagement', operation: 'getDetails' };
    const { balance } = await askFor(AccountDetails, account, options);
    const { amount, currency } = typeof balance === 'number' ? { amount: balance, currency: null } : balance;
    const unit = currency ?? 'USD';
    return { amount, unit, usd: unit === 'USD' ? amount : null };
  };

  /** The end of a task, or null while it has none. */
  const endOf = async (task: RunwareTask, standing: Standing, options: CallOptions): Promise<Submission | null> => {
    const { results, underWay, errors } = standing;
    if (results.length >= task.count) return finish(http, task, { results, missing: null }, options);
    const [error] = errors;
    if (!error || underWay.length > 0) return null;
    if (results.length === 0 && isUnknownTask(error)) return { state: 'lost' };
    const failure = failureOfTask(error);
    if (results.length === 0 || !failure.isFinal) throw failure;
    return finish(http, task, { results, missing: failure.message }, options);
  };

  /** A task of which nothing was heard for long: in the archive, or nowhere. */
  const lookUp = async (task: RunwareTask, options: CallOptions): Promise<Submission> => {
    const envelope = await ask({ taskType: 'getTaskDetails', taskUUID: task.remoteId }, options);
    const details = TaskDetails.safeParse(envelope?.data?.[0]);
    const archived = details.success ? [details.data.response ?? []].flat() : [];
    const all = {
      data: archived.flatMap(({ data }) => data ?? []),
      errors: archived.flatMap((part) => errorsOf(part)),
    };
    const standing = standingOf(task, all);
    const end = await endOf(task, standing, options);
    if (end) return end;
    const { results } = standing;
    if (results.length === 0) return { state: 'lost' };
    return finish(http, task, { results, missing: 'Runware says nothing more of them.' }, options);
  };

  return {
    manifest,
    taskFor: (request) => taskOf(request, now()),

    async submit(request, options) {
      const task = taskOf(request, now());
      const body = await taskBodyOf(request);
      const envelope = await http.pay('', [body], readPaid, {
        ...options,
        alsoAccept: [400, 409, 422],
        explain: explainPaidRefusal,
      });
      const errors = errorsOf(envelope);
      const [error] = errors;
      const isNamed = (envelope?.data ?? []).length > 0;
      if (errors.some(isConflict) || (isNamed && !error)) return pending({ ...task, isAccepted: true });
      throw error?.code
        ? failureOfPaid(error)
        : new ProviderError('invalid_request', 'Runware does not accept this request.', {
            providerText: error?.message ?? null,
          });
    },

    async collect(stored, options) {
      const task = readTask(stored);
      const envelope = await ask({ taskType: 'getResponse', taskUUID: task.remoteId }, options);
      if (!envelope) throw new ProviderError('server', 'Runware gave an answer that Easel does not understand.');
      const standing = standingOf(task, envelope);
      const end = await endOf(task, standing, options);
      if (end) return end;
      const { results, underWay } = standing;
      const isAccepted = task.isAccepted || results.length > 0 || underWay.length > 0;
      const known = { ...task, known: JSON.stringify(results), isAccepted };
      const isSilent = underWay.length === 0 && (!isAccepted || now() - task.sentAt > silenceMs);
      return isSilent ? lookUp(known, options) : pending(known, underWay);
    },

    async checkHealth(options) {
      const { amount, unit } = await readBalance({ ...options, timeoutMs: healthTimeoutMs });
      return { version: null, message: `Ready. The account has ${amount.toFixed(2)} ${unit}.` };
    },

    readBalance,

    async listModels(options) {
      const search = (more: Record<string, unknown>) => ({
        taskType: 'modelSearch',
        taskUUID: randomUUID(),
        category: 'checkpoint',
        limit: mostModels,
        ...more,
      });
      const envelope = await http.post(
        '',
        [search({ source: 'featured' }), search({ visibility: 'private' })],
        Envelope,
        {
          ...options,
          explain: explainRefusal,
        },
      );
      const [error] = errorsOf(envelope);
      if (error && !envelope.data?.length) throw failureOf(error, false);
      const found = (envelope.data ?? []).flatMap((item) => readItem(ModelSearchItem, item).results ?? []);
      const known = new Set(manifest.models.map(({ id }) => id));
      const others = new Map(
        found.flatMap(({ air, name, version, architecture, defaultSteps, defaultCFG }) => {
          const model = modelOf({
            air,
            name,
            version: version ?? null,
            architecture: architecture ?? '',
            defaultSteps: defaultSteps ? Math.round(defaultSteps) : null,
            defaultGuidance: defaultCFG ?? null,
          });
          return model && !known.has(air) ? [[air, model] as const] : [];
        }),
      );
      return [...manifest.models, ...others.values()];
    },

    connections: () => http.connections(),
    close: () => http.close(),
  };
}

/** The answer to the paid call; null for a refusal in a form of its own. An acknowledgement of nothing is none. */
function readPaid({ status, header, json }: Answer): Envelope | null {
  const isRefusal = status >= 400;
  if (isRefusal && header('content-type')?.includes('json') !== true) return null;
  const envelope = MaybeEnvelope.parse(json());
  const isEmpty = !envelope?.data?.length && errorsOf(envelope).length === 0;
  if (isRefusal || !isEmpty) return envelope;
  throw new ProviderError('server', 'Runware took this without naming it.');
}

function readItem<T>(schema: z.ZodType<T>, item: unknown): T {
  const parsed = schema.safeParse(item);
  if (parsed.success) return parsed.data;
  throw new ProviderError('server', 'Runware gave an answer that Easel does not understand.', { cause: parsed.error });
}
