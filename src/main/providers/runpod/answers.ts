import { z } from 'zod';

/** What RunPod says, as far as it is used. What a worker puts into `output` and `error` is anything at all. */

/** An endpoint's answer about one job. */
export const JobAnswer = z.object({
  id: z.string(),
  status: z.string(),
  output: z.unknown().optional(),
  error: z.unknown().optional(),
});
export type JobAnswer = z.infer<typeof JobAnswer>;

/** A refusal, where its body is JSON. */
export const RefusalAnswer = z.object({ error: z.unknown(), message: z.unknown(), detail: z.unknown() }).partial();

/** The beginning of an error that holds JSON, as workers and public endpoints write it. */
export const ErrorText = z.object({
  error_message: z.string().nullish(),
  message: z.string().nullish(),
  error: z.string().nullish(),
});

const count = z.number().nullish();
export const EndpointHealth = z.object({
  jobs: z.object({ inQueue: count }).nullish(),
  workers: z
    .object({ idle: count, initializing: count, ready: count, running: count, throttled: count, unhealthy: count })
    .nullish(),
});
export type EndpointHealth = z.infer<typeof EndpointHealth>;

/** The account's own endpoints. */
export const Endpoints = z.array(z.object({ id: z.string(), name: z.string().nullish() }));
export type Endpoints = z.infer<typeof Endpoints>;

/** GraphQL: a refusal comes with status 200 and without data. */
export const BalanceAnswer = z.object({
  data: z.object({ myself: z.object({ clientBalance: z.number().nullish() }).nullish() }).nullish(),
  errors: z.array(z.object({ message: z.string().nullish() })).nullish(),
});

/** What a worker of one's own or a public endpoint made. Any of these holds the picture, depending on who wrote the worker. */
export const Output = z
  .object({
    images: z.array(z.unknown()).nullish().catch(null),
    result: z.unknown(),
    image_url: z.unknown(),
    image: z.unknown(),
    message: z.unknown(),
    error: z.unknown(),
    errors: z.unknown(),
    cost: z.number().nonnegative().nullish().catch(null),
    seed: z.int().nonnegative().nullish().catch(null),
  })
  .partial();
export type Output = z.infer<typeof Output>;

/** One of `images`, where it is more than a string. */
export const OutputImage = z.object({
  data: z.string().nullish(),
  image_url: z.string().nullish(),
  url: z.string().nullish(),
  image: z.string().nullish(),
});

/** What a worker may send while it works. */
export const WorkerProgress = z.object({
  progress: z.number().nullish().catch(null),
  message: z.string().nullish().catch(null),
});
