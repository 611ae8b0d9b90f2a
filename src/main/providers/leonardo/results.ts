import type { Http } from '../http-types.ts';
import { ProviderError, type CallOptions, type Submission } from '../provider.ts';
import { GenerationAnswer, VariationAnswer, type Generation } from './answers.ts';
import { explainRefusal } from './explain-refusal.ts';
import { askAgainMs, costOf, type LeonardoTask } from './task.ts';

const pending = (task: LeonardoTask, now: number): Submission => ({
  state: 'pending',
  task,
  askAgainInMs: askAgainMs(task.sentAt, now),
  progress: { fraction: null, stage: 'Leonardo is at work', queuePosition: null },
});

/** Asks once about pictures or a video. */
export async function collectGeneration(
  http: Http,
  task: LeonardoTask,
  now: number,
  options: CallOptions,
): Promise<Submission> {
  const path = `/generations/${encodeURIComponent(task.remoteId)}`;
  const { generations_by_pk: generation } = await http.get(path, GenerationAnswer, {
    ...options,
    explain: explainRefusal,
  });
  if (!generation) return { state: 'lost' };
  switch (generation.status) {
    case 'COMPLETE':
      return finish(http, task, generation, options);
    case 'FAILED':
      // The service gives no reason; the one it has for ending what it took is the content.
      throw new ProviderError(
        'content_policy',
        'Leonardo ended this without saying why. It does so with content that it does not show: change the prompt or the picture.',
        { isFinal: true },
      );
    default:
      return pending(task, now);
  }
}

async function finish(
  http: Http,
  task: LeonardoTask,
  { generated_images: made, seed }: Generation,
  options: CallOptions,
): Promise<Submission> {
  const urls = (made ?? []).flatMap((image) => (task.isVideo ? image.motionMP4URL : image.url) ?? []);
  if (urls.length === 0) {
    throw new ProviderError('content_policy', 'Leonardo withheld the result because of its content.', {
      isFinal: true,
    });
  }
  const files = await Promise.all(urls.map((url) => http.download(url, options)));
  const missing = task.count - files.length;
  const note = `Leonardo withheld ${missing} of ${task.count} pictures because of their content.`;
  return {
    state: 'finished',
    // The service names one seed for all; only the first picture can be made again by it.
    images: files.map((bytes, index) => ({ bytes, seed: index === 0 ? (seed ?? task.seed) : null })),
    ...costOf(task.usd),
    ...(missing > 0 ? { dropped: [{ parameter: 'count', note }] } : {}),
  };
}

/** Asks once about an upscaled picture. */
export async function collectVariation(
  http: Http,
  task: LeonardoTask,
  now: number,
  options: CallOptions,
): Promise<Submission> {
  const path = `/variations/${encodeURIComponent(task.remoteId)}`;
  const { generated_image_variation_generic: variations } = await http.get(path, VariationAnswer, {
    ...options,
    explain: explainRefusal,
  });
  const [variation] = variations ?? [];
  if (!variation) return { state: 'lost' };
  if (variation.status === 'FAILED') {
    throw new ProviderError('server', 'Leonardo could not enlarge this picture.', { isFinal: true });
  }
  if (variation.status !== 'COMPLETE' || !variation.url) return pending(task, now);
  const bytes = await http.download(variation.url, options);
  return { state: 'finished', images: [{ bytes, seed: null }], ...costOf(task.usd) };
}
