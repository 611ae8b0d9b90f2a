import { quoteOf, retryAfterOf, type Refusal } from '../http-failures.ts';
import { ProviderError } from '../provider.ts';
import { RefusalAnswer } from './answers.ts';

/** What a refusal means; null leaves it to the common table. */
export function explainRefusal({ status, json, text, header }: Refusal): ProviderError | null {
  const parsed = RefusalAnswer.safeParse(json);
  const { title, detail, retry_after: retryAfter } = parsed.success ? parsed.data : {};
  const words = (detail ?? title ?? text).trim();
  const providerText = quoteOf(words);
  switch (status) {
    case 429: {
      // Where a pause is named differs with the reason for it.
      const named = typeof retryAfter === 'number' ? retryAfter * 1000 : secondsIn(words);
      const retryAfterMs = retryAfterOf(header('retry-after'), Date.now()) ?? named;
      return new ProviderError('rate_limit', 'Replicate asks for a pause before the next request.', {
        providerText,
        retryAfterMs,
      });
    }
    case 403:
    case 404:
      return new ProviderError(
        'invalid_request',
        `Replicate has no such model, or this token may not use it: ${words}`,
        { providerText },
      );
    case 422:
      return new ProviderError('invalid_request', `Replicate does not accept this request: ${words}`, { providerText });
    default:
      return null;
  }
}

function secondsIn(words: string): number | null {
  const seconds = /~\s*(\d+(?:\.\d+)?)\s*s/.exec(words)?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}

/** Replicate does not know, or no longer knows, what is asked about. */
export function explainPoll(refusal: Refusal): ProviderError | null {
  if (refusal.status === 404) return new ProviderError('task_lost', 'Replicate does not know this prediction.');
  return refusal.status === 403 ? null : explainRefusal(refusal);
}
