import { retryAfterOf, type Refusal } from '../http-failures.ts';
import { ProviderError } from '../provider.ts';
import { RefusalAnswer } from './answers.ts';

const longestQuote = 300;
/** Less than this is answered with the same refusal. */
const shortestPauseMs = 2500;

/** A bad parameter and a refused picture have the same status: only the words tell. */
const isAboutContent = /nsfw|content moderation|content detected|flagged|safety/i;
const isAboutLength = /too long|length|tokens|characters/i;

function pauseOf({ header }: Refusal): number {
  const milliseconds = header('retry-after-ms');
  const told =
    milliseconds !== null && /^\d+(\.\d+)?$/.test(milliseconds.trim())
      ? Math.round(Number(milliseconds))
      : retryAfterOf(header('retry-after'), Date.now());
  return Math.max(shortestPauseMs, told ?? 0);
}

/** What a refusal of Together AI means, where that differs from what its status usually means. */
export function explainRefusal(refusal: Refusal): ProviderError | null {
  const { status, json } = refusal;
  const error = RefusalAnswer.safeParse(json).data?.error;
  const text = (error?.message ?? '').trim().slice(0, longestQuote);
  const more = { providerText: text === '' ? null : text };
  if (status === 429) {
    const message = 'Together AI asks for a pause: too many requests in a short time.';
    return new ProviderError('rate_limit', message, { ...more, retryAfterMs: pauseOf(refusal) });
  }
  if (status === 403 && !error) {
    // Its gate, not the service: a key has not been looked at.
    return new ProviderError('server', 'The gate in front of Together AI blocks this computer (403). Try again later.');
  }
  if (!error) return null;
  if ((status === 400 || status === 422) && isAboutContent.test(error.message ?? '')) {
    const message =
      'Together AI withheld the picture: its filter found it unsuitable. Change the prompt or the pictures.';
    return new ProviderError('content_policy', message, { ...more, isFinal: true });
  }
  if (error.type === 'credit_limit') {
    const message = 'The account at Together AI has no credit left. After paying, it takes up to five minutes.';
    return new ProviderError('quota', message, more);
  }
  if (status === 404 || error.code === 'model_not_available') {
    const message = 'Together AI does not offer this model to this account (any more). Choose another one.';
    return new ProviderError('invalid_request', message, more);
  }
  if (status === 403) {
    return isAboutLength.test(text)
      ? new ProviderError('invalid_request', `This is too long for Together AI: ${text}`, more)
      : new ProviderError('auth', `Together AI does not allow this key to do that: ${text || 'no reason given'}`, more);
  }
  if (status === 400 || status === 422) {
    return new ProviderError('invalid_request', `Together AI does not accept this: ${text || 'no reason given'}`, more);
  }
  return null;
}
