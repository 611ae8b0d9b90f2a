import type { Cost } from '../../../shared/models/cost.ts';
import type { DroppedParameter } from '../../../shared/models/dropped-parameter.ts';
import type { Http } from '../http-types.ts';
import { ProviderError, type CallOptions, type ResultImage, type Submission } from '../provider.ts';
import { ResultItem, type Envelope, type RunwareError } from './answers.ts';
import { errorsOf } from './explain-errors.ts';
import type { RunwareTask } from './task.ts';

/** A picture that is made. */
export interface KnownResult {
  readonly id: string;
  readonly url: string;
  readonly seed: number | null;
  readonly usd: number | null;
}

/** Where a task is, by all that is known of it. */
export interface Standing {
  readonly results: readonly KnownResult[];
  readonly underWay: readonly ResultItem[];
  readonly errors: readonly RunwareError[];
}

const largestOutputSide = 4096;

/** What an answer says of a task, with what was known before. Entries belong to it by its id, whatever type they name. */
export function standingOf(task: RunwareTask, envelope: Envelope | null): Standing {
  const isOwn = ({ taskUUID }: { taskUUID?: string | null | undefined }): boolean =>
    taskUUID === task.remoteId || taskUUID === null || taskUUID === undefined;
  const items = (envelope?.data ?? []).filter(isOwn).map((item) => ResultItem.parse(item));
  const results = new Map((JSON.parse(task.known) as KnownResult[]).map((result) => [result.id, result]));
  for (const item of items) {
    const url = item.imageURL ?? item.mediaURL;
    if (!url || item.status === 'error') continue;
    const id = item.imageUUID ?? item.mediaUUID ?? url;
    const seed = Number.isSafeInteger(item.seed) ? (item.seed ?? null) : null;
    results.set(id, { id, url, seed, usd: item.cost ?? null });
  }
  const failed = items.filter(({ status }) => status === 'error');
  return {
    results: [...results.values()],
    // Whatever the word: what has neither ended nor a result is being made.
    underWay: items.filter((item) => item.status !== 'error' && !item.imageURL && !item.mediaURL),
    errors: [
      ...errorsOf(envelope).filter(isOwn),
      ...failed.map(({ code, message }) => ({ code, message, taskUUID: task.remoteId, status: 'error' })),
    ],
  };
}

/** Fetches the pictures. `missing`: why fewer came than were asked for. */
export async function finish(
  http: Http,
  task: RunwareTask,
  { results, missing }: { results: readonly KnownResult[]; missing: string | null },
  options: CallOptions,
): Promise<Submission> {
  const files = await Promise.all(results.map(({ url }) => http.download(url, options)));
  const images = results.map(({ seed }, index): ResultImage => {
    const bytes = files[index];
    if (!bytes) throw new ProviderError('server', 'Runware sent fewer pictures than it named.');
    return { bytes, seed: seed ?? (task.count === 1 ? task.seed : null) };
  });
  const cost = costOf(results);
  const dropped = [...missingNotes(task, images.length, missing), ...sizeNotes(task)];
  return {
    state: 'finished',
    images,
    ...(cost ? { cost } : {}),
    ...(dropped.length > 0 ? { dropped } : {}),
  };
}

/** Each picture tells its own part; known only where all do. */
function costOf(results: readonly KnownResult[]): Cost | null {
  const parts = results.flatMap(({ usd }) => usd ?? []);
  if (parts.length < results.length) return null;
  return { kind: 'reported', usd: Number(parts.reduce((sum, part) => sum + part, 0).toFixed(9)) };
}

function missingNotes({ count }: RunwareTask, came: number, missing: string | null): DroppedParameter[] {
  if (missing === null) return [];
  return [{ parameter: 'count', note: `${count - came} of ${count} pictures did not come. ${missing}` }];
}

/** The service shrinks a picture silently where the result would be larger than it makes. */
function sizeNotes({ inputSide, scale }: RunwareTask): DroppedParameter[] {
  if (inputSide === null || scale === null || inputSide * scale <= largestOutputSide) return [];
  const note = `Runware makes at most ${largestOutputSide} pixels a side, so the picture grew less than ${scale} times.`;
  return [{ parameter: 'scale', note }];
}
