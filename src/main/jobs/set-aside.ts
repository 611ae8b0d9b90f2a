/** How long the queue rests after a job could not even be noted as failed: its disk is full, or gone. */
const restAfterTroubleMs = 5_000;
/** So long a computer may be suspended without a timer being late for long. */
const longestSleepMs = 60_000;

/** Queued jobs that are not tried for now: they would find what they found a moment ago. */
export interface SetAside {
  has(jobId: string): boolean;
  /** Its provider is away, or the job could not be recorded: until a provider is back, or the queue has rested. */
  untilRested(jobId: string): void;
  /** It is not its turn: until anything about routing changes. */
  untilRoutingChanges(jobId: string): void;
  /** Anything about routing has changed. */
  routingChanged(): void;
  providerIsBack(): void;
  /** Looks again when the queue has rested. */
  rest(): void;
  /** Minutes pass and cool-downs end without anybody saying so. In milliseconds; null: nothing changes by itself. */
  routingChangesIn(inMs: number | null): void;
  close(): void;
}

/** `lookAgain` is called when time alone may let a job start. */
export function createSetAside(lookAgain: () => void): SetAside {
  const resting = new Set<string>();
  const turnedAway = new Set<string>();
  let restTimer: NodeJS.Timeout | null = null;
  let turnTimer: NodeJS.Timeout | null = null;

  const rest = (): void => {
    restTimer ??= setTimeout(() => {
      restTimer = null;
      resting.clear();
      lookAgain();
    }, restAfterTroubleMs);
  };

  return {
    has: (jobId) => resting.has(jobId) || turnedAway.has(jobId),
    untilRested: (jobId) => {
      resting.add(jobId);
      rest();
    },
    untilRoutingChanges: (jobId) => void turnedAway.add(jobId),
    routingChanged: () => {
      turnedAway.clear();
    },
    providerIsBack: () => {
      resting.clear();
    },
    rest,
    routingChangesIn: (inMs) => {
      if (turnTimer) clearTimeout(turnTimer);
      const isTime = (): void => {
        turnedAway.clear();
        lookAgain();
      };
      turnTimer = inMs === null ? null : setTimeout(isTime, Math.min(longestSleepMs, Math.ceil(inMs) + 1));
    },
    close: () => {
      if (restTimer) clearTimeout(restTimer);
      if (turnTimer) clearTimeout(turnTimer);
    },
  };
}
