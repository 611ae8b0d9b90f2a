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
const memory = 0.85;

const blend = (before: number | null, now: number | null, share: number): number | null =>
  now === null ? before : before === null ? now : before + (now - before) * share;

/** What is known of a model after one more outcome; null: nothing was known before. */
export function trackAfter(track: Track | null, outcome: Outcome): Track {
  const { model, operation, succeeded, seconds, usd, at } = outcome;
  const weight = (track?.weight ?? 0) * memory + 1;
  const share = 1 / weight;
  const success = (track?.success ?? 1) + ((succeeded ? 1 : 0) - (track?.success ?? 1)) * share;
  return {
    model,
    operation,
    weight,
    success,
    seconds: blend(track?.seconds ?? null, succeeded ? seconds : null, share),
    usd: blend(track?.usd ?? null, succeeded ? usd : null, share),
    at,
  };
}
