import type { Task, TaskProgress } from '../provider.ts';
import { WorkerProgress, type JobAnswer } from './answers.ts';

/** What the queue keeps of a job: without the endpoint, its id says nothing. */
export interface RunpodTask extends Task {
  readonly endpointId: string;
  readonly seed: number | null;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
}

/** A task as it comes back from the queue. */
export function readTask({ remoteId, endpointId, seed, sentAt }: Task): RunpodTask {
  return {
    remoteId,
    endpointId: typeof endpointId === 'string' ? endpointId : '',
    seed: typeof seed === 'number' ? seed : null,
    sentAt: typeof sentAt === 'number' ? sentAt : 0,
  };
}

const briskForMs = 10_000;
const askAgainMs = { atFirst: 1000, later: 3000 } as const;
/** Longer than workers usually take to start. */
const longQueueMs = 120_000;

export function askAgainInMs({ sentAt }: RunpodTask, now: number): number {
  return now - sentAt < briskForMs ? askAgainMs.atFirst : askAgainMs.later;
}

/** `output` of a job at work is whatever its worker likes to say, and no result. */
export function progressOf({ status, output }: JobAnswer, { sentAt }: RunpodTask, now: number): TaskProgress {
  if (status === 'IN_QUEUE') {
    // RunPod says nothing of a missing credit or capacity: such jobs just stay in the queue.
    const stage =
      now - sentAt > longQueueMs
        ? 'Still waiting for a worker: check the balance at RunPod and the workers of the endpoint'
        : 'Waiting for a worker at RunPod';
    return { fraction: null, stage, queuePosition: null };
  }
  const said = WorkerProgress.safeParse(output).data;
  const number = typeof output === 'number' ? output : (said?.progress ?? null);
  const text = typeof output === 'string' && !output.startsWith('data:') ? output : (said?.message ?? null);
  return { fraction: fractionOf(number), stage: text?.slice(0, longestStage) ?? 'Working', queuePosition: 0 };
}

const longestStage = 120;

/** Some count to 1, some to 100. */
function fractionOf(number: number | null): number | null {
  if (number === null || number < 0 || number > 100) return null;
  return number > 1 ? number / 100 : number;
}
