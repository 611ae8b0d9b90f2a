import { z } from 'zod';
import { TrainedModel, Training, TrainingWish } from '../models/training.ts';
import { operation } from './operation.ts';

const TrainingId = z.object({ id: z.uuid().describe('The training') });

export const training = {
  /** Puts it down to be sent; a provider trains one model at a time. */
  start: operation({ summary: 'Train a model of your own', access: 'write' }).input(TrainingWish).output(Training),

  list: operation({ summary: 'Show trainings, newest first', command: 'training list', access: 'read' })
    .input(
      z.object({
        limit: z.int().min(1).max(500).default(50).describe('At most this many'),
        before: z.uuid().optional().describe('Only trainings older than this one: the last id of the page before'),
      }),
    )
    .output(z.object({ trainings: z.array(Training), next: z.uuid().nullable() })),

  show: operation({ summary: 'Show a training', command: 'training show', positional: ['id'], access: 'read' })
    .input(TrainingId)
    .output(Training),

  /** What the service has done by then may be charged. */
  cancel: operation({
    summary: 'Cancel a training, at the provider too where it can be',
    command: 'training cancel',
    positional: ['id'],
    access: 'write',
  })
    .input(TrainingId)
    .output(Training),

  /**
   * Answers for a training that may have been charged. `sendAgain` ends it and puts down a new one like it, which may be charged a
   * second time, and which is what comes back; `giveUp` ends it.
   */
  answer: operation({
    summary: 'Say what is to become of a training that may have been charged',
    command: 'training answer',
    positional: ['id', 'answer'],
    access: 'write',
  })
    .input(TrainingId.extend({ answer: z.enum(['sendAgain', 'giveUp']).describe('sendAgain or giveUp') }))
    .output(Training),

  /** Newest first. */
  models: operation({ summary: 'Show the models that came of trainings', command: 'training models', access: 'read' })
    .input(z.object({ provider: z.string().optional().describe('Only those of this provider') }))
    .output(
      z.object({
        models: z.array(
          TrainedModel.extend({
            provider: z.string(),
            triggerWord: z.string(),
            trainingId: z.uuid(),
            madeAt: z.number(),
          }),
        ),
      }),
    ),
};
