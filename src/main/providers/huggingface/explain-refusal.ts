import { quoteOf, retryAfterOf, type Refusal } from '../http-failures.ts';
import { ProviderError } from '../provider.ts';
import { DetailEntry, RefusalBody } from './answers.ts';

/** How the services behind the router say that they will not draw something. */
const refusedContent =
  /nsfw|content moderation|content detected|content_policy|no_media_generated|flagged|sensitive|safety|\(E005\)/i;
const notServed = /not supported by provider|not (?:been )?found|does not exist|no such model|not available/i;
const longestLoadMs = 120_000;

/** The router's own word for a model that a service no longer runs. */
export function isNotServed(text: string | null): boolean {
  return /not supported by provider/i.test(text ?? '');
}

export function isRefusedContent(text: string | null | undefined): boolean {
  return refusedContent.test(text ?? '');
}

/** The words in a body of any of the shapes that the services use; types of failures are among them. */
export function wordsOf(json: unknown, text: string): string | null {
  const body = RefusalBody.safeParse(json).data;
  if (!body) return quoteOf(text);
  const said = [body.error, body.detail, body.message, body.title].map(wordsIn).find((words) => words !== null);
  return quoteOf([said ?? text, body.error_type ?? ''].join(' '));
}

function wordsIn(said: unknown): string | null {
  if (typeof said === 'string') return said;
  if (Array.isArray(said)) {
    const entries = said.flatMap((entry: unknown) => DetailEntry.safeParse(entry).data ?? []);
    return entries.map(({ msg, type }) => [msg, type].filter(Boolean).join(' — ')).join('; ') || null;
  }
  const { message } = (said ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : null;
}

/** `RateLimit: "api";r=0;t=55`: seconds until the window ends. */
function windowEndOf(header: string | null): number | null {
  const seconds = /;\s*t=(\d+)/.exec(header ?? '')?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}

/** What a refusal of the hub, the router or a service behind it means; null leaves it to the common table. */
export function explainRefusal({ status, json, text, header }: Refusal): ProviderError | null {
  const providerText = wordsOf(json, text);
  const more = { providerText };
  switch (status) {
    case 401:
      return new ProviderError('auth', 'Hugging Face does not know this token. Enter it again.', more);
    case 403:
      if (/balance|locked/i.test(providerText ?? '')) return outOfCredit(providerText);
      return /permission/i.test(providerText ?? '')
        ? new ProviderError(
            'auth',
            'This token may not call Inference Providers. Give it the permission "Make calls to Inference Providers" in your settings at Hugging Face.',
            more,
          )
        : new ProviderError('auth', 'Hugging Face refuses access to this model. It may ask for consent first.', more);
    case 402:
      return outOfCredit(providerText);
    case 400:
    case 404:
    case 422:
      return explainRequest(status, providerText);
    case 429: {
      const retryAfterMs = retryAfterOf(header('retry-after'), Date.now()) ?? windowEndOf(header('ratelimit')) ?? null;
      return new ProviderError('rate_limit', 'Hugging Face asks for a pause before the next request.', {
        ...more,
        retryAfterMs,
      });
    }
    case 503: {
      const seconds = RefusalBody.safeParse(json).data?.estimated_time ?? null;
      if (seconds === null) return null;
      // Nothing was drawn. It is worth waiting for, within reason: the queue gives up after a few tries.
      const retryAfterMs = Math.min(longestLoadMs, Math.max(0, Math.round(seconds * 1000)));
      return new ProviderError('rate_limit', 'Hugging Face is still loading the model.', { ...more, retryAfterMs });
    }
    default:
      return null;
  }
}

function explainRequest(status: number, providerText: string | null): ProviderError {
  const more = { providerText };
  const words = providerText ?? 'it gave no reason';
  if (status !== 404 && isRefusedContent(providerText)) {
    return new ProviderError('content_policy', 'The service behind Hugging Face refused the content.', {
      ...more,
      isFinal: true,
    });
  }
  // Not the request's fault: somebody else may have the model.
  if (status === 404 || notServed.test(words)) {
    return new ProviderError('server', `Hugging Face does not serve this model now: ${words}`, more);
  }
  return new ProviderError('invalid_request', `Hugging Face does not accept this request: ${words}`, more);
}

function outOfCredit(providerText: string | null): ProviderError {
  return new ProviderError(
    'quota',
    'The credit for Inference Providers is used up. Buy credits at Hugging Face, or wait for the next month.',
    { providerText },
  );
}
