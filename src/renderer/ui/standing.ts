import type { BreakerRule, Standing } from '../../shared/models/routing.ts';
import { breakerAt } from '../../shared/routing/breaker.ts';

/** Why a provider is left alone now. Times are milliseconds since 1970. */
export type Rest =
  | { readonly kind: 'coolingDown'; readonly until: number }
  | { readonly kind: 'paused'; readonly until: number }
  /** Half open, and the one try is under way. */
  | { readonly kind: 'probing' };

/** Null: it may be sent something, as far as its breaker and its own wishes go. */
export function restOf(standing: Standing | undefined, rule: BreakerRule, now: number): Rest | null {
  if (standing === undefined) return null;
  const breaker = breakerAt(standing.breaker, rule, now);
  if (breaker.state === 'open') return { kind: 'coolingDown', until: breaker.until ?? now };
  if (breaker.probing) return { kind: 'probing' };
  const { pausedUntil } = standing;
  return pausedUntil !== null && pausedUntil > now ? { kind: 'paused', until: pausedUntil } : null;
}

/** Whether something about it passes with time, so that a clock has to go on. */
export function countsDown(standing: Standing, now: number): boolean {
  const { breaker, pausedUntil, roomAt } = standing;
  const isOpen = breaker.state === 'open' && (breaker.until ?? 0) > now;
  return isOpen || (pausedUntil ?? 0) > now || (roomAt ?? 0) > now;
}

/** Whole seconds from now on, never shorter than it is. */
export function secondsUntil(until: number, now: number): number {
  return Math.max(1, Math.ceil((until - now) / 1000));
}
