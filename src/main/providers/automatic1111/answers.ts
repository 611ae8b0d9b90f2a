import { z } from 'zod';
import { parseJson } from '../parse-json.ts';

/** What the web UIs say, as far as it is used. AUTOMATIC1111, Forge and SD.Next differ, and so do their versions. */

export const ModelList = z.array(
  z.object({ model_name: z.string(), title: z.string().nullish(), hash: z.string().nullish() }),
);
export type ModelFile = z.infer<typeof ModelList>[number];

export const NamedList = z.array(z.object({ name: z.string() }));
export const SchedulerList = z.array(z.object({ name: z.string(), label: z.string().nullish() }));
export const LoraList = z.array(z.object({ name: z.string(), alias: z.string().nullish() }));
export type LoraFile = z.infer<typeof LoraList>[number];
export const ModuleList = z.array(z.object({ model_name: z.string() }));

/** What the server does now, for whomever. `job_count`: 0 idle, -1 starting. */
export const ServerProgress = z.object({
  progress: z.number().nullish(),
  state: z
    .object({
      interrupted: z.boolean().nullish(),
      job_count: z.number().nullish(),
      job_timestamp: z.union([z.string(), z.number()]).nullish(),
      sampling_step: z.number().nullish(),
      sampling_steps: z.number().nullish(),
    })
    .nullish(),
  current_image: z.string().nullish(),
});
export type ServerProgress = z.infer<typeof ServerProgress>;

/** How one run stands, by the id that it was sent with. */
export const RunProgress = z.object({
  active: z.boolean(),
  queued: z.boolean(),
  completed: z.boolean(),
  progress: z.number().nullish(),
  live_preview: z.string().nullish(),
  id_live_preview: z.number().nullish(),
  textinfo: z.string().nullish(),
});
export type RunProgress = z.infer<typeof RunProgress>;

export const DrawnAnswer = z.object({ images: z.array(z.string()).nullish(), info: z.unknown().optional() });
export const UpscaledAnswer = z.object({ image: z.string().nullish() });

/** What the server really did. */
const Info = z.object({
  all_seeds: z.array(z.number()).nullish(),
  index_of_first_image: z.int().nonnegative().nullish(),
  sd_model_name: z.string().nullish(),
  sd_model_hash: z.string().nullish(),
  sampler_name: z.string().nullish(),
  extra_generation_params: z.record(z.string(), z.unknown()).nullish(),
});
export type Info = z.infer<typeof Info>;

/** `info` is JSON inside a string; nothing is known where it can't be read. */
export function readInfo(info: unknown): Info {
  try {
    const value = typeof info === 'string' ? parseJson(info) : info;
    return Info.safeParse(value).data ?? {};
  } catch {
    // An extension may write what it likes there; the pictures are good all the same.
    return {};
  }
}
