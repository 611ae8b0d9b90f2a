import type { FakeKit } from '../kit/fake-types.ts';

export interface Work {
  /** The client's name for it. */
  readonly id: string | null;
  readonly samplingSteps: number;
  /** The model must be loaded first. */
  readonly loads: boolean;
  /** Small, as they are shown meanwhile. */
  readonly preview: Buffer;
}

interface Running extends Work {
  readonly startedAt: number;
  readonly timestamp: string;
  readonly number: number;
}

export interface WorkState {
  readonly running: (Running & { readonly fraction: number; readonly isLoading: boolean }) | null;
  readonly waiting: readonly (string | null)[];
  readonly lastTimestamp: string;
  readonly isInterrupted: boolean;
  readonly hasEnded: (id: string) => boolean;
}

/** Steps of the kit that a picture takes, and the share of them in which the model is loaded. */
const stepsOfWork = 6;
const loadingShare = 0.25;

const stamp = (at: number): string => new Date(at).toISOString().replaceAll(/\D/g, '').slice(0, 14);

/** The server's one lock: calls are worked on in the order in which they came, whether or not somebody still waits for them. */
export function createWorker(kit: FakeKit) {
  let running: Running | null = null;
  let isInterrupted = false;
  let lastTimestamp = '0';
  let count = 0;
  let tail: Promise<unknown> = Promise.resolve();
  const waiting: (string | null)[] = [];
  const ended = new Set<string>();

  const begin = async (work: Work): Promise<{ isInterrupted: boolean }> => {
    waiting.shift();
    const startedAt = kit.now();
    lastTimestamp = stamp(startedAt);
    // The flag is cleared when a job begins.
    isInterrupted = false;
    count += 1;
    running = { ...work, startedAt, timestamp: lastTimestamp, number: count };
    const hasToGoOn = (): boolean => kit.fraction(startedAt, stepsOfWork) < 1 && !isInterrupted;
    while (hasToGoOn()) await new Promise((resolve) => setTimeout(resolve, 2));
    running = null;
    if (work.id !== null) ended.add(work.id);
    return { isInterrupted };
  };

  return {
    run(work: Work): Promise<{ isInterrupted: boolean }> {
      waiting.push(work.id);
      const turn = tail.then(() => begin(work));
      tail = turn;
      return turn;
    },
    /** Stops whatever runs now. */
    interrupt(): void {
      if (running) isInterrupted = true;
    },
    state(): WorkState {
      const fraction = running ? kit.fraction(running.startedAt, stepsOfWork) : 0;
      return {
        running: running && { ...running, fraction, isLoading: running.loads && fraction < loadingShare },
        waiting: [...waiting],
        lastTimestamp,
        isInterrupted,
        hasEnded: (id) => ended.has(id),
      };
    },
  };
}

export type Worker = ReturnType<typeof createWorker>;
