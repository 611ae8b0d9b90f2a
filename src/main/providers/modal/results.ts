import type { Cost } from '../../../shared/models/cost.ts';
import { bytesOfBase64 } from '../encoded-bytes.ts';
import { fileKindOf } from '../file-kind.ts';
import type { Http } from '../http-types.ts';
import { ProviderError, type CallOptions, type ResultImage, type Submission } from '../provider.ts';
import type { Job, JobImage } from './answers.ts';
import { explainRefusal } from './explain-refusal.ts';
import { hopTimeoutMs, throughSeeOther } from './see-other.ts';
import type { ModalTask } from './task.ts';

/** What the app says it cost, else the seconds of work at its price: at least that much, idle time comes on top. */
export function costOf({ result }: Job, usdPerSecond: number | null): Cost | null {
  const reported = result?.cost_usd ?? null;
  if (reported !== null) return { kind: 'reported', usd: reported };
  const { load_s, inference_s } = result?.timings ?? {};
  const seconds = (load_s ?? 0) + (inference_s ?? 0);
  return usdPerSecond === null || seconds <= 0 ? null : { kind: 'estimated', usd: seconds * usdPerSecond };
}

/** The pictures of a job that succeeded, as bytes. Throws ProviderError. */
export async function readResults(
  http: Http,
  job: Job,
  task: ModalTask,
  options: CallOptions,
): Promise<Extract<Submission, { state: 'finished' }>> {
  const listed = job.result?.images ?? [];
  const shown = listed.filter(hasBytes);
  const withheld = task.count - shown.length;
  const cost = costOf(job, task.usdPerSecond);
  if (shown.length === 0) throw failureOfNothing(listed, cost);
  const images = await Promise.all(
    shown.map(async (image): Promise<ResultImage> => {
      const bytes = await fetchImage(http, image, options);
      if (fileKindOf(bytes) !== null) return { bytes, seed: image.seed ?? null };
      throw new ProviderError('server', 'Your Modal app finished, but what it sent is no picture.');
    }),
  );
  const note = `Your Modal app withheld ${withheld} of ${task.count} pictures.`;
  return {
    state: 'finished',
    images,
    ...(cost ? { cost } : {}),
    ...(withheld > 0 ? { dropped: [{ parameter: 'count', note }] } : {}),
  };
}

function hasBytes({ href, url, data }: JobImage): boolean {
  return [href, url, data].some((each) => typeof each === 'string' && each !== '');
}

function failureOfNothing(listed: readonly JobImage[], cost: Cost | null): ProviderError {
  const more = { isFinal: true, cost };
  return listed.some(({ nsfw }) => nsfw === true)
    ? new ProviderError('content_policy', 'The safety checker of your Modal app withheld the picture.', more)
    : new ProviderError('server', 'Your Modal app finished without a picture.', more);
}

async function fetchImage(http: Http, { href, url, data }: JobImage, options: CallOptions): Promise<Buffer> {
  if (data) return Buffer.from(bytesOfBase64(data, 'Modal'));
  if (url) return http.download(url, options);
  const path = href ?? '';
  const place = path.startsWith('/') || URL.canParse(path) ? path : `/${path}`;
  const asking = { ...options, headersTimeoutMs: hopTimeoutMs };
  return throughSeeOther(http.address, explainRefusal, {
    first: (explain) => http.getFile(place, { ...asking, explain }),
    again: (location, explain) => http.getFile(location, { ...asking, explain }),
  });
}
