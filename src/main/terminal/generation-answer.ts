import { pathToFileURL } from 'node:url';
import type { Image } from '../../shared/models/image.ts';
import type { JobWithAttempts } from '../../shared/models/job.ts';
import { totalCost } from '../../shared/models/cost.ts';

export interface KeptImage {
  readonly image: Image;
  readonly localPath: string;
  /** The copy that `--out` asked for. */
  readonly outPath: string | null;
}

/** The generation answer of the public interface, in its own words. Times are seconds. */
export function generationAnswer(job: JobWithAttempts, images: readonly KeptImage[]) {
  const last = job.attempts.at(-1);
  const stages = last?.stages ?? null;
  return {
    generation_id: job.id,
    provider: last?.provider ?? job.request.provider ?? null,
    status: job.state,
    prompt: job.request.prompt,
    ...(job.error ? { error: { code: job.error.code, message: job.error.message } } : {}),
    images: images.map(({ image, localPath, outPath }) => ({
      id: image.id,
      url: pathToFileURL(localPath).href,
      local_url: `/images/${image.id}`,
      local_path: localPath,
      ...(outPath === null ? {} : { out_path: outPath }),
      width: image.width,
      height: image.height,
      format: image.format,
      seed: image.seed,
      // As it was sent for this one: choices are drawn for each.
      prompt: image.request.prompt,
      sha256: image.hash,
    })),
    metadata: {
      prompt_validation: {
        original_length: job.request.prompt.length,
        optimized_length: stages?.optimized.prompt.length ?? job.request.prompt.length,
        optimization_time: (stages?.optimized.fitting.ms ?? 0) / 1000,
        optimized_by: stages?.optimized.fitting.by ?? 'none',
        ...(stages ? { final_prompt: stages.optimized.prompt } : {}),
      },
      generation_time: job.startedAt === null || job.endedAt === null ? null : (job.endedAt - job.startedAt) / 1000,
      provider_model: last?.model ?? null,
      cost: totalCost(job.attempts.map(({ cost }) => cost)),
      dropped: last?.dropped ?? [],
    },
  };
}
