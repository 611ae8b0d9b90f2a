import type { HistoryEntry, Worker } from './worker.ts';
import type { QueuedPrompt } from './prompt-queue.ts';

interface Timed {
  readonly timestamp?: number;
}

function fromQueue(prompt: QueuedPrompt, status: 'pending' | 'in_progress'): Record<string, unknown> {
  return {
    id: prompt.id,
    status,
    priority: prompt.number,
    create_time: prompt.extraData.create_time,
    outputs_count: 0,
    previewable_outputs_count: 0,
  };
}

function fromHistory(id: string, entry: HistoryEntry, isFull: boolean): Record<string, unknown> {
  const [number, , graph, extraData] = entry.prompt as [number, string, unknown, Record<string, unknown>];
  const [lastType, last] = entry.status.messages.at(-1) ?? ['', {}];
  const first = entry.status.messages[0]?.[1] as Timed | undefined;
  const images = Object.entries(entry.outputs).flatMap(([nodeId, output]) =>
    (output.images ?? []).map((image) => ({ ...(image as object), nodeId, mediaType: 'images' })),
  );
  const status = lastType === 'execution_interrupted' ? 'cancelled' : entry.status.completed ? 'completed' : 'failed';
  return {
    id,
    status,
    priority: number,
    create_time: extraData.create_time,
    execution_start_time: first?.timestamp,
    execution_end_time: (last as Timed).timestamp,
    ...(lastType === 'execution_error' ? { execution_error: last } : {}),
    outputs_count: images.length,
    previewable_outputs_count: images.length,
    ...(images[0] ? { preview_output: images[0] } : {}),
    ...(isFull
      ? { outputs: entry.outputs, execution_status: entry.status, workflow: { prompt: graph, extra_data: extraData } }
      : {}),
  };
}

/** One job as `/api/jobs/{id}` shows it, or null. */
export function findJob(worker: Worker, id: string): Record<string, unknown> | null {
  const running = worker.running();
  if (running?.id === id) return fromQueue(running, 'in_progress');
  const pending = worker.pending().find((prompt) => prompt.id === id);
  if (pending) return fromQueue(pending, 'pending');
  const entry = worker.history.get(id);
  return entry ? fromHistory(id, entry, true) : null;
}

/** The jobs of the given states, newest first. */
export function listJobs(worker: Worker, query: URLSearchParams): object {
  const wanted = query.get('status')?.split(',');
  const running = worker.running();
  const all = [
    ...worker.pending().map((prompt) => fromQueue(prompt, 'pending')),
    ...(running ? [fromQueue(running, 'in_progress')] : []),
    ...[...worker.history].map(([id, entry]) => fromHistory(id, entry, false)),
  ];
  const jobs = all
    .filter((job) => !wanted || wanted.includes(String(job.status)))
    .sort((left, right) => Number(right.create_time) - Number(left.create_time));
  const limit = query.get('limit') === null ? null : Number(query.get('limit'));
  const page = limit === null ? jobs : jobs.slice(0, limit);
  return { jobs: page, pagination: { offset: 0, limit, total: jobs.length, has_more: page.length < jobs.length } };
}

export function cancelJob(worker: Worker, id: string): boolean {
  return worker.interrupt(id) || worker.remove(id);
}
