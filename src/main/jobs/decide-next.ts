import { AppError } from '../../shared/errors.ts';
import type { Job } from '../../shared/models/job.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { Route, SkippedProvider } from '../../shared/routing/plan-route.ts';
import type { ProviderError } from '../providers/provider.ts';
import { afterFailure, mayPass, type Decision, type Others } from './after-failure.ts';
import { choose, questionOf, type Choice } from './choose.ts';
import type { RunJobDependencies } from './job-dependencies.ts';
import type { JobMemory } from './job-routing.ts';
import { FailedAttempt, type OpenRun } from './make-images.ts';

/** How an attempt failed, or the way to it. */
export interface Failure {
  readonly code: ProviderError['code'];
  readonly retryAfterMs: number | null;
  readonly isFinal: boolean;
  readonly provider: string;
  /** Null: none was begun. */
  readonly attemptId: string | null;
}

/** Failures that the policy table decides on; everything else ends the job at once. */
export function asRetryable(error: unknown, run: OpenRun | null): Failure | null {
  if (error instanceof FailedAttempt && run) {
    const { code, retryAfterMs, isFinal } = error.failure;
    return { code, retryAfterMs, isFinal, provider: run.attempt.provider, attemptId: run.attempt.id };
  }
  if (error instanceof AppError && error.code === 'network' && error.details.isAccepted !== true) {
    const { provider } = error.details;
    return typeof provider === 'string'
      ? { code: 'network', retryAfterMs: null, isFinal: false, provider, attemptId: null }
      : null;
  }
  return null;
}

/**
 * What follows a failure; notes who failed. Before a job fails, those who are only being asked how they are have answered, unless the
 * signal is aborted; `onWait` is called where that is waited for.
 */
export async function decideNext(
  { job, memory }: { readonly job: Job; readonly memory: JobMemory },
  failure: Failure,
  dependencies: RunJobDependencies,
  { signal, onWait }: { readonly signal: AbortSignal; readonly onWait: () => void },
): Promise<Decision> {
  const { database, providers, routing } = dependencies;
  const { code, provider, isFinal, retryAfterMs, attemptId } = failure;
  const tries = (memory.tries.get(provider) ?? 0) + 1;
  memory.tries.set(provider, tries);
  memory.ever.set(provider, { provider, code });
  if (isFinal) memory.final.add(provider);
  const others = memory.failed.filter((known) => known.provider !== provider);
  const failed = [...others, { provider, code }];
  const lasting = failed.filter((known) => !mayPass(known.code) || memory.final.has(known.provider));
  const { ask, soFar } = questionOf(job, failed, database.read, attemptId === null ? {} : { without: attemptId });
  const chance = dependencies.chance();
  const decideWith = (whoElse: Others): Decision =>
    afterFailure({
      code,
      isFinal,
      tries,
      retryAfterMs,
      others: whoElse,
      round: memory.round,
      mayPass: failed.length > 1 && lasting.length < failed.length,
      elsewhereAfterRefusal: routing.state().settings.fallbackAfterRefusal,
      chance,
    });
  let decision: Decision;
  for (;;) {
    const route = routing.plan(ask);
    const statuses = providers.list();
    const choice = choose(job, route, soFar, { patience: dependencies, statuses });
    decision = decideWith(othersIn(choice, route));
    const asked = route.skipped.filter((skipped) => isBeingAsked(skipped, statuses));
    if (decision.next !== 'fail' || asked.length === 0 || decideWith('later').next === 'fail') break;
    onWait();
    await firstAnswer(asked, dependencies, signal);
    if (signal.aborted) break;
  }
  if (decision.next === 'anotherRound') {
    memory.round += 1;
    memory.failed = lasting;
  } else {
    // With nobody else left, the one that may come back is asked once more.
    memory.failed = decision.next === 'retry' ? others : failed;
  }
  return decision;
}

function othersIn(choice: Choice, { ranked, skipped }: Route): Others {
  switch (choice.kind) {
    case 'chosen':
      return 'ready';
    case 'dearer':
      return 'dearer';
    case 'nobody': {
      // Who is away without saying for how long is waited for only where the price is what matters.
      const isKnownTime = skipped.some(({ againAt }) => againAt !== undefined);
      return choice.mayWait && (isKnownTime || ranked.length > 0) ? 'later' : 'nobody';
    }
  }
}

function isBeingAsked({ provider, passes }: SkippedProvider, statuses: readonly ProviderStatus[]): boolean {
  return passes && statuses.some(({ manifest, health }) => manifest.id === provider && health.state === 'checking');
}

/** Until one of them has said how it is, or the signal is aborted: a check has a time limit of its own. */
async function firstAnswer(
  asked: readonly SkippedProvider[],
  { providers }: RunJobDependencies,
  signal: AbortSignal,
): Promise<void> {
  const { promise: aborted, resolve } = Promise.withResolvers<unknown>();
  signal.addEventListener('abort', resolve);
  try {
    await Promise.race([aborted, ...asked.map(({ provider }) => providers.check(provider))]);
  } finally {
    signal.removeEventListener('abort', resolve);
  }
}
