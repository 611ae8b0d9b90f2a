import type { StoredAttempt } from '../database/attempts.ts';
import type { Log } from '../log.ts';
import { ProviderError, type Found, type ImageProvider, type SentRequest } from '../providers/provider.ts';

/** What the adapter needs to look for an attempt at the service. */
function sentRequestOf({ id, model, request, imageCount, startedAt }: StoredAttempt): SentRequest {
  return {
    attemptId: id,
    operation: request.operation,
    model,
    prompt: request.prompt,
    seed: request.seed ?? null,
    width: request.width ?? 0,
    height: request.height ?? 0,
    count: imageCount,
    sentAt: startedAt,
  };
}

/**
 * Asks the service once, free of charge, what became of an attempt whose answer was lost. `unsure` where it can't be asked or
 * does not tell. Never throws for what the service does.
 */
export async function findLost(
  attempt: StoredAttempt,
  provider: ImageProvider,
  { log, signal }: { log: Log; signal: AbortSignal },
): Promise<Found> {
  try {
    if (attempt.task) {
      const { task } = attempt;
      const { state } = await provider.collect(task, { signal });
      return state === 'lost' ? { state: 'unsure' } : { state: 'found', task };
    }
    return (await provider.find?.(sentRequestOf(attempt), { signal })) ?? { state: 'unsure' };
  } catch (error) {
    if (signal.aborted) throw error;
    log.warn('a lost request could not be looked for', { provider: attempt.provider });
    // The service's own report that its task has failed shows that it knows it: collecting it again says so in the usual way.
    const isItsEnd = attempt.task !== null && error instanceof ProviderError && error.isFinal;
    return isItsEnd ? { state: 'found', task: attempt.task } : { state: 'unsure' };
  }
}
