interface RetryWait {
  /** Waits so many milliseconds, or until somebody wants to try at once; null: only for that. Rejects when stopped. */
  readonly wait: (milliseconds: number | null, signal: AbortSignal) => Promise<void>;
  /** Ends the wait that is under way. */
  readonly tryNow: () => void;
}

/** The wait between two tries to reach the program, which the user can cut short. */
export function createRetryWait(): RetryWait {
  let tryNow = (): void => undefined;
  return {
    wait: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const over = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', giveUp);
          resolve();
        };
        const giveUp = (): void => {
          clearTimeout(timer);
          reject(signal.reason as Error);
        };
        const timer = milliseconds === null ? undefined : setTimeout(over, milliseconds);
        signal.addEventListener('abort', giveUp, { once: true });
        tryNow = over;
      }),
    tryNow: () => tryNow(),
  };
}
