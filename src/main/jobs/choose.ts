import type { ErrorCode } from '../../shared/errors.ts';
import type { Job } from '../../shared/models/job.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { Size } from '../../shared/routing/fit-request.ts';
import type {
  FailedProvider,
  RankedProvider,
  Route,
  RouteAsk,
  SkippedProvider,
} from '../../shared/routing/plan-route.ts';
import { attemptsOfJob } from '../database/attempts.ts';
import type { Reader } from '../database/database.ts';
import { imageIndexesOfJob } from '../database/images.ts';
import { countedSoFar, reservedSoFar } from './attempt-cost.ts';

/** What is asked of routing about a job: the same for whoever starts it, begins its next attempt, or decides after a failure. */
export interface JobQuestion {
  readonly ask: RouteAsk;
  /** The indexes of the images that are there. */
  readonly done: ReadonlySet<number>;
  /** What its attempts count against the price that was agreed to, in US dollars. */
  readonly soFar: number;
  /** It is the job's first attempt. */
  readonly isFirst: boolean;
}

/** `isNew`: nothing has been sent for it yet, so that nothing is looked up. `without`: an attempt that has failed and is still open in the books. */
export function questionOf(
  { id, request }: Job,
  failed: readonly FailedProvider[],
  reader: Reader,
  { inputSize = null, isNew = false, without }: { inputSize?: Size | null; isNew?: boolean; without?: string } = {},
): JobQuestion {
  const done = new Set(isNew ? [] : imageIndexesOfJob(reader, id));
  const attempts = isNew ? [] : attemptsOfJob(reader, id).filter((attempt) => attempt.id !== without);
  const missing = request.count - done.size;
  return {
    ask: { request, inputSize, failed, missing, spentUsd: countedSoFar(attempts) },
    done,
    soFar: reservedSoFar(attempts),
    isFirst: attempts.length === 0,
  };
}

/** Whom a job waits for, instead of failing. */
export interface Patience {
  /** Those that are away and come back by themselves. */
  readonly waitsForProviders: boolean;
  /** Those that are left alone for a while. */
  readonly waitsForCoolDowns: boolean;
}

export type Choice =
  | { readonly kind: 'chosen'; readonly candidate: RankedProvider }
  /** Nobody can do it for the price that was agreed to, nor will soon: the user is asked. */
  | { readonly kind: 'dearer'; readonly candidate: RankedProvider }
  /** Nobody can do it now; `mayWait`: somebody can who comes back, and is waited for. */
  | { readonly kind: 'nobody'; readonly mayWait: boolean };

/** A cool-down ends by itself; no credit and no key come by themselves, and whoever sits at a terminal is told so at once. */
const needsSomebody: readonly ErrorCode[] = ['quota', 'auth'];

/** Prices are sums of floating-point numbers; a hundredth of a thousandth of a cent is no rise. */
export const sameUsd = 1e-7;

/** The best of a route whose price was agreed to. */
export function choose(
  { agreedUsd }: Job,
  { ranked, skipped }: Route,
  soFar: number,
  { patience, statuses }: { patience: Patience; statuses: readonly ProviderStatus[] },
): Choice {
  const isAgreed = ({ cost }: RankedProvider): boolean =>
    agreedUsd === null || cost.kind === 'unknown' || soFar + cost.usd <= agreedUsd + sameUsd;
  const candidate = ranked.find(isAgreed);
  if (candidate) return { kind: 'chosen', candidate };
  const isWaitedFor = ({ passes, againAt, code }: SkippedProvider): boolean =>
    patience.waitsForProviders
      ? passes
      : patience.waitsForCoolDowns && againAt !== undefined && !needsSomebody.includes(code);
  const waited = skipped.filter(isWaitedFor);
  const [dearest] = ranked;
  if (!dearest) return { kind: 'nobody', mayWait: waited.length > 0 };
  // What was free waits for a machine of one's own; what costs something waits for a time that is known, no longer.
  const isFree = (id: string): boolean =>
    statuses.some(({ manifest }) => manifest.id === id && manifest.kind !== 'cloud');
  const isWorthIt = ({ provider, againAt }: SkippedProvider): boolean =>
    agreedUsd === 0 ? isFree(provider) : againAt !== undefined;
  return waited.some(isWorthIt) ? { kind: 'nobody', mayWait: true } : { kind: 'dearer', candidate: dearest };
}
