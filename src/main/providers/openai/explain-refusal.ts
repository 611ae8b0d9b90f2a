import { retryAfterOf, type Refusal } from '../http-failures.ts';
import { ProviderError } from '../provider.ts';
import { RefusalAnswer } from './answers.ts';

const longestQuote = 300;

/** "violence, self-harm" of `safety_violations=[violence, self-harm]`. */
function violationsIn(message: string): string {
  const named = /safety_violations=\[([^\]]+)\]/.exec(message)?.[1];
  return named === undefined ? '' : ` (${named})`;
}

function pauseOf({ header }: Refusal): number | null {
  const milliseconds = header('retry-after-ms');
  return milliseconds !== null && /^\d+(\.\d+)?$/.test(milliseconds.trim())
    ? Math.round(Number(milliseconds))
    : retryAfterOf(header('retry-after'), Date.now());
}

/** What a refusal of OpenAI means, where that differs from what its status usually means. */
export function explainRefusal(refusal: Refusal): ProviderError | null {
  const { status, json } = refusal;
  const error = RefusalAnswer.safeParse(json).data?.error;
  if (!error) return null;
  const code = error.code ?? '';
  const text = (error.message ?? '').trim().slice(0, longestQuote);
  const more = { providerText: text === '' ? null : text };
  if (status === 401) {
    // Its own words repeat the beginning and the end of the key.
    return new ProviderError(
      'auth',
      'OpenAI does not accept the key. Check it, or make a new one at platform.openai.com.',
    );
  }
  if (code === 'moderation_blocked' || error.type === 'image_generation_user_error') {
    const message = `OpenAI's safety system refused this${violationsIn(error.message ?? '')}. Change the prompt or the pictures.`;
    return new ProviderError('content_policy', message, { ...more, isFinal: true });
  }
  if (code === 'insufficient_quota' || code === 'billing_hard_limit_reached') {
    const message = 'The account at OpenAI has no credit left, or has reached its limit. Look at its billing page.';
    return new ProviderError('quota', message, more);
  }
  if (status === 429) {
    const message = 'OpenAI asks for a pause: this account may not make more pictures in a minute.';
    return new ProviderError('rate_limit', message, { ...more, retryAfterMs: pauseOf(refusal) });
  }
  if (code === 'model_not_found') {
    const message = 'OpenAI has no such model (any more) for this account. Choose another one.';
    // Nothing is wrong with the request: another service may do it.
    return new ProviderError('server', message, { ...more, isFinal: true });
  }
  if (status === 403) {
    const message = `OpenAI does not allow this key to do that: ${text || 'it gave no reason'}`;
    return new ProviderError('auth', message, more);
  }
  if (status === 400) {
    const where = error.param ? ` (${error.param})` : '';
    return new ProviderError(
      'invalid_request',
      `OpenAI does not accept this${where}: ${text || 'no reason given'}`,
      more,
    );
  }
  return null;
}
