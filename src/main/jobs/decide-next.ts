import { AppError } from '../../shared/errors.ts';
import type { Job } from '../../shared/models/job.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { Route } from '../../shared/routing/plan-route.ts';
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

/** What follows a failure; notes who failed. */
export function decideNext(
  { job, memory }: { readonly job: Job; readonly memory: JobMemory },
  failure: Failure,
  dependencies: RunJobDependencies,
): Decision {
  const { database, providers, routing, chance } = dependencies;
  const { code, provider, isFinal, retryAfterMs, attemptId } = failure;
  const tries = (memory.tries.get(provider) ?? 0) + 1;
  memory.tries.set(provider, tries);
  memory.ever.set(provider, { provider, code });
  if (isFinal) memory.final.add(provider);
  const others = memory.failed.filter((known) => known.provider !== provider);
  const failed = [...others, { provider, code }];
  const lasting = failed.filter((known) => !mayPass(known.code) || memory.final.has(known.provider));
  const { ask, soFar } = questionOf(job, failed, database.read, attemptId === null ? {} : { without: attemptId });
  const route = routing.plan(ask);
  const statuses = providers.list();
  const choice = choose(job, route, soFar, { patience: dependencies, statuses });
  const decision = afterFailure({
    code,
    isFinal,
    tries,
    retryAfterMs,
    others: othersIn(choice, route, statuses),
    round: memory.round,
    mayPass: failed.length > 1 && lasting.length < failed.length,
    elsewhereAfterRefusal: routing.state().settings.fallbackAfterRefusal,
    chance: chance(),
  });
  if (decision.next === 'anotherRound') {
    memory.round += 1;
    memory.failed = lasting;
  } else {
    // With nobody else left, the one that may come back is asked once more.
    memory.failed = decision.next === 'retry' ? others : failed;
  }
  return decision;
}

function othersIn(choice: Choice, { ranked, skipped }: Route, statuses: readonly ProviderStatus[]): Others {
  switch (choice.kind) {
    case 'chosen':
      return 'ready';
    case 'dearer':
      return 'dearer';
    case 'nobody': {
      // Who is away without saying for how long is waited for only where the price is what matters.
      const isKnownTime = skipped.some(({ againAt }) => againAt !== undefined);
      // Who is being asked how it is will be known in a moment.
      const isAsked = skipped.some(({ provider, passes }) => passes && isBeingAsked(provider, statuses));
      return (choice.mayWait && (isKnownTime || ranked.length > 0)) || isAsked ? 'later' : 'nobody';
    }
  }
}

function isBeingAsked(provider: string, statuses: readonly ProviderStatus[]): boolean {
  return statuses.some(({ manifest, health }) => manifest.id === provider && health.state === 'checking');
}
