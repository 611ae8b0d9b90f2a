import type { ProviderErrorCode } from '../../shared/errors.ts';

export type NextStep = 'retryHere' | 'tryElsewhere' | 'waitForNetwork' | 'askUser' | 'stop';

/** What follows a failure (R4). */
const nextStepAfter: Readonly<Record<ProviderErrorCode, NextStep>> = {
  rate_limit: 'retryHere',
  timeout: 'retryHere',
  network: 'retryHere',
  task_lost: 'retryHere',
  server: 'tryElsewhere',
  auth: 'tryElsewhere',
  quota: 'tryElsewhere',
  offline: 'waitForNetwork',
  unknown_outcome: 'askUser',
  content_policy: 'stop',
  invalid_request: 'stop',
  cancelled: 'stop',
};

/** Sendings of the same images to one provider, by one run of the queue, before the job fails. */
const mostTries = 3;
const firstWaitMs = 500;
const longestWaitMs = 30_000;
const longestRetryAfterMs = 300_000;

/** Times that all providers who can do a job are asked before it fails. */
const mostRounds = 3;

export type Decision =
  | { readonly next: 'retry'; readonly inMs: number }
  | { readonly next: 'elsewhere' }
  | { readonly next: 'anotherRound'; readonly inMs: number }
  | { readonly next: 'fail' }
  | { readonly next: 'askUser' };

/**
 * Who else could do it: `ready`: somebody now, for the price that was agreed to; `later`: somebody whose cool-down or pause ends;
 * `dearer`: only for more than was agreed to; `nobody`.
 */
export type Others = 'ready' | 'later' | 'dearer' | 'nobody';

/**
 * Decides after a failed attempt. `tries` counts the attempts made with this provider so far, this one included; `isFinal`: the
 * service itself calls it the end. Nobody waits for a back-off while somebody else could do it now. `round`: how often all who can
 * do it were asked, this time included; `mayPass`: several have failed, and one of them may do it a little later. `chance` (0 to 1)
 * spreads retries.
 */
export function afterFailure(question: {
  code: ProviderErrorCode;
  isFinal: boolean;
  tries: number;
  retryAfterMs: number | null;
  others: Others;
  round: number;
  mayPass: boolean;
  /** Another provider may be asked what this one refused to draw. */
  elsewhereAfterRefusal: boolean;
  chance: number;
}): Decision {
  const { code, isFinal, tries, retryAfterMs, others, round, elsewhereAfterRefusal, chance } = question;
  const step = nextStepAfter[code];
  if (step === 'askUser') return { next: 'askUser' };
  const mayGo = step === 'retryHere' || step === 'tryElsewhere' || (code === 'content_policy' && elsewhereAfterRefusal);
  if (mayGo && others === 'ready') return { next: 'elsewhere' };
  if (step === 'retryHere' && !isFinal && tries < mostTries) {
    return { next: 'retry', inMs: retryWaitMs({ tries, retryAfterMs, chance }) };
  }
  const isNotLastRound = question.mayPass && round < mostRounds;
  if (mayGo && (others === 'later' || isNotLastRound)) return { next: 'anotherRound', inMs: backOffMs(round, chance) };
  // There, the user is asked.
  return mayGo && others === 'dearer' ? { next: 'elsewhere' } : { next: 'fail' };
}

/** Whether one that failed so may do the same job a little later. */
export function mayPass(code: ProviderErrorCode): boolean {
  return nextStepAfter[code] === 'retryHere' || code === 'server';
}

/** What the service asked for, within reason: no hammering, and no wait that outlasts a coffee. Else the usual back-off. */
export function retryWaitMs(question: { tries: number; retryAfterMs: number | null; chance: number }): number {
  const { tries, retryAfterMs, chance } = question;
  if (retryAfterMs === null) return backOffMs(tries, chance);
  return Math.min(longestRetryAfterMs, Math.max(firstWaitMs, retryAfterMs));
}

/** Doubles with each try, spread over half to the whole of the wait. */
export function backOffMs(tries: number, chance: number): number {
  const full = Math.min(longestWaitMs, firstWaitMs * 2 ** (tries - 1));
  return Math.round(full * (0.5 + chance / 2));
}
