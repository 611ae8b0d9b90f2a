import type { Cost } from '../../../shared/models/cost.ts';
import { bytesOfBase64 } from '../encoded-bytes.ts';
import type { Http } from '../http-types.ts';
import { ProviderError, type CallOptions, type ResultImage, type Submission, type TaskProgress } from '../provider.ts';
import type { PredictionAnswer } from './answers.ts';
import type { PredictionTask } from './task.ts';

/** Fetches what a prediction made. Throws ProviderError. */
export async function fetchResults(
  http: Http,
  prediction: PredictionAnswer,
  task: PredictionTask,
  options: CallOptions,
): Promise<Submission> {
  const urls = prediction.output ?? [];
  const counted = prediction.metrics?.image_output_count ?? urls.length;
  const cost: Cost | null = task.usdEach === null ? null : { kind: 'estimated', usd: task.usdEach * counted };
  if (prediction.data_removed === true && urls.length === 0) {
    const message = 'Replicate keeps results for an hour, and this one is older. It was made, but it is gone.';
    const all: Cost | null = task.usdEach === null ? null : { kind: 'estimated', usd: task.usdEach * task.count };
    throw new ProviderError('server', message, { isFinal: true, cost: all });
  }
  if (urls.length === 0) {
    const message = 'Replicate withheld all it drew: a checker took it for forbidden content.';
    throw new ProviderError('content_policy', message, { isFinal: true });
  }
  const seed = seedIn(prediction.logs ?? '') ?? task.seed;
  const missing = task.count - urls.length;
  const images = await Promise.all(
    urls.map(async (url, index): Promise<ResultImage> => {
      const isInline = url.startsWith('data:');
      const bytes = isInline ? bytesOfBase64(url, 'Replicate') : await http.download(url, options);
      // It is the first one's, and which one was the first is not told where some were withheld.
      return { bytes, seed: index === 0 && missing <= 0 ? seed : null };
    }),
  );
  const dropped = [
    ...(missing > 0
      ? [{ parameter: 'count', note: `Replicate withheld ${missing} of ${task.count} pictures as forbidden content.` }]
      : []),
    ...(task.sizeNote === null ? [] : [{ parameter: 'size', note: task.sizeNote }]),
  ];
  return {
    state: 'finished',
    images,
    ...(dropped.length > 0 ? { dropped } : {}),
    ...(cost && missing > 0 ? { cost } : {}),
  };
}

function seedIn(logs: string): number | null {
  const seed = Number(/Using seed: (\d+)/.exec(logs)?.[1] ?? NaN);
  return Number.isSafeInteger(seed) ? seed : null;
}

/** Models draw their progress into their logs, as a bar. Waiting and starting can't be told apart. */
export function progressOf({ status, logs }: { status: string; logs?: string | null | undefined }): TaskProgress {
  if (status === 'starting') return { fraction: null, stage: 'Starting the model', queuePosition: null };
  const last = [...(logs ?? '').matchAll(/(\d{1,3})%\|/g)].at(-1)?.[1];
  return { fraction: last === undefined ? null : Math.min(1, Number(last) / 100), stage: 'Working', queuePosition: 0 };
}

const often = { everyMs: 1000, forMs: 10_000 };
const laterMs = 2500;

export function askAgainInMs({ startedAt }: PredictionTask): number {
  return Date.now() - startedAt < often.forMs ? often.everyMs : laterMs;
}
