import type { Http } from '../http-types.ts';
import type { CallOptions, TaskProgress } from '../provider.ts';
import { OutputAnswer, StatusAnswer } from './answers.ts';
import { explainPoll, explainRefusal, explainResult, failedRequest } from './explain-refusal.ts';
import type { FalTask } from './task.ts';

export type Asked =
  | { readonly state: 'pending'; readonly status: StatusAnswer }
  | { readonly state: 'completed'; readonly output: OutputAnswer };

/**
 * Asks once how a request stands. "Completed" says only that it has ended: whether it failed, the answer to the question for its
 * result tells. Throws ProviderError, `task_lost` where fal does not know the request.
 */
export async function askRequest(http: Http, task: FalTask, options: CallOptions): Promise<Asked> {
  const status = await http.get(task.statusUrl, StatusAnswer, { ...options, query: { logs: 1 }, explain: explainPoll });
  if (status.status !== 'COMPLETED') return { state: 'pending', status };
  const statusType = status.error_type ?? null;
  const output = await http.get(task.responseUrl, OutputAnswer, {
    ...options,
    explain: (refusal) => explainResult(refusal, statusType),
  });
  const { error } = status;
  if (statusType !== null || (error !== null && error !== undefined)) {
    const words = typeof error === 'string' ? error : JSON.stringify(error ?? statusType);
    throw failedRequest({ type: statusType, words, status: null, isRetryable: true });
  }
  return { state: 'completed', output };
}

/** `false`: it had ended, or fal does not know it. What already runs may still be finished, and charged. */
export function cancelRequest(http: Http, { cancelUrl }: FalTask, options: CallOptions): Promise<boolean> {
  return http.post(cancelUrl, null, ({ status }) => status < 300, {
    ...options,
    method: 'PUT',
    alsoAccept: [400, 404],
    explain: explainRefusal,
  });
}

export function progressOf({ status, queue_position: position, logs }: StatusAnswer): TaskProgress {
  if (status === 'IN_QUEUE') {
    // fal counts those ahead.
    const queuePosition = typeof position === 'number' ? position + 1 : null;
    return { fraction: null, stage: 'Waiting in the queue of fal', queuePosition };
  }
  const percents = (logs ?? []).flatMap(({ message }) => /(\d{1,3})%\|/.exec(message ?? '')?.[1] ?? []);
  const last = percents.at(-1);
  return { fraction: last === undefined ? null : Math.min(1, Number(last) / 100), stage: 'Working', queuePosition: 0 };
}

const often = { everyMs: 1000, forMs: 20_000 };
const laterMs = 2000;

export function askAgainInMs({ startedAt }: FalTask): number {
  return Date.now() - startedAt < often.forMs ? often.everyMs : laterMs;
}
