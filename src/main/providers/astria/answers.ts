import { z } from 'zod';

/** What Astria says, as far as it is used. What it leaves out is null. Times are ISO 8601. */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
const number = z
  .number()
  .nullish()
  .transform((value) => value ?? null);
/** Its ids are numbers; here they are text. */
const Id = z.union([z.number(), z.string()]).transform(String);
const id = Id.nullish().transform((value) => value ?? null);

/** Addresses, which some lists put into objects. */
const pictures = z
  .array(z.union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url)]))
  .nullish()
  .transform((value) => value ?? []);

/** One generation job. Finished: `images` is not empty or `user_error` is not null. */
export const Prompt = z.object({
  id: Id,
  text,
  seed: z
    .union([z.number(), z.string().transform(Number)])
    .nullish()
    .transform((value) => value ?? null),
  num_images: number,
  tune_id: id,
  images: pictures,
  user_error: text,
  started_training_at: text,
  created_at: text,
  /** Millicents, for all images. */
  cost_mc: number,
});
export type Prompt = z.infer<typeof Prompt>;

/** Some calls put the one they mean into a list. */
export const OnePrompt = z.union([
  Prompt,
  z
    .tuple([Prompt])
    .rest(z.unknown())
    .transform(([first]) => first),
]);
export const PromptList = z.array(Prompt);

/** A model, trained or being trained: trained when `trained_at` is set. */
export const Tune = z.object({
  id: Id,
  title: text,
  name: text,
  token: text,
  base_tune_id: id,
  branch: text,
  model_type: text,
  eta: text,
  trained_at: text,
  started_training_at: text,
  expires_at: text,
  created_at: text,
});
export type Tune = z.infer<typeof Tune>;
export const TuneList = z.array(Tune);

export const Account = z.object({ usd_balance_mc: number });

/** Models of other makers, by name. */
export const Catalogue = z.object({
  default: text,
  models: z.record(
    z.string(),
    z.object({
      tune_id: id,
      title: text,
      resolutions: z
        .array(z.string())
        .nullish()
        .transform((value) => value ?? []),
    }),
  ),
});
