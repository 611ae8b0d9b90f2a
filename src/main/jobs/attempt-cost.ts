import type { ErrorCode } from '../../shared/errors.ts';
import type { Cost } from '../../shared/models/cost.ts';
import type { Model } from '../../shared/models/provider.ts';
import { priceOf } from '../../shared/routing/price.ts';
import type { StoredAttempt } from '../database/attempts.ts';
import { countedUsd } from '../database/usage.ts';
import type { ImageProvider, ProviderError } from '../providers/provider.ts';

const nothing: Cost = { kind: 'reported', usd: 0 };
const unknown: Cost = { kind: 'unknown' };

/** What a finished attempt cost where the service does not tell: nothing on the user's own machine. */
export function costOfSuccess(
  { request, reservedUsd, imageCount }: StoredAttempt,
  model: Model | null,
  { manifest }: ImageProvider,
  images: number,
): Cost {
  if (manifest.kind !== 'cloud') return nothing;
  const { width = null, height = null, seconds = null } = request;
  const now: Cost = model ? priceOf(model, { count: images, width, height, seconds }) : unknown;
  if (now.kind !== 'unknown' || reservedUsd === null) return now;
  return { kind: 'estimated', usd: (reservedUsd * images) / imageCount };
}

/** Refused before any work was done. */
const refusals: readonly ErrorCode[] = [
  'auth',
  'quota',
  'rate_limit',
  'invalid_request',
  'content_policy',
  'network',
  'offline',
];

/** Likewise, unless the service calls it the end: a request that may have been taken would be of unknown outcome. */
const unsent: readonly ErrorCode[] = ['timeout', 'task_lost', 'server'];

/** What a failed attempt cost: nothing only where the work was surely never taken. */
export function costOfFailure(failure: ProviderError, { manifest }: ImageProvider, wasAccepted: boolean): Cost {
  if (manifest.kind !== 'cloud') return nothing;
  const { code, isFinal } = failure;
  const isUntaken = !wasAccepted && (refusals.includes(code) || (!isFinal && unsent.includes(code)));
  return failure.cost ?? (isUntaken ? nothing : unknown);
}

/** What a cancelled attempt cost. */
export function costOfCancelled({ manifest }: ImageProvider): Cost {
  return manifest.kind === 'cloud' ? unknown : nothing;
}

/** What the attempts of a job count against the price that was agreed to: by the price list, as that one was. */
export function reservedSoFar(attempts: readonly StoredAttempt[]): number {
  const counts: readonly StoredAttempt['state'][] = ['sending', 'pending', 'succeeded', 'unknown'];
  return attempts
    .filter(({ state }) => counts.includes(state))
    .reduce((sum, { reservedUsd, cost }) => sum + (reservedUsd ?? (cost.kind === 'unknown' ? 0 : cost.usd)), 0);
}

/** What the attempts of a job count against the price that it may have at most: each at what it cost or, while nobody knows, was expected to. */
export function countedSoFar(attempts: readonly StoredAttempt[]): number {
  return attempts.reduce((sum, { cost, reservedUsd }) => sum + countedUsd(cost, reservedUsd), 0);
}
