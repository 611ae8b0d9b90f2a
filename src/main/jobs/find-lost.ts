import { isTaskOfAnother, type StoredAttempt } from '../database/attempts.ts';
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';
import { ProviderError, type Found, type ImageProvider, type SentRequest } from '../providers/provider.ts';

/** Services show what they were sent only after a while; until then, not to find it says nothing. */
const settlingMs = 120_000;

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
 * Asks the service once, free of charge, what became of an attempt whose answer was lost. `unsure` where it can't be asked, does
 * not tell, or names work that belongs to another attempt. Throws only where `signal` stops it.
 */
export async function findLost(
  attempt: StoredAttempt,
  provider: ImageProvider,
  { database, log, now, signal }: { database: Database; log: Log; now: () => number; signal: AbortSignal },
): Promise<Found> {
  try {
    if (attempt.task) {
      const { task } = attempt;
      const { state } = await provider.collect(task, { signal });
      if (state !== 'lost') return { state: 'found', task };
    }
    const found = (await provider.find?.(sentRequestOf(attempt), { signal })) ?? { state: 'unsure' };
    if (found.state === 'absent' && now() - attempt.startedAt < settlingMs) return { state: 'unsure' };
    if (found.state !== 'found') return found;
    const { remoteId } = found.task;
    const isOthers = isTaskOfAnother(database.read, { provider: attempt.provider, remoteId, attemptId: attempt.id });
    return isOthers ? { state: 'unsure' } : found;
  } catch (error) {
    signal.throwIfAborted();
    log.warn('a lost request could not be looked for', { provider: attempt.provider });
    // The service's own report that its task has failed shows that it knows it: collecting it again says so in the usual way.
    const isItsEnd = attempt.task !== null && error instanceof ProviderError && error.isFinal;
    return isItsEnd ? { state: 'found', task: attempt.task } : { state: 'unsure' };
  }
}
