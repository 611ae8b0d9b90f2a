import type { ProviderErrorCode } from '../errors.ts';
import type { Operation } from '../models/generation-request.ts';
import type { Track } from '../models/routing.ts';

/** How one attempt ended. `seconds` and `usd` are for one image; null: not known. */
export interface Outcome {
  readonly model: string;
  readonly operation: Operation;
  readonly succeeded: boolean;
  readonly seconds: number | null;
  readonly usd: number | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  /**
   * The breaker was half open. Such a failure says that an outage goes on, which is the breaker's business and not how often
   * the service fails; such a success makes up for the failures that had opened it.
   */
  readonly isProbe?: boolean;
}

/** How much of what was known remains after each further outcome. */
const memory = 0.975;
/** How much a further time or price counts at least: they vary little, so that a change is believed soon. */
const newest = 0.35;
/** How much of the failures before it a probe that succeeds makes up for. */
const afterProbe = 0.5;
/** What was learned counts half after this long, in milliseconds. */
const halfLifeMs = 24 * 3_600_000;

/** Ends of attempts that say nothing of how reliable a provider is: what was asked for, or this computer, was the reason. */
const saysNothing: ReadonlySet<ProviderErrorCode> = new Set([
  'auth',
  'quota',
  'content_policy',
  'invalid_request',
  'offline',
  'cancelled',
]);

/** Whether an attempt that ended so is to be learned from. Null: it succeeded. */
export function isToldToTracks(code: ProviderErrorCode | null): boolean {
  return code === null || !saysNothing.has(code);
}

const blend = (before: number | null, now: number | null, share: number): number | null =>
  now === null ? before : before === null ? now : before + (now - before) * share;

/** How many outcomes a track still stands for. A clock that was set back fades nothing. */
export function knownOf({ weight, at }: Pick<Track, 'weight' | 'at'>, now: number): number {
  const ageMs = now - at;
  return ageMs <= 0 ? weight : weight * 2 ** (-ageMs / halfLifeMs);
}

/** What is known of a model after one more outcome; null: nothing was known before. */
export function trackAfter(track: Track | null, outcome: Outcome): Track {
  const { model, operation, succeeded, seconds, usd, at, isProbe = false } = outcome;
  const weight = (track === null ? 0 : knownOf(track, at) * memory) + 1;
  const share = 1 / weight;
  const before = track?.success ?? 1;
  const told = isProbe ? (succeeded ? Math.max(share, afterProbe) : 0) : share;
  return {
    model,
    operation,
    weight,
    success: Math.min(1, Math.max(0, before + ((succeeded ? 1 : 0) - before) * told)),
    seconds: blend(track?.seconds ?? null, succeeded ? seconds : null, Math.max(share, newest)),
    usd: blend(track?.usd ?? null, succeeded ? usd : null, Math.max(share, newest)),
    at,
  };
}
