import { z } from 'zod';
import { DroppedParameter } from '../../../shared/models/dropped-parameter.ts';
import type { Task } from '../provider.ts';

/** What is kept of a submission: who works on it, and where it is asked about or where its results are. */
export interface RoutedTask extends Task {
  readonly service: string;
  /** Below the service's own root; empty where the results are known already. */
  readonly path: string;
  /** JSON of addresses of results; an empty list while it is at work. */
  readonly urls: string;
  readonly seed: number | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** JSON of what was left out. */
  readonly dropped: string;
}

const Stored = z.object({
  remoteId: z.string(),
  service: z.string().nullish().catch(null),
  path: z.string().nullish().catch(null),
  urls: z.string().nullish().catch(null),
  seed: z.number().nullish().catch(null),
  startedAt: z.number().nullish().catch(null),
  dropped: z.string().nullish().catch(null),
});

/** A task as it comes back from the queue, now (milliseconds since 1970). */
export function readTask(task: Task, now: number): RoutedTask {
  const stored = Stored.parse(task);
  return {
    remoteId: stored.remoteId,
    service: stored.service ?? '',
    path: stored.path ?? '',
    urls: stored.urls ?? '[]',
    seed: stored.seed ?? null,
    startedAt: stored.startedAt ?? now,
    dropped: stored.dropped ?? '[]',
  };
}

export function urlsOf({ urls }: RoutedTask): readonly string[] {
  return z.array(z.string()).parse(JSON.parse(urls));
}

export function droppedOf({ dropped }: RoutedTask): readonly DroppedParameter[] {
  return z.array(DroppedParameter).parse(JSON.parse(dropped));
}
