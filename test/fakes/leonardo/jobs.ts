import type { FakeAnswer } from '../kit/fake-types.ts';
import { refuse, tooPoor } from './answers.ts';
import type { Books } from './books.ts';
import type { UploadedPicture } from './uploads.ts';

export interface Job {
  readonly id: string;
  readonly startedAt: number;
  readonly prompt: string;
  readonly modelId: string | null;
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  readonly isWithheld: boolean;
  readonly files: readonly { readonly id: string; readonly url: string; readonly isVideo: boolean }[];
}

export interface Work {
  readonly prompt: string;
  readonly modelId: string | null;
  readonly seed: number | undefined;
  readonly width: number;
  readonly height: number;
  readonly count: number;
  readonly credits: number;
  readonly usd?: number;
  readonly inputs: readonly UploadedPicture[];
  readonly isVideo?: boolean;
}

export interface Jobs {
  readonly begin: (work: Work) => Promise<{ generationId: string; apiCreditCost: number; cost: object } | FakeAnswer>;
  /** As the service describes it; null for an unknown one. */
  readonly describe: (id: string) => object | null;
  /** Those that are listed yet, in the order in which they were begun. */
  readonly list: () => readonly object[];
}

/** Pictures and videos that are being made. */
export function createJobs({ kit, pay, isDone, habits }: Books): Jobs {
  const { listsAfterMs = 0, clockAheadMs = 0, sizeStep = 1 } = habits;
  const rounded = (side: number): number => Math.ceil(side / sizeStep) * sizeStep;
  const jobs = new Map<string, Job>();

  const begin: Jobs['begin'] = async (work) => {
    const { prompt, modelId, width, height, count, credits, isVideo = false } = work;
    if (prompt.includes('forbidden')) return refuse('Request failed content moderation: prompt was moderated');
    const id = kit.id();
    const made = Math.max(0, count - (prompt.includes('unsafe') ? 1 : 0));
    if (!pay(id, credits, made, work.usd ?? null)) return tooPoor();
    const seed = work.seed ?? 4711;
    const text = JSON.stringify([prompt, modelId, ...work.inputs.map(({ hash }) => hash)]);
    const files = Array.from({ length: made }, async (_, index) => {
      const bytes = isVideo
        ? kit.video({ width, height, text: `${text}${seed}` })
        : await kit.picture({ width, height, text: `${text}${index}`, seed, format: 'jpg' });
      return { id: kit.id(), url: kit.addFile(bytes, isVideo ? 'video/mp4' : 'image/jpeg'), isVideo };
    });
    jobs.set(id, {
      id,
      startedAt: kit.now(),
      prompt,
      modelId,
      seed,
      width,
      height,
      isWithheld: made === 0,
      files: await Promise.all(files),
    });
    const cost =
      work.usd === undefined
        ? { amount: String(credits), unit: 'CREDITS' }
        : { amount: String(work.usd), unit: 'DOLLARS' };
    return { generationId: id, apiCreditCost: credits, cost };
  };

  const describe = (job: Job): object => {
    const isEnded = isDone(job.startedAt);
    const status = !isEnded ? 'PENDING' : job.isWithheld ? 'FAILED' : 'COMPLETE';
    return {
      id: job.id,
      status,
      prompt: job.prompt,
      modelId: job.modelId,
      seed: job.seed,
      imageWidth: rounded(job.width),
      imageHeight: rounded(job.height),
      // Without a zone, as the service's database writes it.
      createdAt: new Date(job.startedAt + clockAheadMs).toISOString().replace('Z', ''),
      generated_images:
        status === 'COMPLETE'
          ? job.files.map(({ id, url, isVideo }) => ({
              id,
              url: isVideo ? url.replace('.mp4', '.jpg') : url,
              nsfw: false,
              motionMP4URL: isVideo ? url : null,
              likeCount: 0,
              generated_image_variation_generics: [],
            }))
          : [],
    };
  };

  return {
    begin,
    describe: (id) => {
      const job = jobs.get(id);
      return job ? describe(job) : null;
    },
    list: () => [...jobs.values()].filter(({ startedAt }) => kit.now() - startedAt >= listsAfterMs).map(describe),
  };
}
