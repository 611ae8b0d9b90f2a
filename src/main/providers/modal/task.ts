import type { ProviderRequest, Task, TaskProgress } from '../provider.ts';
import type { Job } from './answers.ts';

/** What the queue keeps of a job. `remoteId` is the request's own id until the app has told its name for the job. */
export interface ModalTask extends Task {
  readonly clientRequestId: string;
  /** Null: the app's name for it is not known. */
  readonly jobId: string | null;
  readonly count: number;
  readonly usdPerSecond: number | null;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
}

export function taskOf({ attemptId, count, model }: ProviderRequest, sentAt: number): ModalTask {
  const usdPerSecond = model.price?.per === 'gpuSecond' ? model.price.usd : null;
  return { remoteId: attemptId, clientRequestId: attemptId, jobId: null, count, usdPerSecond, sentAt };
}

export function named(task: ModalTask, { id }: Job): ModalTask {
  return { ...task, remoteId: id, jobId: id };
}

/** A task as it comes back from the queue. */
export function readTask({ remoteId, clientRequestId, jobId, count, usdPerSecond, sentAt }: Task): ModalTask {
  return {
    remoteId,
    clientRequestId: typeof clientRequestId === 'string' ? clientRequestId : remoteId,
    jobId: typeof jobId === 'string' ? jobId : null,
    count: typeof count === 'number' ? count : 1,
    usdPerSecond: typeof usdPerSecond === 'number' ? usdPerSecond : null,
    sentAt: typeof sentAt === 'number' ? sentAt : 0,
  };
}

const briskForMs = 10_000;
const askAgainMs = { atFirst: 1000, later: 3000 } as const;

export function askAgainInMs({ sentAt }: ModalTask, now: number): number {
  return now - sentAt < briskForMs ? askAgainMs.atFirst : askAgainMs.later;
}

export function progressOf({ status, progress }: Job): TaskProgress {
  if (status === 'queued') {
    return { fraction: null, stage: 'Waiting for a container at Modal', queuePosition: null };
  }
  const { fraction, step, steps, message } = progress ?? {};
  const counted = typeof step === 'number' && typeof steps === 'number' ? `Step ${step} of ${steps}` : 'Working';
  return {
    fraction: typeof fraction === 'number' ? Math.min(1, Math.max(0, fraction)) : null,
    stage: message ?? counted,
    queuePosition: 0,
  };
}
