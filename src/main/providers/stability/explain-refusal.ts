import type { ProviderErrorCode } from '../../../shared/errors.ts';
import { quoteOf, retryAfterOf, type Refusal } from '../http-failures.ts';
import { ProviderError } from '../provider.ts';
import { Refused } from './answers.ts';

/** Whoever asks too often is locked out this long. */
const lockedOutMs = 60_000;

interface Meaning {
  readonly code: ProviderErrorCode;
  readonly message: string;
}

/** What a refusal means; null where the common table knows it. `ofTask`: it is the end of a piece of work, not of a question about it. */
export function explainRefusal(refusal: Refusal, { ofTask = false } = {}): ProviderError | null {
  const parsed = Refused.safeParse(refusal.json);
  const body = parsed.success ? parsed.data : {};
  const meaning = meaningOf(refusal.status, body.name ?? null);
  if (!meaning) return null;
  const words = body.errors?.length ? body.errors.join(' ') : body.message;
  const waitMs = retryAfterOf(refusal.header('retry-after'), Date.now()) ?? 0;
  return new ProviderError(meaning.code, meaning.message, {
    providerText: quoteOf(words ?? refusal.text),
    retryAfterMs: meaning.code === 'rate_limit' ? Math.max(lockedOutMs, waitMs) : null,
    isFinal: ofTask && ['content_policy', 'invalid_request', 'server'].includes(meaning.code),
  });
}

function meaningOf(status: number, name: string | null): Meaning | null {
  switch (status) {
    case 400:
      return { code: 'invalid_request', message: 'Stability AI does not accept this request.' };
    case 401:
      return { code: 'auth', message: 'Stability AI does not accept the API key. Enter another one in the settings.' };
    case 402:
      return { code: 'quota', message: 'Your account at Stability AI has too few credits for this. Top it up there.' };
    case 403:
      return name === 'content_moderation'
        ? { code: 'content_policy', message: 'Stability AI refused the prompt or the image. Nothing was charged.' }
        : { code: 'auth', message: 'Stability AI does not allow this with your API key.' };
    case 413:
      return { code: 'invalid_request', message: 'Stability AI takes 10 MB at most. Use a smaller image.' };
    case 422:
      return meaningOfUnprocessable(name);
    case 429:
      return { code: 'rate_limit', message: 'Stability AI asks for a pause of a minute.' };
    default:
      return null;
  }
}

function meaningOfUnprocessable(name: string | null): Meaning {
  switch (name) {
    case 'public_figure':
      return { code: 'content_policy', message: 'Stability AI does not change pictures of public figures.' };
    case 'invalid_language':
      // Others may understand it, so this must not stop the job: it counts as the service's own shortcoming.
      return { code: 'server', message: 'Stability AI understands English only. Write the prompt in English.' };
    default:
      return { code: 'invalid_request', message: 'Stability AI can not work with this request.' };
  }
}
