import { z } from 'zod';

const MappingEntry = z.object({
  provider: z.string().nullish(),
  providerId: z.string(),
  status: z.string().nullish(),
  task: z.string().nullish(),
  adapter: z.string().nullish(),
  adapterWeightsPath: z.string().nullish(),
});
export type MappingEntry = z.infer<typeof MappingEntry>;

/** Who serves a model, as the hub says it: a record by provider, or a list that names the provider in each entry. */
export const HubModel = z.object({
  id: z.string(),
  inferenceProviderMapping: z.union([z.array(MappingEntry), z.record(z.string(), MappingEntry)]).nullish(),
});
export type HubModel = z.infer<typeof HubModel>;

export const WhoAmI = z.object({
  name: z.string().nullish(),
  auth: z
    .object({ accessToken: z.object({ role: z.string().nullish(), fineGrained: z.unknown().optional() }).nullish() })
    .nullish()
    .catch(null),
});

/** A refusal, in any of the shapes that the hub, the router and the services behind it use. */
export const RefusalBody = z.object({
  error: z.unknown().optional(),
  detail: z.unknown().optional(),
  message: z.unknown().optional(),
  title: z.unknown().optional(),
  error_type: z.string().nullish().catch(null),
  estimated_time: z.number().nullish().catch(null),
});
export const DetailEntry = z.object({ type: z.string().nullish().catch(null), msg: z.string().nullish().catch(null) });

/** `seed` may be larger than numbers keep exactly; such a one is not told. */
const Seed = z.number().int().nullish().catch(null);
const Flags = z.array(z.boolean()).nullish().catch(null);

export const FalSubmitted = z.object({ request_id: z.string(), response_url: z.string() });
export const FalStatus = z.object({
  status: z.string(),
  queue_position: z.number().nullish().catch(null),
  error: z.unknown().optional(),
});
const FalFile = z.object({ url: z.string() });
export const FalResult = z.object({
  images: z.array(FalFile).nullish(),
  image: FalFile.nullish(),
  seed: Seed,
  has_nsfw_concepts: Flags,
  prompt: z.string().nullish().catch(null),
});

export const Prediction = z.object({
  id: z.string(),
  status: z.string(),
  output: z.union([z.string(), z.array(z.string())]).nullish(),
  error: z.string().nullish(),
  logs: z.string().nullish(),
});
export type Prediction = z.infer<typeof Prediction>;

/** Pictures as OpenAI's API gives them, or, from Hugging Face's own service, addresses. */
export const Pictures = z.object({
  data: z.array(z.object({ b64_json: z.string().nullish(), url: z.string().nullish() })).nullish(),
  output: z.array(z.string()).nullish(),
  error: z.unknown().optional(),
});

const WavespeedData = z.object({
  id: z.string().nullish(),
  urls: z.object({ get: z.string().nullish() }).nullish(),
  status: z.string().nullish(),
  outputs: z.array(z.string()).nullish(),
  error: z.string().nullish(),
  has_nsfw_contents: Flags,
});
export const WavespeedAnswer = z.object({
  code: z.number().nullish(),
  message: z.string().nullish(),
  data: WavespeedData.nullish(),
});

export const ZaiAnswer = z.object({
  id: z.string().nullish(),
  task_status: z.string().nullish(),
  image_result: z.array(z.object({ url: z.string() })).nullish(),
  error: z.unknown().optional(),
});
export type ZaiAnswer = z.infer<typeof ZaiAnswer>;
