import { z } from 'zod';

/** What was paid. The amount comes as text. */
export const Cost = z
  .object({ amount: z.union([z.string(), z.number()]).nullish(), unit: z.string().nullish() })
  .nullish()
  .catch(null);
export type Cost = z.infer<typeof Cost>;

const Started = z.object({ generationId: z.string().nullish(), id: z.string().nullish(), cost: Cost }).nullish();

/** The beginning of any paid work; its root has another name for each. */
export const StartedWork = z.object({
  sdGenerationJob: Started,
  generate: Started,
  motionVideoGenerationJob: Started,
  universalUpscaler: Started,
});
export type StartedWork = z.infer<typeof StartedWork>;

/** Where a file goes. `fields` is JSON inside JSON. */
export const UploadPlace = z.object({ id: z.string(), url: z.string(), fields: z.string() });
export type UploadPlace = z.infer<typeof UploadPlace>;

export const InitImageAnswer = z.object({ uploadInitImage: UploadPlace });
export const CanvasAnswer = z.object({
  uploadCanvasInitImage: z.object({
    initImageId: z.string(),
    initUrl: z.string(),
    initFields: z.string(),
    maskImageId: z.string(),
    maskUrl: z.string(),
    maskFields: z.string(),
  }),
});

export const Generation = z.object({
  id: z.string(),
  status: z.string().nullish(),
  prompt: z.string().nullish(),
  modelId: z.string().nullish(),
  seed: z.number().nullish(),
  imageWidth: z.number().nullish(),
  imageHeight: z.number().nullish(),
  createdAt: z.string().nullish(),
  generated_images: z
    .array(
      z.object({
        id: z.string().nullish(),
        url: z.string().nullish(),
        motionMP4URL: z.string().nullish(),
      }),
    )
    .nullish(),
});
export type Generation = z.infer<typeof Generation>;

/** Null: the service does not know the id. */
export const GenerationAnswer = z.object({ generations_by_pk: Generation.nullish() });
export const GenerationList = z.object({ generations: z.array(Generation).nullish() });

/** Empty: the service does not know the id. */
export const VariationAnswer = z.object({
  generated_image_variation_generic: z
    .array(z.object({ status: z.string().nullish(), url: z.string().nullish() }))
    .nullish(),
});

export const MeAnswer = z.object({
  user_details: z
    .array(
      z.object({
        user: z.object({ id: z.string().nullish(), username: z.string().nullish() }).nullish(),
        apiPaidTokens: z.number().nullish(),
        apiSubscriptionTokens: z.number().nullish(),
      }),
    )
    .min(1),
});

export const PlatformModels = z.object({
  custom_models: z
    .array(z.object({ id: z.string(), name: z.string().nullish(), nsfw: z.boolean().nullish() }))
    .nullish(),
});

const UserLora = z.object({
  id: z.number().nullish(),
  name: z.string().nullish(),
  status: z.string().nullish(),
  baseModel: z.string().nullish(),
});
export const UserLoras = z.object({ user_loras: z.array(UserLora.nullable()).nullish() });
export const UserLoraAnswer = z.object({ user_loras_by_pk: UserLora.nullish() });

export const DatasetAnswer = z.object({ insert_datasets_one: z.object({ id: z.string() }) });
export const DatasetImageAnswer = z.object({ uploadDatasetImage: UploadPlace });
export const TrainingAnswer = z.object({
  sdTrainingJob: z.object({ userLoraId: z.number().nullish(), cost: Cost }).nullish(),
});
