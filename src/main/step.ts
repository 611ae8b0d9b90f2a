import { channel } from 'node:diagnostics_channel';

/** The points of an image's life at which a crash must lose nothing. */
export type Step =
  | 'job-recorded'
  | 'attempt-recorded'
  | 'before-submit'
  | 'after-submit'
  | 'task-recorded'
  | 'pending'
  | 'downloading'
  | 'file-written'
  | 'row-written'
  | 'file-moved'
  | 'event-sent'
  | 'thumbnailing'
  | 'trash-recorded'
  | 'trash-moved'
  | 'alt-text-recorded'
  | 'rating-recorded';

const steps = channel('easel:step');

/** Tells whoever listens (nobody, outside of crash tests) that this point has been reached. */
export function step(name: Step): void {
  if (steps.hasSubscribers) steps.publish(name);
}
