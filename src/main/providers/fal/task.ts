import type { Task } from '../provider.ts';
import type { SubmitAnswer } from './answers.ts';
import type { z } from 'zod';
import type { Connection } from './connection.ts';
import { requestsPath } from './endpoints.ts';

/** What the queue keeps of a request: addresses as the service named them, and what is needed to read its result. */
export interface FalTask extends Task {
  readonly endpoint: string;
  readonly statusUrl: string;
  readonly responseUrl: string;
  readonly cancelUrl: string;
  /** What was sent; null where the endpoint takes none. */
  readonly seed: number | null;
  /** Pictures asked for. */
  readonly count: number;
  /** By the price list, in US dollars, for all of them; null: not known. */
  readonly usd: number | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

type Kept = Pick<FalTask, 'endpoint' | 'seed' | 'count' | 'usd' | 'startedAt'>;

/** The addresses are those of the answer, if they are fal's own; a stranger's are never asked, and what they should be is known. */
export function taskOf(connection: Connection, answer: z.infer<typeof SubmitAnswer>, kept: Kept): FalTask {
  const own = `${connection.http.address}${requestsPath(kept.endpoint)}/${encodeURIComponent(answer.request_id)}`;
  return {
    remoteId: answer.request_id,
    ...kept,
    statusUrl: connection.ownUrl(answer.status_url) ?? `${own}/status`,
    responseUrl: connection.ownUrl(answer.response_url) ?? own,
    cancelUrl: connection.ownUrl(answer.cancel_url) ?? `${own}/cancel`,
  };
}

/** A task as it comes back from the queue. Its addresses are checked again where they are asked. */
export function readTask(task: Task): FalTask {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);
  return {
    remoteId: task.remoteId,
    endpoint: text(task.endpoint),
    statusUrl: text(task.statusUrl),
    responseUrl: text(task.responseUrl),
    cancelUrl: text(task.cancelUrl),
    seed: numberOrNull(task.seed),
    count: numberOrNull(task.count) ?? 1,
    usd: numberOrNull(task.usd),
    startedAt: numberOrNull(task.startedAt) ?? 0,
  };
}
