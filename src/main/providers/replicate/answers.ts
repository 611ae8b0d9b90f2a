import { z } from 'zod';

/** A prediction, or a training: both have the same life. */
const Work = z.object({
  id: z.string(),
  status: z.string(),
  error: z.unknown().optional(),
  logs: z.string().nullish(),
  model: z.string().nullish(),
  input: z.record(z.string(), z.unknown()).nullish().catch(null),
  data_removed: z.boolean().nullish(),
  deadline: z.string().nullish(),
  created_at: z.string().nullish(),
  completed_at: z.string().nullish(),
  metrics: z
    .object({ predict_time: z.number().nullish(), image_output_count: z.number().nullish() })
    .nullish()
    .catch(null),
});

/** What a model makes: a list of addresses, a single one, or nothing yet. */
export const PredictionAnswer = Work.extend({
  output: z.union([z.string().transform((url) => [url]), z.array(z.string())]).nullish(),
});
export type PredictionAnswer = z.infer<typeof PredictionAnswer>;

export const TrainingAnswer = Work.extend({
  output: z.object({ version: z.string().nullish() }).nullish().catch(null),
});
export type TrainingAnswer = z.infer<typeof TrainingAnswer>;

/** In lists, where one that can't be read says nothing about the others. */
export const PredictionsAnswer = z.object({ next: z.string().nullish(), results: z.array(Work) });
export type PredictionsAnswer = z.infer<typeof PredictionsAnswer>;
export const TrainingsAnswer = z.object({ next: z.string().nullish(), results: z.array(TrainingAnswer) });
export type TrainingsAnswer = z.infer<typeof TrainingsAnswer>;

export const ModelAnswer = z.object({
  latest_version: z
    .object({
      id: z.string(),
      openapi_schema: z
        .object({
          components: z.object({
            schemas: z.object({ Input: z.object({ properties: z.record(z.string(), z.unknown()) }) }),
          }),
        })
        .nullish()
        .catch(null),
    })
    .nullish(),
});

export const FileAnswer = z.object({ urls: z.object({ get: z.string() }) });
export const AccountAnswer = z.object({ username: z.string() });
export const HardwareAnswer = z.array(z.object({ sku: z.string() }));

export const RefusalAnswer = z.object({
  title: z.string().nullish(),
  detail: z.string().nullish().catch(null),
  retry_after: z.number().nullish().catch(null),
});
