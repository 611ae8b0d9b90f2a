import type { ProviderErrorCode } from '../../../shared/errors.ts';
import { quoteOf, type Refusal } from '../http-failures.ts';
import { ProviderError } from '../provider.ts';
import { RefusalAnswer } from './answers.ts';

/** What fal's own names of failures mean; names that are not here are told apart by their status. */
const meanings: Readonly<Record<string, ProviderErrorCode>> = {
  content_policy_violation: 'content_policy',
  no_media_generated: 'content_policy',
  generation_timeout: 'timeout',
  request_timeout: 'timeout',
  startup_timeout: 'timeout',
  client_cancelled: 'cancelled',
  client_disconnected: 'server',
  downstream_service_error: 'server',
  downstream_service_unavailable: 'server',
};

const sentences: Readonly<Partial<Record<ProviderErrorCode, string>>> = {
  content_policy: 'fal refuses this: a checker took the prompt, the reference or the result for forbidden content.',
  timeout: 'The model took too long at fal.',
  cancelled: 'This was cancelled at fal.',
  server: 'The model failed at fal.',
  quota:
    'The account at fal is locked, because its balance is used up or a payment is missing. Top it up at fal.ai/dashboard/billing.',
};

interface Reading {
  /** fal's own name of the failure; null where the answer has none. */
  readonly type: string | null;
  readonly words: string;
  /** Whether it is the answer of fal itself: gateways don't speak like this. */
  readonly hasDetail: boolean;
}

/** Refusals of the question for a result: a key, a request that isn't known, too many questions. */
const aboutAsking: readonly number[] = [401, 403, 404, 429];

function readRefusal({ json, text, header }: Refusal): Reading {
  const parsed = RefusalAnswer.safeParse(json);
  const { detail, error_type: errorType, error } = parsed.success ? parsed.data : {};
  const list = Array.isArray(detail) ? detail : [];
  const known = list.find(({ type }) => type && type in meanings) ?? list[0];
  const words = list.map(({ loc, msg }) => {
    const field = (loc ?? []).filter((part) => part !== 'body').join('.');
    return field === '' ? (msg ?? '') : `${field}: ${msg ?? ''}`;
  });
  return {
    type: known?.type ?? errorType ?? header('x-fal-error-type'),
    words: typeof detail === 'string' ? detail : words.join('; ') || (error?.message ?? text),
    hasDetail: detail !== undefined && detail !== null,
  };
}

/** What a refusal of a request means that is not the end of an accepted one; null leaves it to the common table. */
export function explainRefusal(refusal: Refusal): ProviderError | null {
  const { status } = refusal;
  // Whether a request arrived that a gateway gave up is not known, whatever the gateway calls it.
  if (status >= 500 || status === 401 || status === 429) return null;
  const { type, words } = readRefusal(refusal);
  const providerText = quoteOf(words);
  if (status === 403 && /locked|balance|budget|payment|top up/i.test(words)) {
    return new ProviderError('quota', sentences.quota ?? words, { providerText });
  }
  const code = type === null ? undefined : meanings[type];
  if (code) return new ProviderError(code, sentences[code] ?? words, { providerText });
  if (status !== 422) return null;
  return new ProviderError('invalid_request', `fal does not accept this request: ${words}`, { providerText });
}

/**
 * What a refused submission means. A gateway's own error has no id of a request; one that has it came from behind the gateway,
 * so that the request arrived and may still run.
 */
export function explainSubmission(refusal: Refusal): ProviderError | null {
  const id = refusal.header('x-fal-request-id');
  if (refusal.status < 500 || id === null) return explainRefusal(refusal);
  const message = `fal took the request (${id}) and answered with an error of its own, so this may have been charged.`;
  return new ProviderError('unknown_outcome', message, { providerText: quoteOf(readRefusal(refusal).words) });
}

/** fal no longer knows, or never knew, what is asked about. */
export function explainPoll(refusal: Refusal): ProviderError | null {
  if (refusal.status === 404) return new ProviderError('task_lost', 'fal does not know this request.');
  return explainRefusal(refusal);
}

/**
 * A completed request that answers with a refusal has failed: that is the only way fal says so. `statusType` is the name that the
 * status gave. A refusal that names no failure, and one without any words of the model, is about the question, which can be asked again.
 */
export function explainResult(refusal: Refusal, statusType: string | null): ProviderError | null {
  const reading = readRefusal(refusal);
  const type = statusType ?? reading.type;
  const { status } = refusal;
  const { words, hasDetail } = reading;
  const isAboutAsking = aboutAsking.includes(status) || (status === 400 && /still in progress/i.test(words));
  if (type === null && (isAboutAsking || !hasDetail)) return explainPoll(refusal);
  return failedRequest({ type, words, status, isRetryable: mayBeRepeated(refusal) });
}

/** The end of a request as fal reports it. `status`: of the answer in which it did; null where that was none of a failure. */
export function failedRequest(
  failure: Pick<Reading, 'type' | 'words'> & { status: number | null; isRetryable: boolean },
): ProviderError {
  const { type, words, status, isRetryable } = failure;
  const named = type === null ? undefined : meanings[type];
  const bare = status === 499 ? 'cancelled' : status === null || status >= 500 ? 'server' : 'invalid_request';
  const code = named === 'timeout' && !isRetryable ? 'server' : (named ?? bare);
  const message =
    code === 'invalid_request' ? `fal can't do this request: ${words}` : (sentences[named ?? code] ?? words);
  // Whatever else may be charged, errors of the service itself never are.
  const cost = status !== null && status >= 500 ? ({ kind: 'reported', usd: 0 } as const) : null;
  return new ProviderError(code, message, { providerText: quoteOf(words), isFinal: true, cost });
}

function mayBeRepeated({ header }: Refusal): boolean {
  return (header('x-fal-retryable') ?? header('x-fal-needs-retry')) !== 'false';
}
