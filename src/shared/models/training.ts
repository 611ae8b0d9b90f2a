import { z } from 'zod';
import { Cost } from './cost.ts';
import { InputFileId } from './generation-request.ts';
import { ErrorReportModel } from './job.ts';

/** Pictures that one model is trained with. */
export const mostTrainingImages = 100;

/** Bytes of all pictures of a training together: they are sent in one piece. */
export const largestTrainingBytes = 500_000_000;

const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^\P{Cc}*$/u, 'must be one line');
const someWords = (most: number) => words(most).min(1);

/** What a model of one's own is to be made of. */
export const TrainingWish = z.object({
  provider: z.string().max(64).describe('Who trains it'),
  name: someWords(80).describe('What the model is called'),
  triggerWord: someWords(60).describe('The word that calls it in a prompt'),
  description: words(2000).default('').describe('What the pictures show'),
  subject: z.enum(['person', 'object', 'style']).describe('What it learns'),
  images: z.array(InputFileId).min(1).max(mostTrainingImages),
  steps: z.int().min(1).max(10_000).optional().describe("How long it learns; the service's own choice if left out"),
});
export type TrainingWish = z.infer<typeof TrainingWish>;

/** A model that came of a training, as it is called at its provider. `source`: the address of its weights, where it has one. */
export const TrainedModel = z.object({ id: z.string(), name: z.string(), source: z.string().nullable() });
export type TrainedModel = z.infer<typeof TrainedModel>;

/**
 * The making of a model of one's own. Times are milliseconds since 1970. `queued`: nothing has left yet; `sending`: recorded,
 * answer not known yet; `pending`: the service works on it; the rest have ended. `unknown`: it was sent and nobody knows what
 * became of it, so it may have been charged, and it waits for the user's answer.
 */
export const Training = TrainingWish.extend({
  id: z.uuid(),
  state: z.enum(['queued', 'sending', 'pending', 'succeeded', 'failed', 'cancelled', 'unknown']),
  steps: z.int().nullable(),
  /** When it was asked for. */
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  error: ErrorReportModel.nullable(),
  cost: Cost,
  /** The service's name for this piece of work, as soon as it is known. */
  remoteId: z.string().nullable(),
  model: TrainedModel.nullable(),
  /** How far it is; null unless this program works on it. `fraction` is 0 to 1, a `queuePosition` of 0 means that it runs. */
  progress: z
    .object({ fraction: z.number().nullable(), stage: z.string(), queuePosition: z.int().nullable() })
    .nullable(),
});
export type Training = z.infer<typeof Training>;
