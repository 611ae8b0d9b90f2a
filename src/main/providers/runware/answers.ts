import { z } from 'zod';

/** One failure, as the service tells it. `parameter` names the field that is wrong, or several. */
export const RunwareError = z.object({
  code: z.string().nullish(),
  message: z.string().nullish(),
  parameter: z
    .union([z.string(), z.array(z.string())])
    .nullish()
    .catch(null),
  taskUUID: z.string().nullish(),
  status: z.string().nullish(),
});
export type RunwareError = z.infer<typeof RunwareError>;

const Item = z.looseObject({ taskUUID: z.string().nullish() });

/** One entry where a list is expected is a list of one. */
const listOf = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(
    (value) => (value === null || value === undefined || Array.isArray(value) ? value : [value]),
    z.array(schema).nullish(),
  );

/** Every answer: what went well and what did not, side by side. */
export const Envelope = z.object({
  data: listOf(Item),
  errors: listOf(RunwareError),
  error: RunwareError.nullish(),
  taskUUID: z.string().nullish(),
});
export type Envelope = z.infer<typeof Envelope>;

/** A result, or a sign of life of one that is being made. Newer models say `media` where others say `image`. */
export const ResultItem = z.looseObject({
  status: z.string().nullish(),
  progress: z.number().nullish().catch(null),
  imageUUID: z.string().nullish(),
  imageURL: z.string().nullish(),
  mediaUUID: z.string().nullish(),
  mediaURL: z.string().nullish(),
  seed: z.number().nullish().catch(null),
  cost: z.number().nonnegative().nullish().catch(null),
  code: z.string().nullish(),
  message: z.string().nullish(),
});
export type ResultItem = z.infer<typeof ResultItem>;

/** A finished task from the archive. */
export const TaskDetails = z.looseObject({
  response: z.union([Envelope, z.array(Envelope)]).nullish(),
});

/** The balance is a plain number in older answers. */
export const AccountDetails = z.looseObject({
  organizationName: z.string().nullish(),
  balance: z.union([z.number(), z.object({ amount: z.number(), currency: z.string().nullish() })]),
});

export const ModelSearchItem = z.looseObject({
  results: z
    .array(
      z.looseObject({
        air: z.string(),
        name: z.string(),
        version: z.string().nullish(),
        architecture: z.string().nullish(),
        defaultSteps: z.number().nullish(),
        defaultCFG: z.number().nullish(),
      }),
    )
    .nullish(),
});
