/** Waits, unless woken or stopped earlier. Rejects with the signal's reason when it is aborted. */
export function wait(ms: number, signal: AbortSignal, wakeUp?: WakeUp): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      wakeUp?.forget(finish);
      resolve();
    };
    const stop = (): void => {
      clearTimeout(timer);
      wakeUp?.forget(finish);
      reject(signal.reason instanceof Error ? signal.reason : new Error('stopped'));
    };
    const timer = setTimeout(finish, ms);
    if (signal.aborted) stop();
    else {
      signal.addEventListener('abort', stop, { once: true });
      wakeUp?.onRing(finish);
    }
  });
}

/** Ends a wait early. A ring while nobody waits is kept for the next wait. */
export interface WakeUp {
  ring(): void;
  onRing(listener: () => void): void;
  forget(listener: () => void): void;
}

export function createWakeUp(): WakeUp {
  let waiting: (() => void) | null = null;
  let rang = false;
  return {
    ring: () => {
      if (waiting) waiting();
      else rang = true;
    },
    onRing: (listener) => {
      if (rang) {
        rang = false;
        listener();
      } else {
        waiting = listener;
      }
    },
    forget: (listener) => {
      if (waiting === listener) waiting = null;
    },
  };
}
