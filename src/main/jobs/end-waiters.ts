/** Those who wait for the end of jobs. */
export interface EndWaiters {
  /** Resolves when the job has ended, rejects when its end could not be recorded. */
  wait(jobId: string): Promise<void>;
  ended(jobId: string): void;
  failed(jobId: string, error: unknown): void;
}

export function createEndWaiters(): EndWaiters {
  const waiters = new Map<string, PromiseWithResolvers<void>>();
  return {
    wait: (jobId) => {
      const waiter: PromiseWithResolvers<void> = waiters.get(jobId) ?? Promise.withResolvers();
      waiters.set(jobId, waiter);
      return waiter.promise;
    },
    ended: (jobId) => {
      waiters.get(jobId)?.resolve();
      waiters.delete(jobId);
    },
    failed: (jobId, error) => {
      waiters.get(jobId)?.reject(error);
      waiters.delete(jobId);
    },
  };
}
