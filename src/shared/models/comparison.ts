import { z } from 'zod';
import { GenerationRequest } from './generation-request.ts';
import { jobStates } from './job.ts';

/** Kinds of prompt, told apart by their words; `other` is the rest. docs/routing.md lists the words. */
export const promptKinds = ['photo', 'people', 'landscape', 'illustration', 'lettering', 'product', 'other'] as const;
export const PromptKind = z.enum(promptKinds);
export type PromptKind = z.infer<typeof PromptKind>;

export const Verdict = z.enum(['first', 'second', 'tie', 'bothBad']);
export type Verdict = z.infer<typeof Verdict>;

/** One of the compared models. While the comparison is blind, nothing in it tells which one it is. */
export const Entry = z.object({
  /** `A`, `B`, … dealt by chance. */
  label: z.string(),
  /** While blind, `running` for all whose picture may still come; until voting begins also for those that have one. */
  jobState: z.enum(jobStates),
  /** Its size in pixels; null while there is none to look at. It is at `/comparisons/<id>/<label>`, without any mark of who made it. */
  picture: z.object({ width: z.int(), height: z.int() }).nullable(),
  /** Empty while the comparison is blind: an image tells its provider. */
  imageIds: z.array(z.uuid()),
  /** Why there is no picture, in plain words that name nobody. */
  problem: z.string().nullable(),
  /** Null while the comparison is blind. */
  revealed: z
    .object({
      jobId: z.uuid(),
      provider: z.string(),
      model: z.string(),
      modelName: z.string(),
      /** What all attempts cost; null: not known. */
      usd: z.number().nullable(),
      /** Some of it by the price list, not by the service. */
      isEstimated: z.boolean(),
      /** Elo points before and after this comparison, for its kind of prompt. */
      before: z.number(),
      after: z.number(),
    })
    .nullable(),
});
export type Entry = z.infer<typeof Entry>;

export const Comparison = z.object({
  id: z.uuid(),
  createdAt: z.number(),
  /** Without provider and model. */
  request: GenerationRequest,
  kind: PromptKind,
  maxUsd: z.number().nullable(),
  /** `making`: pictures are on their way; `voting`: pairs wait for a verdict; `done`: names are shown; `cancelled`: given up. */
  state: z.enum(['making', 'voting', 'done', 'cancelled']),
  /** By label. */
  entries: z.array(Entry),
  /** How many pictures there are. */
  made: z.int(),
  /** How many of its jobs wait for the user's answer in the queue. */
  needsAnswer: z.int(),
  /** The pair that is asked about now, as labels; null when there is none. */
  pair: z.tuple([z.string(), z.string()]).nullable(),
  votes: z.array(z.object({ first: z.string(), second: z.string(), verdict: Verdict, at: z.number() })),
  /** Pairs that were not asked about yet, those with a picture that is still on its way among them. */
  votesLeft: z.int(),
});
export type Comparison = z.infer<typeof Comparison>;
