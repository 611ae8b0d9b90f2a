import type { Http } from '../http-types.ts';
import type { CallOptions } from '../provider.ts';
import {
  History,
  JobAnswer,
  JobList,
  Queue,
  type ExecutionStatus,
  type HistoryEntry,
  type Outputs,
  type QueueItem,
} from './answers.ts';

/** Names a prompt in `extra_data`, for servers that give it an id of their own. */
export const attemptField = 'easel_attempt';

/** Where a prompt stands. `id` is the server's id for it. */
export type Standing =
  /** `position`: 1 is next. */
  | { readonly at: 'pending'; readonly id: string; readonly position: number }
  | { readonly at: 'running'; readonly id: string }
  | { readonly at: 'ended'; readonly id: string; readonly outputs: Outputs; readonly status: ExecutionStatus }
  | { readonly at: 'nowhere' };

export interface PromptName {
  readonly remoteId: string;
  readonly attemptId: string;
}

interface Waiting {
  readonly number: number;
  readonly id: string;
}

/** The pending ones come in heap order; they run by number, then by id. */
export function positionOf(id: string, pending: readonly Waiting[], isSomethingRunning: boolean): number {
  const sorted = [...pending].sort((a, b) => a.number - b.number || (a.id < b.id ? -1 : 1));
  return Math.max(1, sorted.findIndex((each) => each.id === id) + (isSomethingRunning ? 1 : 0));
}

/** Asks the jobs routes, which carry no graphs; null where the server is too old for them. */
async function askJobs(http: Http, { remoteId }: PromptName, options: CallOptions): Promise<Standing | null> {
  const path = `/api/jobs/${encodeURIComponent(remoteId)}`;
  const job = await http.get(path, JobAnswer, { ...options, alsoAccept: [404, 405] });
  if (job === null) return null;
  if ('error' in job) return { at: 'nowhere' };
  if (job.status === 'in_progress') return { at: 'running', id: job.id };
  if (job.status !== 'pending') {
    return { at: 'ended', id: job.id, outputs: job.outputs ?? {}, status: job.execution_status ?? {} };
  }
  const query = { status: 'pending,in_progress' };
  const { jobs } = await http.get('/api/jobs', JobList, { ...options, query });
  const pending = jobs.filter(({ status }) => status === 'pending');
  const waiting = pending.map(({ id, priority }) => ({ id, number: priority ?? 0 }));
  return { at: 'pending', id: job.id, position: positionOf(job.id, waiting, pending.length < jobs.length) };
}

function isOurs([, id, , extraData]: QueueItem, { remoteId, attemptId }: PromptName): boolean {
  if (id === remoteId) return true;
  return (extraData as Record<string, unknown> | null)?.[attemptField] === attemptId;
}

const ended = (id: string, entry: HistoryEntry): Standing => ({
  at: 'ended',
  id,
  outputs: entry.outputs ?? {},
  status: entry.status ?? {},
});

async function askHistory(http: Http, { remoteId }: PromptName, options: CallOptions): Promise<Standing | null> {
  const history = await http.get(`/history/${encodeURIComponent(remoteId)}`, History, options);
  const entry = history[remoteId];
  return entry ? ended(remoteId, entry) : null;
}

/** Asks the queue of any server, which carries every graph in it. */
export async function askQueue(http: Http, name: PromptName, options: CallOptions): Promise<Standing | null> {
  const queue = await http.get('/queue', Queue, options);
  const running = queue.queue_running.find((item) => isOurs(item, name));
  if (running) return { at: 'running', id: running[1] };
  const pending = queue.queue_pending.find((item) => isOurs(item, name));
  if (!pending) return null;
  const waiting = queue.queue_pending.map(([number, id]) => ({ number, id }));
  return { at: 'pending', id: pending[1], position: positionOf(pending[1], waiting, queue.queue_running.length > 0) };
}

/** A prompt whose id we never learnt, because a server that chooses ids itself was cut off while answering. */
async function searchHistory(http: Http, name: PromptName, options: CallOptions): Promise<Standing | null> {
  if (name.remoteId !== name.attemptId) return null;
  const history = await http.get('/history', History, { ...options, query: { max_items: 64 } });
  const found = Object.entries(history).find(([, entry]) => entry.prompt && isOurs(entry.prompt, name));
  return found ? ended(found[0], found[1]) : null;
}

/** Where a prompt stands now. Between queue and history there is a moment in which it is in neither, so nowhere is asked twice. */
export async function findPrompt(http: Http, name: PromptName, options: CallOptions): Promise<Standing> {
  const job = await askJobs(http, name, options);
  if (job) return job.at === 'nowhere' ? ((await askJobs(http, name, options)) ?? job) : job;
  return (
    (await askHistory(http, name, options)) ??
    (await askQueue(http, name, options)) ??
    (await askHistory(http, name, options)) ??
    (await searchHistory(http, name, options)) ?? { at: 'nowhere' }
  );
}
