import { unlessStopped } from './unless-stopped.ts';

/** Lets one piece of work run after the other. Who waits may give up: then its signal's reason is thrown. */
export function oneAtATime(): <Result>(work: () => Promise<Result>, signal?: AbortSignal) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return async (work, signal) => {
    const mine = last.then(() => {
      signal?.throwIfAborted();
      return work();
    });
    last = mine.catch(() => undefined);
    return signal ? unlessStopped(mine, signal) : mine;
  };
}
