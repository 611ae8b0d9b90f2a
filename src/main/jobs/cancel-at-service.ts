import type { StoredAttempt } from '../database/attempts.ts';
import type { Log } from '../log.ts';
import type { ImageProvider, Submission } from '../providers/provider.ts';

const cancelTimeoutMs = 5_000;
const collectTimeoutMs = 20_000;

/**
 * Tells the service to stop, where it can. Answers what it had made by then, where it says that there was nothing left to stop and
 * that was paid for. Never throws: the job is cancelled whatever the service says.
 */
export async function cancelAtService(
  { task, provider: id }: StoredAttempt,
  provider: ImageProvider,
  log: Log,
): Promise<Extract<Submission, { state: 'finished' }> | null> {
  if (!task || !provider.cancel) return null;
  try {
    if (await provider.cancel(task, { signal: AbortSignal.timeout(cancelTimeoutMs) })) return null;
    if (provider.manifest.kind !== 'cloud') return null;
    const made = await provider.collect(task, { signal: AbortSignal.timeout(collectTimeoutMs) });
    return made.state === 'finished' ? made : null;
  } catch (error) {
    log.error('the service was not told to stop', error, { provider: id });
    return null;
  }
}
