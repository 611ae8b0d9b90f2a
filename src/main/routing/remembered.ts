import type { Breaker, BreakerRule } from '../../shared/models/routing.ts';
import { coolDownMs } from '../../shared/routing/breaker.ts';

/** What must not be forgotten when Easel ends. */
export interface Remembered {
  readonly provider: string;
  readonly breaker: Breaker;
  readonly pausedUntil: number | null;
  /** How long that pause was to be, in milliseconds. */
  readonly pauseMs: number | null;
  /** Since when one that is half open may be tried, or when its one try began, in milliseconds since 1970; null: it is not half open. */
  readonly triedSince: number | null;
}

/**
 * The breaker as another run left it. Whose one try was under way then is taken up here or is not: until it would be over, nobody
 * else tries.
 */
export function breakerKept({ breaker, triedSince }: Remembered, rule: BreakerRule): Breaker {
  if (!breaker.probing || triedSince === null) return { ...breaker, probing: false };
  return { ...breaker, state: 'open', until: triedSince + coolDownMs(rule, breaker.openings), probing: false };
}
