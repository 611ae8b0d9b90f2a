import type { Recall } from '../ui/recall.ts';

/** What is to be taken back into the editor as soon as it is known. */
export interface RecallWish {
  readonly what: Recall;
  /** The image it is meant for; null where it was wished before anybody knew which one opens. */
  readonly id: string | null;
}

/**
 * What remains of a wish when the image `id` is looked at, null being one that is not known yet. A wish for whichever opens is
 * for the first that does; with the step to another one it is gone.
 */
export function remainingWish(wish: RecallWish | null, id: string | null): RecallWish | null {
  if (wish === null || id === null) return wish;
  if (wish.id === null) return { ...wish, id };
  return wish.id === id ? wish : null;
}
