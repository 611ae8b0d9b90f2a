import { providerErrorCodes, type ProviderErrorCode } from '../../shared/errors.ts';
import { isToldToTracks, type Outcome } from '../../shared/routing/tracks.ts';
import type { StoredAttempt } from '../database/attempts.ts';
import type { EndedAttempt } from '../database/standings.ts';

/** Null: it says nothing of a provider. */
export function codeOf(code: string | undefined): ProviderErrorCode | null {
  return providerErrorCodes.find((known) => known === code) ?? null;
}

/** What can be learned from an attempt of this run; null: it was not the provider's doing. */
export function outcomeOf(attempt: StoredAttempt, now: number): Outcome | null {
  const { model, request, state, error, startedAt, endedAt, imageCount, cost } = attempt;
  const succeeded = state === 'succeeded';
  if (!succeeded && !isToldToTracks(codeOf(error?.code) ?? 'cancelled')) return null;
  return {
    model,
    operation: request.operation,
    succeeded,
    seconds: ((endedAt ?? now) - startedAt) / 1000 / imageCount,
    usd: cost.kind === 'unknown' ? null : cost.usd / imageCount,
    at: endedAt ?? now,
  };
}

/** The same of an earlier one; none or one. */
export function outcomesOf(ended: EndedAttempt): Outcome[] {
  const { model, operation, succeeded, code, startedAt, endedAt, cost, images, isProbe } = ended;
  if (!succeeded && !isToldToTracks(codeOf(code ?? undefined) ?? 'cancelled')) return [];
  return [
    {
      model,
      operation,
      succeeded,
      seconds: (endedAt - startedAt) / 1000 / images,
      usd: cost.kind === 'unknown' ? null : cost.usd / images,
      at: endedAt,
      ...(isProbe && { isProbe }),
    },
  ];
}
