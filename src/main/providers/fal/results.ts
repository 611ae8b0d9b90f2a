import type { Cost } from '../../../shared/models/cost.ts';
import type { Http } from '../http-types.ts';
import { ProviderError, type CallOptions, type ResultImage, type Submission } from '../provider.ts';
import type { OutputAnswer } from './answers.ts';
import type { FalTask } from './task.ts';

const resultsLiveMs = 7 * 24 * 3_600_000;

/** Header of a submission: how long fal keeps the files of its result, so that their end is known. */
export const resultLifecycle = JSON.stringify({ expiration_duration_seconds: resultsLiveMs / 1000 });

/**
 * Fetches what a request made. Open models don't refuse what their checker dislikes: they answer 200 with black pictures and a
 * flag for each. Throws ProviderError; content_policy with its cost, as it was drawn, where none is left.
 */
export async function fetchResults(
  http: Http,
  output: OutputAnswer,
  task: FalTask,
  cost: Cost | null,
  options: CallOptions,
): Promise<Submission> {
  const files = output.images ?? [output.image, output.video].filter((file) => file !== null && file !== undefined);
  const seed = seedOf(output.seed) ?? task.seed;
  // One seed is told for all, and not how it goes on from there.
  const kept = files.flatMap(({ url }, index) =>
    output.has_nsfw_concepts?.[index] === true ? [] : [{ url, seed: index === 0 ? seed : null }],
  );
  const wholeCost: Cost | null = cost ?? (task.usd === null ? null : { kind: 'estimated', usd: task.usd });
  if (kept.length === 0) {
    const message =
      files.length > 0
        ? 'fal blacked out what it drew: its safety checker took it for forbidden content.'
        : 'fal made no picture of this, as it does where prompt or result are forbidden.';
    throw new ProviderError('content_policy', message, { isFinal: true, cost: files.length > 0 ? wholeCost : null });
  }
  const images = await Promise.all(
    kept.map(async ({ url, seed: own }): Promise<ResultImage> => ({
      bytes: await http.download(url, options),
      seed: own,
    })),
  ).catch((error: unknown) => {
    const isGone =
      error instanceof ProviderError && error.code === 'server' && Date.now() > task.startedAt + resultsLiveMs;
    if (!isGone) throw error;
    const message = 'fal keeps results for a week, and this one is older. It was made, but it is gone.';
    throw new ProviderError('server', message, { isFinal: true, cost: wholeCost, cause: error });
  });
  const missing = task.count - kept.length;
  if (missing <= 0) return { state: 'finished', images, ...(cost ? { cost } : {}) };
  const note = `fal withheld ${missing} of ${task.count} pictures: its safety checker took them for forbidden content.`;
  return {
    state: 'finished',
    images,
    dropped: [{ parameter: 'count', note }],
    ...(wholeCost ? { cost: wholeCost } : {}),
  };
}

/** Some models' seeds are larger than numbers keep exactly: those would be wrong, so they are not told. */
function seedOf(seed: unknown): number | null {
  return typeof seed === 'number' && Number.isSafeInteger(seed) ? seed : null;
}
