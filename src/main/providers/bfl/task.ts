import { z } from 'zod';
import { DroppedParameter } from '../../../shared/models/dropped-parameter.ts';
import type { Task } from '../provider.ts';

/** What is kept of a submission. The whole polling address: only the region that has a task knows it. */
export interface BflTask extends Task {
  readonly pollingUrl: string;
  readonly seed: number | null;
  /** What the submission was quoted, in credits. */
  readonly credits: number | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly isQuick: boolean;
  readonly prompt: string;
  /** JSON of what was left out. */
  readonly dropped: string;
}

const Stored = z.object({
  remoteId: z.string(),
  pollingUrl: z.string().nullish().catch(null),
  seed: z.number().nullish().catch(null),
  credits: z.number().nullish().catch(null),
  startedAt: z.number().nullish().catch(null),
  isQuick: z.boolean().nullish().catch(null),
  prompt: z.string().nullish().catch(null),
  dropped: z.string().nullish().catch(null),
});

/** A task as it comes back from the queue, now (milliseconds since 1970). */
export function readTask(task: Task, now: number): BflTask {
  const stored = Stored.parse(task);
  return {
    remoteId: stored.remoteId,
    pollingUrl: stored.pollingUrl ?? resultPath(stored.remoteId),
    seed: stored.seed ?? null,
    credits: stored.credits ?? null,
    startedAt: stored.startedAt ?? now,
    isQuick: stored.isQuick ?? false,
    prompt: stored.prompt ?? '',
    dropped: stored.dropped ?? '[]',
  };
}

/** Where a task is asked about if the service named no address. */
export function resultPath(id: string): string {
  return `/v1/get_result?id=${encodeURIComponent(id)}`;
}

export function droppedOf({ dropped }: BflTask): readonly DroppedParameter[] {
  return z.array(DroppedParameter).parse(JSON.parse(dropped));
}
