import { AppError } from '../../shared/errors.ts';
import type { StoredAttempt } from '../database/attempts.ts';
import { saveTask } from '../database/attempts.ts';
import type { Database, Writer } from '../database/database.ts';
import { ImageProblem } from '../files/image-problem.ts';
import type { Log } from '../log.ts';
import {
  ProviderError,
  type ImageProvider,
  type ProviderRequest,
  type ResultImage,
  type Submission,
  type Task,
} from '../providers/provider.ts';
import { step } from '../step.ts';
import { retryWaitMs } from './after-failure.ts';
import { findLost } from './find-lost.ts';
import { stopReasons } from './stop-reasons.ts';
import type { ProgressBoard } from './progress-board.ts';
import { createWakeUp, wait, type WakeUp } from './wait.ts';

/** How long a service that accepted a task may fail to answer before this run of the job rests. The attempt stays open. */
const patienceMs = 30_000;

export interface AttemptDependencies {
  readonly database: Database;
  readonly board: ProgressBoard;
  readonly log: Log;
  readonly now: () => number;
  readonly chance: () => number;
}

export type AttemptResult =
  | {
      readonly state: 'finished';
      readonly images: readonly ResultImage[];
      readonly submission: Extract<Submission, { state: 'finished' }>;
    }
  /** The service does not know it. `wasAccepted`: it did once. */
  | { readonly state: 'lost'; readonly wasAccepted: boolean };

/**
 * The one loop of Easel (record → submit → save the task → wait → collect → …): every provider's work goes through it.
 * `attempt` has been recorded; `request` is null where it was sent by an earlier run of Easel. Throws ProviderError for a failure and the signal's reason when it is stopped.
 */
export async function runAttempt(
  run: { attempt: StoredAttempt; provider: ImageProvider; request: ProviderRequest | null },
  { database, board, log, now, chance }: AttemptDependencies,
  signal: AbortSignal,
): Promise<AttemptResult> {
  const { attempt, provider } = run;
  const wakeUp = createWakeUp();
  let unwatch: (() => void) | null = null;
  const watch = (task: Task): void => {
    unwatch ??=
      provider.watch?.(task, (event) => {
        if (event.kind === 'progress') board.progress(attempt.jobId, event.progress);
        else if (event.kind === 'preview') board.preview(attempt.jobId, event);
        else wakeUp.ring();
      }) ?? null;
  };
  try {
    if (attempt.task) watch(attempt.task);
    let submission: Submission;
    if (run.request) {
      step('before-submit');
      submission = await submitOrFind(run.request, { attempt, provider, database, log, now, signal });
      step('after-submit');
      if (submission.state === 'pending') {
        const { task } = submission;
        // A task named by us is in the attempt's row already; one named by the service is known from this answer only.
        const save = (writer: Writer): void => saveTask(writer, attempt.id, task);
        if (JSON.stringify(task) === JSON.stringify(attempt.task)) database.writeRepeatable(save);
        else database.write(save);
        step('task-recorded');
      }
    } else if (attempt.task) {
      submission = { state: 'pending', task: attempt.task, askAgainInMs: 0 };
    } else {
      const found = await findLost(attempt, provider, { database, log, now, signal });
      if (found.state === 'absent') throw neverArrived(provider);
      if (found.state !== 'found') return { state: 'lost', wasAccepted: false };
      submission = { state: 'pending', task: found.task, askAgainInMs: 0 };
      database.write((writer) => {
        saveTask(writer, attempt.id, found.task);
      });
    }
    // One that we named ourselves was accepted only if the service ever said so.
    const wasAccepted = attempt.state === 'pending' || (run.request !== null && submission.state === 'pending');
    const finished = await collectUntilDone(submission, {
      attempt,
      provider,
      board,
      log,
      now,
      chance,
      signal,
      wakeUp,
      watch,
    });
    return finished.state === 'lost'
      ? { state: 'lost', wasAccepted }
      : { state: 'finished', images: finished.images, submission: finished };
  } finally {
    (unwatch as (() => void) | null)?.();
  }
}

/** How long after a lost answer the service is asked whether the request arrived: some show it only after a while. */
const findAfterMs = [500, 2_000, 5_000] as const;
/** The same after an error of the service's own: most likely nothing was taken, and somebody else may be waiting to do it. */
const findAfterErrorMs = [500] as const;

/** Submits. Where the answer is lost, it looks whether the request arrived; without certainty that is the user's to decide. */
async function submitOrFind(
  request: ProviderRequest,
  given: {
    attempt: StoredAttempt;
    provider: ImageProvider;
    database: Database;
    log: Log;
    now: () => number;
    signal: AbortSignal;
  },
): Promise<Submission> {
  const { attempt, provider, signal } = given;
  const patience = patientSignal(signal, request, provider);
  try {
    return await provider.submit(request, { signal: patience.signal });
  } catch (error) {
    const failure = asLostWhereVague(error, provider, given.log);
    // Some services answer with an error of their own and have taken it all the same.
    const isLost = failure instanceof ProviderError && failure.code === 'unknown_outcome';
    const isVague = failure instanceof ProviderError && isVagueTrouble(failure, provider);
    if (!(isLost || isVague) || (attempt.task === null && !provider.find)) throw failure;
    for (const milliseconds of isVague ? findAfterErrorMs : findAfterMs) {
      await wait(milliseconds, signal);
      const found = await findLost(attempt, provider, given);
      if (found.state === 'found') return { state: 'pending', task: found.task, askAgainInMs: 0 };
      if (found.state === 'absent') throw neverArrived(provider);
    }
    throw failure;
  } finally {
    patience.end();
  }
}

function isVagueTrouble({ code, isFinal }: ProviderError, { manifest }: ImageProvider): boolean {
  return manifest.kind === 'cloud' && code === 'server' && !isFinal;
}

/** An adapter that stumbles over an answer has had one: what was paid for may have been made. */
function asLostWhereVague(error: unknown, { manifest }: ImageProvider, log: Log): unknown {
  if (error instanceof ProviderError || manifest.kind !== 'cloud') return error;
  log.error('an adapter failed after it had sent', error, { provider: manifest.id });
  const message = `${manifest.name} gave an answer that Easel does not understand, so this may have been charged.`;
  return new ProviderError('unknown_outcome', message, { cause: error });
}

function neverArrived({ manifest }: ImageProvider): ProviderError {
  return new ProviderError('network', `The request did not reach ${manifest.name}; nothing was charged.`);
}

/** How long a paid call may go on after it is to be stopped: without its answer, a picture that was paid would be lost. */
const graceMs = { least: 8_000, most: 60_000, cancelled: 10_000 } as const;

/**
 * A signal for a paid call that waits for the answer a while: at the end of Easel about as long as such a picture usually takes, when
 * the user cancels until the service's name for the work is known, by which it can be told to stop.
 */
function patientSignal(
  signal: AbortSignal,
  { model }: ProviderRequest,
  { manifest }: ImageProvider,
): { signal: AbortSignal; end: () => void } {
  if (manifest.kind !== 'cloud') return { signal, end: () => undefined };
  const patient = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const usual = (model.typicalSeconds ?? 0) * 2_000;
  const stop = (): void => {
    const atClose = Math.min(graceMs.most, Math.max(graceMs.least, usual));
    timer = setTimeout(
      () => {
        patient.abort(signal.reason);
      },
      signal.reason === stopReasons.close ? atClose : graceMs.cancelled,
    );
  };
  if (signal.aborted) patient.abort(signal.reason);
  else signal.addEventListener('abort', stop, { once: true });
  return {
    signal: patient.signal,
    end: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    },
  };
}

async function collectUntilDone(
  first: Submission,
  loop: {
    attempt: StoredAttempt;
    provider: ImageProvider;
    board: ProgressBoard;
    log: Log;
    now: () => number;
    chance: () => number;
    signal: AbortSignal;
    wakeUp: WakeUp;
    watch: (task: Task) => void;
  },
): Promise<Exclude<Submission, { state: 'pending' }>> {
  const { attempt, provider, board, log, now, chance, signal, wakeUp, watch } = loop;
  let submission = first;
  let failingSince: number | null = null;
  let failures = 0;
  /** A pause that was asked for is no silence. */
  let pausedMs = 0;
  while (submission.state === 'pending') {
    const { task } = submission;
    watch(task);
    if (submission.progress) board.progress(attempt.jobId, submission.progress);
    step('pending');
    await wait(submission.askAgainInMs, signal, wakeUp);
    try {
      submission = await provider.collect(task, { signal });
      failingSince = null;
      pausedMs = 0;
      failures = 0;
    } catch (error) {
      failures += 1;
      signal.throwIfAborted();
      const failure = asProviderError(error, provider.manifest.name);
      const at = now();
      failingSince ??= at;
      if (isTheEnd(failure)) throw failure;
      if (at - failingSince - pausedMs > patienceMs) throw noAnswer(failure, provider);
      if (failure.code === 'rate_limit') pausedMs += failure.retryAfterMs ?? 0;
      log.warn('a task could not be asked about', { provider: attempt.provider, code: failure.code });
      board.progress(attempt.jobId, {
        fraction: null,
        stage: `Waiting for ${provider.manifest.name} to answer`,
        queuePosition: null,
      });
      submission = {
        state: 'pending',
        task,
        askAgainInMs: retryWaitMs({ tries: failures, retryAfterMs: failure.retryAfterMs, chance: chance() }),
      };
    }
  }
  return submission;
}

/**
 * An accepted task has three ends: finished, failed by the service's own report, unknown to the service. That it could not
 * be asked about is none of them.
 */
function isTheEnd({ isFinal, code }: ProviderError): boolean {
  return isFinal || code === 'content_policy' || code === 'cancelled';
}

/** The job rests and its attempt stays open: whoever goes on with it asks again, and nothing is sent a second time. */
function noAnswer({ code, message }: ProviderError, { manifest }: ImageProvider): AppError {
  return new AppError(
    code,
    `${manifest.name} has accepted this, but its result could not be had yet. ${message} Trying again only asks for it again; nothing is sent or paid twice.`,
    { isAccepted: true },
  );
}

/** A failure in the categories of the error table, whatever was thrown. */
export function asProviderError(error: unknown, providerName: string): ProviderError {
  if (error instanceof ProviderError) return error;
  if (error instanceof ImageProblem) {
    return new ProviderError('server', `${providerName} sent something that can't be kept: ${error.message}`, {
      cause: error,
    });
  }
  return new ProviderError('server', `${providerName} gave an answer that Easel does not understand.`, {
    cause: error,
  });
}
