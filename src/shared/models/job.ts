import { z } from 'zod';
import { Cost } from './cost.ts';
import { DroppedParameter } from './dropped-parameter.ts';
import { GenerationRequest } from './generation-request.ts';
import { PromptStages } from './prompt-stages.ts';
import { RouteRecord } from './route.ts';
import { errorTable, type ErrorCode } from '../errors.ts';

export const jobStates = ['queued', 'running', 'succeeded', 'failed', 'cancelled', 'needs_attention'] as const;
export const JobState = z.enum(jobStates);
export type JobState = z.infer<typeof JobState>;

export const ErrorReportModel = z.object({
  code: z.enum(Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** One try with one provider. Times are milliseconds since 1970. */
export const Attempt = z.object({
  id: z.uuid(),
  number: z.int(),
  provider: z.string(),
  model: z.string(),
  /**
   * `sending`: recorded, answer not known yet; `pending`: the service works on it; the rest have ended. `unknown`: it was sent and
   * nobody knows what became of it, so it may have been charged.
   */
  state: z.enum(['sending', 'pending', 'succeeded', 'failed', 'cancelled', 'unknown']),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  /** The service's name for this piece of work, as soon as it is known. */
  remoteId: z.string().nullable(),
  cost: Cost,
  /** What it was expected to cost when it was sent, in US dollars; null: nobody knew. */
  reservedUsd: z.number().nullable(),
  dropped: z.array(DroppedParameter),
  /** Why it went to this provider; null where an older Easel did not note it. */
  route: RouteRecord.nullable(),
  error: ErrorReportModel.nullable(),
  /** What became of the prompt before it was sent; null: it was sent as it was typed. */
  stages: PromptStages.nullable(),
});
export type Attempt = z.infer<typeof Attempt>;

export const Job = z.object({
  id: z.uuid(),
  state: JobState,
  request: GenerationRequest,
  /** Lower runs first; only meaningful while queued. */
  position: z.number(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  error: ErrorReportModel.nullable(),
  /** What the user saw as the price of the whole job, in US dollars; null: nobody knew. A higher one has to be agreed to. */
  agreedUsd: z.number().nullable(),
  imageIds: z.array(z.uuid()),
});
export type Job = z.infer<typeof Job>;

export const JobWithAttempts = Job.extend({ attempts: z.array(Attempt) });
export type JobWithAttempts = z.infer<typeof JobWithAttempts>;

/** A job in a list: with what its attempts come to. */
export const ListedJob = Job.extend({
  /** Of the last attempt; before the first one what was asked for, null where Easel chooses. */
  provider: z.string().nullable(),
  model: z.string().nullable(),
  /** Of all attempts that have ended; null while there is none. */
  cost: Cost.nullable(),
});
export type ListedJob = z.infer<typeof ListedJob>;

/** What is known of a running job beyond its row; it is not stored. */
export const JobProgress = z.object({
  jobId: z.uuid(),
  /** Which provider works on it. */
  provider: z.string(),
  /** Images done so far and images asked for. */
  imagesDone: z.int(),
  imagesTotal: z.int(),
  /** 0 to 1 for the image under way; null while the service tells nothing. */
  fraction: z.number().min(0).max(1).nullable(),
  /** What it does now, in plain words: "Sampling, step 4 of 20". */
  stage: z.string(),
  /** 0: it runs; 1: it is next; null: the service doesn't tell. */
  queuePosition: z.int().nullable(),
  /** Counts up with each preview picture, 0 before the first. The picture is at `/previews/<jobId>?v=<n>`. */
  previewVersion: z.int(),
  /** Honest guess from this job's own pace; null while there is none. */
  secondsLeft: z.number().nullable(),
});
export type JobProgress = z.infer<typeof JobProgress>;
