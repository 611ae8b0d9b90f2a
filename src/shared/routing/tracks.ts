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
}

/** How much of what was known remains after each further outcome. */
const memory = 0.95;
/** What was learned counts half after this long, in milliseconds. */
const halfLifeMs = 2 * 3_600_000;

const blend = (before: number | null, now: number | null, share: number): number | null =>
  now === null ? before : before === null ? now : before + (now - before) * share;

/** How many outcomes a track still stands for. A clock that was set back fades nothing. */
export function knownOf({ weight, at }: Pick<Track, 'weight' | 'at'>, now: number): number {
  return weight * 2 ** (-Math.max(0, now - at) / halfLifeMs);
}

/** What is known of a model after one more outcome; null: nothing was known before. */
export function trackAfter(track: Track | null, outcome: Outcome): Track {
  const { model, operation, succeeded, seconds, usd, at } = outcome;
  const weight = (track === null ? 0 : knownOf(track, at) * memory) + 1;
  const share = 1 / weight;
  const success = (track?.success ?? 1) + ((succeeded ? 1 : 0) - (track?.success ?? 1)) * share;
  return {
    model,
    operation,
    weight,
    success: Math.min(1, Math.max(0, success)),
    seconds: blend(track?.seconds ?? null, succeeded ? seconds : null, share),
    usd: blend(track?.usd ?? null, succeeded ? usd : null, share),
    at,
  };
}
