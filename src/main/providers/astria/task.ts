import type { Operation } from '../../../shared/models/generation-request.ts';
import type { Task } from '../provider.ts';
import type { Prompt } from './answers.ts';

/** What the queue keeps of a prompt. */
export interface AstriaTask extends Task {
  readonly count: number;
  /** What was sent, for a service that does not tell what it used; null where the model takes none. */
  readonly seed: number | null;
  readonly isVideo: boolean;
  /** The account returns an earlier prompt for the same words and seed: nothing was charged this time. */
  readonly isRepeated: boolean;
}

export function taskOf(
  { id }: Prompt,
  { count, seed, operation }: { count: number; seed: number | null; operation: Operation },
  isRepeated = false,
): AstriaTask {
  return { remoteId: id, count, seed, isVideo: operation === 'video', isRepeated };
}

/** A task as it comes back from the queue. */
export function readTask({ remoteId, count, seed, isVideo, isRepeated }: Task): AstriaTask {
  return {
    remoteId,
    count: typeof count === 'number' ? count : 1,
    seed: typeof seed === 'number' ? seed : null,
    isVideo: isVideo === true,
    isRepeated: isRepeated === true,
  };
}
