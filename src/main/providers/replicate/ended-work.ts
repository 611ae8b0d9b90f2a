import { quoteOf } from '../http-failures.ts';
import { ProviderError } from '../provider.ts';
import type { PredictionAnswer, TrainingAnswer } from './answers.ts';

type Work = Pick<PredictionAnswer | TrainingAnswer, 'status' | 'error' | 'deadline' | 'completed_at'>;

const forbidden = /NSFW|flagged as sensitive|\(E005\)/i;

/** How a prediction or training stands. Failures are the service's own report and so the end. Throws ProviderError for them. */
export function hasSucceeded(work: Work): boolean {
  switch (work.status) {
    case 'succeeded':
      return true;
    case 'failed':
      throw failureOf(typeof work.error === 'string' ? work.error : JSON.stringify(work.error ?? null));
    case 'canceled':
      throw isPastDeadline(work)
        ? new ProviderError('timeout', 'Replicate stopped this, as it took longer than Easel allows.', {
            isFinal: true,
          })
        : new ProviderError('cancelled', 'This was cancelled at Replicate.', { isFinal: true });
    case 'aborted':
      throw new ProviderError('timeout', 'Replicate could not begin this in time. It was not charged.', {
        isFinal: true,
        cost: { kind: 'reported', usd: 0 },
      });
    default:
      return false;
  }
}

function failureOf(words: string): ProviderError {
  const more = { providerText: quoteOf(words), isFinal: true };
  if (forbidden.test(words)) {
    const message = 'Replicate refuses this: a checker took the prompt or the result for forbidden content.';
    return new ProviderError('content_policy', message, more);
  }
  if (words.includes('E6716')) return new ProviderError('timeout', 'The model did not start in time.', more);
  if (words.includes('E1001')) {
    return new ProviderError('invalid_request', 'The model ran out of memory. Ask for a smaller picture.', more);
  }
  return new ProviderError('server', `The model failed at Replicate: ${words}`, more);
}

/** Canceled by itself, not by us: only the dates tell. */
function isPastDeadline({ deadline, completed_at: completedAt }: Work): boolean {
  if (!deadline || !completedAt) return false;
  return Date.parse(completedAt) >= Date.parse(deadline);
}
