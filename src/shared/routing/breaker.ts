import type { ProviderErrorCode } from '../errors.ts';
import type { Breaker, BreakerRule } from '../models/routing.ts';

export const closedBreaker: Breaker = {
  state: 'closed',
  until: null,
  failuresInARow: 0,
  openings: 0,
  reason: null,
  probing: false,
};

/** `success` ends a row of failures; `opens` needs no row: the next job would surely fail as well. */
type Meaning = 'success' | 'failure' | 'opens' | 'nothing';

/** What a failure says of the provider's health. One that refuses a request is well. */
const meaningOf: Readonly<Record<ProviderErrorCode, Meaning>> = {
  server: 'failure',
  timeout: 'failure',
  network: 'failure',
  // Most often it is Easel that was closed meanwhile.
  task_lost: 'nothing',
  unknown_outcome: 'failure',
  auth: 'opens',
  quota: 'opens',
  content_policy: 'success',
  invalid_request: 'success',
  rate_limit: 'nothing',
  cancelled: 'nothing',
  offline: 'nothing',
};

/** How long the cool-down after so many openings in a row is, in milliseconds. */
export function coolDownMs({ coolDownSeconds, longestCoolDownSeconds }: BreakerRule, openings: number): number {
  const seconds = coolDownSeconds * 2 ** Math.max(0, openings - 1);
  return Math.min(seconds, Math.max(coolDownSeconds, longestCoolDownSeconds)) * 1000;
}

/** The breaker as time makes it: half open once its cool-down is over. A clock that was set back does not lengthen one. */
export function breakerAt(breaker: Breaker, rule: BreakerRule, now: number): Breaker {
  if (breaker.state !== 'open') return breaker;
  const until = breaker.until ?? now;
  if (until <= now) return { ...breaker, state: 'half_open', until: null, probing: false };
  const longest = coolDownMs(rule, breaker.openings);
  return until - now > longest ? { ...breaker, until: now + longest } : breaker;
}

/** Whether a job may be sent. While half open one may, until it has ended. */
export function letsPass({ state, probing }: Breaker): boolean {
  return state === 'closed' || (state === 'half_open' && !probing);
}

/** A job is sent: while half open, it is the one try. */
export function breakerAfterStart(breaker: Breaker): Breaker {
  return breaker.state === 'half_open' ? { ...breaker, probing: true } : breaker;
}

/**
 * After an attempt that was sent. Null for `code`: it succeeded. `wasProbe`: it began while the breaker was half open; one that
 * had begun before and ends while the probe is under way says nothing, and must not let a second one pass.
 */
export function breakerAfter(
  breaker: Breaker,
  rule: BreakerRule,
  code: ProviderErrorCode | null,
  now: number,
  wasProbe = true,
): Breaker {
  if (breaker.state === 'half_open' && !wasProbe) return breaker;
  const meaning = code === null ? 'success' : meaningOf[code];
  switch (meaning) {
    case 'success':
      // One that was sent before it opened says nothing about now.
      return breaker.state === 'open' ? breaker : closedBreaker;
    case 'nothing':
      return breaker.probing ? { ...breaker, probing: false } : breaker;
    case 'failure':
    case 'opens': {
      if (breaker.state === 'open') return breaker;
      const failuresInARow = breaker.failuresInARow + 1;
      const opens = meaning === 'opens' || breaker.state === 'half_open' || failuresInARow >= rule.failures;
      if (!opens) return { ...breaker, failuresInARow };
      const openings = breaker.openings + 1;
      return {
        state: 'open',
        until: now + coolDownMs(rule, openings),
        failuresInARow,
        openings,
        reason: code,
        probing: false,
      };
    }
  }
}
