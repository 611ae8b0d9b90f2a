import { z } from 'zod';
import { GenerationRequest } from '../models/generation-request.ts';
import { Job, JobProgress, JobState, JobWithAttempts, ListedJob } from '../models/job.ts';
import { QueueState } from '../models/events.ts';
import { operation } from './operation.ts';

const JobId = z.object({ id: z.uuid().describe('The job') });

export const jobs = {
  create: operation({ summary: 'Put a request into the queue', access: 'write' })
    .input(GenerationRequest.extend({ front: z.boolean().default(false) }))
    .output(Job),

  list: operation({ summary: 'Show jobs, newest first', command: 'jobs list', access: 'read' })
    .input(
      z.object({
        state: JobState.optional().describe('Only jobs in this state'),
        limit: z.int().min(1).max(500).default(50).describe('At most this many'),
        before: z.uuid().optional().describe('Only jobs older than this one: the last id of the page before'),
      }),
    )
    .output(z.object({ jobs: z.array(ListedJob), next: z.uuid().nullable() })),

  show: operation({ summary: 'Show a job with its attempts', command: 'jobs show', positional: ['id'], access: 'read' })
    .input(JobId)
    .output(JobWithAttempts),

  cancel: operation({ summary: 'Cancel a job', command: 'jobs cancel', positional: ['id'], access: 'write' })
    .input(JobId)
    .output(Job),

  retry: operation({
    summary: 'Queue a failed or cancelled job again',
    command: 'jobs retry',
    positional: ['id'],
    access: 'write',
  })
    .input(JobId)
    .output(Job),

  /**
   * Asks the provider what became of a request whose answer was lost. `found`: it is fetched now; `absent`: it never arrived, so
   * nothing was charged, and the job can be retried; `unsure`: the provider can't tell, and the job goes on waiting for an answer.
   */
  check: operation({
    summary: 'Look whether a request that may have been charged arrived',
    command: 'jobs check',
    positional: ['id'],
    access: 'write',
  })
    .input(JobId)
    .output(z.object({ outcome: z.enum(['found', 'absent', 'unsure']), message: z.string(), job: Job })),

  /** The user's yes: to a second charge where the first one is not known, or to a price that rose. */
  sendAgain: operation({
    summary: 'Send a job that needs an answer, knowing it may be charged twice or costs more',
    command: 'jobs send-again',
    positional: ['id'],
    access: 'write',
  })
    .input(JobId)
    .output(Job),

  giveUp: operation({
    summary: 'Give up a job that needs an answer',
    command: 'jobs give-up',
    positional: ['id'],
    access: 'write',
  })
    .input(JobId)
    .output(Job),

  /** Everything the queue drawer shows: what waits, in order, what runs, with progress, and what ended and was not cleared. */
  queue: operation({ summary: 'The queue as it stands', access: 'read' }).output(
    z.object({
      state: QueueState,
      running: z.array(Job),
      queued: z.array(Job),
      ended: z.array(Job),
      progress: z.array(JobProgress),
    }),
  ),

  pause: operation({ summary: 'Start no further job', access: 'write' }).output(QueueState),
  resume: operation({ summary: 'Go on with the queue', access: 'write' }).output(QueueState),
  putFirst: operation({ summary: 'Run this job next', access: 'write' }).input(JobId).output(Job),
  /** Moves a queued job in front of another one; `before: null` moves it to the end. */
  move: operation({ summary: 'Change the order of the queue', access: 'write' })
    .input(z.object({ id: z.uuid(), before: z.uuid().nullable() }))
    .output(Job),
  cancelQueued: operation({ summary: 'Cancel all jobs but the running ones', access: 'write' }).output(
    z.object({ cancelled: z.array(z.uuid()) }),
  ),
  /** Jobs leave the drawer, their images and history stay. */
  clearEnded: operation({ summary: 'Clear finished jobs from the queue', access: 'write' }).output(
    z.object({ cleared: z.array(z.uuid()) }),
  ),
};
