import { setTimeout as wait } from 'node:timers/promises';
import { v5 as idIn } from 'uuid';
import { AppError, type ErrorCode, type ErrorReport } from '../../shared/errors.ts';
import type { Cost } from '../../shared/models/cost.ts';
import type { Training as ShownTraining } from '../../shared/models/training.ts';
import type { Database } from '../database/database.ts';
import {
  endTraining,
  markTrainingSending,
  saveTrainingTask,
  trainingById,
  type StoredTraining,
  type TrainingEnd,
} from '../database/trainings.ts';
import type { Log } from '../log.ts';
import { ProviderError, type ImageProvider, type InputImage, type Task, type Training } from '../providers/provider.ts';
import { step } from '../step.ts';

/** Reasons a training is stopped with. */
export const stopReasons = { cancel: new Error('cancelled by the user'), close: new Error('Easel closes') } as const;

export interface RunTrainingDependencies {
  readonly database: Database;
  readonly providers: { open(id: string): Promise<ImageProvider> };
  /** Throws AppError where the file is gone or is no image. */
  readonly readInput: (id: string) => Promise<InputImage>;
  readonly log: Log;
  readonly now: () => number;
}

/** What a run tells while it lasts; null where it changed in its row. */
type Tell = (progress: ShownTraining['progress']) => void;

interface Run extends RunTrainingDependencies {
  /** Throws AppError where the settings in force say that nothing may be sent to this provider. */
  readonly refuseBySettings: (provider: string) => void;
  readonly training: StoredTraining;
  readonly tell: Tell;
  /** How long, in milliseconds, the service may fail to answer before the run rests; null: for ever, as in a program that stays open. */
  readonly patienceMs: number | null;
  readonly signal: AbortSignal;
}

/**
 * Works on one training until it has ended or Easel closes: record → send → save the task → wait → collect → … What was sent
 * by an earlier run is never sent again. Throws AppError where the service can't be asked for longer than the patience, or
 * nothing can be written; the training then stays as it stands.
 */
export async function runTraining(run: Run): Promise<void> {
  const { training, providers, signal } = run;
  try {
    const provider = await providers.open(training.provider);
    const first = await beginning(run, provider);
    const end = await untilEnded(first, run, provider);
    record(run, successOrLoss(end, provider, run.now()));
  } catch (error) {
    if (signal.reason === stopReasons.close) return;
    if (signal.reason === stopReasons.cancel) await cancel(run);
    else if (error instanceof AppError && !endings.includes(error.code)) throw error;
    else record(run, failure(error, run));
  }
}

/** What ends one that has not been sent: a picture is gone, or the settings have changed since it was asked for. */
const endings: readonly ErrorCode[] = ['referenceUnreadable', 'noProvider', 'overBudget'];

async function beginning(run: Run, provider: ImageProvider): Promise<Training> {
  const { training, database, tell } = run;
  if (training.task) return { state: 'pending', task: training.task, askAgainInMs: 0 };
  if (training.state === 'sending') {
    const { name } = provider.manifest;
    const message = `Easel stopped before ${name} had answered, so this may have been charged. Look at your account there before you send it again.`;
    throw new ProviderError('unknown_outcome', message);
  }
  if (!provider.train) throw new ProviderError('invalid_request', `${provider.manifest.name} can't train models.`);
  const images: InputImage[] = [];
  for (const id of training.images) {
    run.signal.throwIfAborted();
    images.push(await run.readInput(id));
  }
  run.signal.throwIfAborted();
  run.refuseBySettings(training.provider);
  database.write((writer) => {
    markTrainingSending(writer, training.id);
  });
  tell(null);
  step('before-submit');
  const { name, triggerWord, description, subject, steps } = training;
  // The row's own id begins with the time: some services take just the beginning of it, to tell trainings apart.
  const attemptId = idIn('attempt', training.id);
  const request = { attemptId, name, triggerWord, description, subject, images, steps };
  const answer = await provider.train(request, { signal: patientSignal(run.signal) });
  step('after-submit');
  if (answer.state === 'pending') saveTask(run, answer.task);
  step('task-recorded');
  return answer;
}

function saveTask({ database, training, tell }: Run, task: Task): void {
  database.write((writer) => {
    saveTrainingTask(writer, training.id, task);
  });
  tell(null);
}

/** How long Easel waits at its end for the answer of a paid call: without it, nobody would know what became of it. */
const closeGraceMs = 8_000;

/** Stops at once when the user cancels; when Easel closes, a paid call may still finish. */
function patientSignal(signal: AbortSignal): AbortSignal {
  const patient = new AbortController();
  const stop = (): void => {
    if (signal.reason !== stopReasons.close) patient.abort(signal.reason);
    else setTimeout(() => patient.abort(signal.reason), closeGraceMs).unref();
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return patient.signal;
}

async function untilEnded(
  first: Training,
  run: Run,
  provider: ImageProvider,
): Promise<Exclude<Training, { state: 'pending' }>> {
  const { training, providers, signal, tell, now, log, patienceMs } = run;
  const { name } = provider.manifest;
  let answer = first;
  let failingSince: number | null = null;
  let failures = 0;
  while (answer.state === 'pending') {
    const { task } = answer;
    if (answer.progress) tell(answer.progress);
    step('pending');
    await wait(answer.askAgainInMs, undefined, { signal });
    try {
      // Opened anew each time: its key may have come or changed meanwhile.
      const current = await providers.open(training.provider);
      if (!current.collectTraining) throw new Error('a training can be begun, but not asked about');
      answer = await current.collectTraining(task, { signal });
      [failingSince, failures] = [null, 0];
      if (answer.state === 'pending' && JSON.stringify(answer.task) !== JSON.stringify(task))
        saveTask(run, answer.task);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AppError) throw error;
      const failed = asProviderError(error, name, log);
      if (failed.isFinal || failed.code === 'content_policy' || failed.code === 'cancelled') throw failed;
      failingSince ??= now();
      failures += 1;
      if (patienceMs !== null && now() - failingSince > patienceMs) throw noAnswer(failed, name);
      log.warn('a training could not be asked about', { provider: training.provider, code: failed.code });
      tell({ fraction: null, stage: `Waiting for ${name} to answer`, queuePosition: null });
      answer = { state: 'pending', task, askAgainInMs: failed.retryAfterMs ?? backOffMs(failures) };
    }
  }
  return answer;
}

const longestWaitMs = 60_000;

function backOffMs(failures: number): number {
  return Math.min(longestWaitMs, 500 * 2 ** failures);
}

function noAnswer({ code, message }: ProviderError, name: string): AppError {
  const words = `${name} has accepted this, but can't be asked about it. It may still be at work; going on only asks again. ${message}`;
  return new AppError(code, words);
}

function successOrLoss(
  end: Exclude<Training, { state: 'pending' }>,
  { manifest: { name } }: ImageProvider,
  at: number,
): TrainingEnd {
  if (end.state === 'finished') {
    return { state: 'succeeded', at, model: end.model, ...(end.cost ? { cost: end.cost } : {}) };
  }
  const message = `${name} accepted this and no longer knows it, so it may have been charged and its model is gone. Look at your account there before you send it again.`;
  return { state: 'unknown', at, error: { code: 'unknown_outcome', message } };
}

/** Refused before any work was done: surely nothing was charged. */
const refusals: readonly ErrorCode[] = [
  'auth',
  'quota',
  'rate_limit',
  'invalid_request',
  'content_policy',
  'network',
  'offline',
];

function failure(error: unknown, { training, database, log, now }: Run): TrainingEnd {
  const at = now();
  const free: Cost = { kind: 'reported', usd: 0 };
  // Nothing has left yet.
  if (error instanceof AppError) {
    const { code, message, details } = error;
    return { state: 'failed', at, error: { code, message, details }, cost: free };
  }
  const { code, message, providerText, cost: told } = asProviderError(error, training.provider, log);
  const report: ErrorReport = { code, message, details: providerText === null ? {} : { providerText } };
  if (code === 'unknown_outcome') return { state: 'unknown', at, error: report };
  const wasAccepted = trainingById(database.read, training.id)?.state === 'pending';
  const cost = told ?? (!wasAccepted && refusals.includes(code) ? free : { kind: 'unknown' as const });
  return { state: code === 'cancelled' ? 'cancelled' : 'failed', at, error: report, cost };
}

function asProviderError(error: unknown, name: string, log: Log): ProviderError {
  if (error instanceof ProviderError) return error;
  log.error('training failed', error, { provider: name });
  return new ProviderError('server', `${name} gave an answer that Easel does not understand.`, { cause: error });
}

function record({ database, training, tell }: Run, end: TrainingEnd): void {
  database.write((writer) => {
    endTraining(writer, training.id, end);
  });
  tell(null);
}

async function cancel(run: Run): Promise<void> {
  const { training, database, providers, log, now } = run;
  const { state, task } = trainingById(database.read, training.id) ?? training;
  if (state === 'queued') {
    record(run, { state: 'cancelled', at: now(), cost: { kind: 'reported', usd: 0 } });
    return;
  }
  const provider = await providers.open(training.provider);
  const isStopped = task !== null && (await cancelAtService(task, provider, log));
  const { name } = provider.manifest;
  const message = task
    ? `${name} could not be made to stop, so it may go on with this and charge it.`
    : `This was cancelled before ${name} had answered, so it may be at work on it and charge it.`;
  record(run, { state: 'cancelled', at: now(), error: isStopped ? null : { code: 'cancelled', message } });
}

const cancelTimeoutMs = 5_000;

/** Whether the service stops. Never throws: the training is cancelled whatever the service says. */
async function cancelAtService(task: Task, provider: ImageProvider, log: Log): Promise<boolean> {
  try {
    return (await provider.cancelTraining?.(task, { signal: AbortSignal.timeout(cancelTimeoutMs) })) ?? false;
  } catch (error) {
    log.error('the service was not told to stop a training', error, { provider: provider.manifest.id });
    return false;
  }
}
