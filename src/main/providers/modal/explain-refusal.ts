import type { ProviderErrorCode } from '../../../shared/errors.ts';
import { lostAnswer, quoteOf, retryAfterOf, type Peer, type Refusal } from '../http-failures.ts';
import { ProviderError } from '../provider.ts';
import { ErrorEnvelope, ValidationAnswer, type ErrorInfo } from './answers.ts';

export type Explain = (refusal: Refusal) => ProviderError | null;

interface Meaning {
  readonly code: ProviderErrorCode;
  readonly words: string;
}

const meanings: Readonly<Partial<Record<string, Meaning>>> = {
  invalid_request: { code: 'invalid_request', words: 'Your Modal app does not accept this request' },
  unauthorized: { code: 'auth', words: 'Your Modal app refuses access' },
  not_found: { code: 'invalid_request', words: 'Your Modal app does not know this' },
  conflict: { code: 'invalid_request', words: 'Your Modal app has another request of this name' },
  content_policy: { code: 'content_policy', words: 'Your Modal app refused this because of its content policy' },
  payload_too_large: { code: 'invalid_request', words: 'The image is larger than your Modal app takes' },
  rate_limited: { code: 'rate_limit', words: 'Your Modal app asks for a pause' },
  out_of_memory: { code: 'server', words: 'The graphics card of your Modal app ran out of memory; try a smaller size' },
  timeout: { code: 'timeout', words: 'Your Modal app took longer than it may' },
  internal: { code: 'server', words: 'Your Modal app failed' },
  unavailable: { code: 'server', words: 'Your Modal app is not available now' },
};

/** What an error of the contract means; null for a code that it does not have. */
function failureOfCode(
  { code, message, field }: ErrorInfo,
  more: { isFinal?: boolean; retryAfterMs?: number | null } = {},
): ProviderError | null {
  const meaning = meanings[code ?? ''];
  if (!meaning) return null;
  const details = [field ?? '', message ?? ''].filter((each) => each !== '').join(': ');
  const said = quoteOf(details);
  return new ProviderError(meaning.code, said === null ? `${meaning.words}.` : `${meaning.words}: ${said}`, {
    ...more,
    providerText: said,
  });
}

/** How a job ended that did not succeed. */
export function failureOfJob(error: ErrorInfo | null | undefined): ProviderError {
  const said = quoteOf(error?.message ?? '');
  return (
    failureOfCode(error ?? {}, { isFinal: true }) ??
    new ProviderError('server', `Your Modal app failed: ${said ?? 'it gave no reason'}`, {
      isFinal: true,
      providerText: said,
    })
  );
}

/** Answers of Modal itself, which never reach the app: plain text, told apart by status and keyword. */
function failureOfPlatform({ status, text }: Refusal): ProviderError | null {
  const more = { providerText: quoteOf(text) };
  if (status === 401) {
    return new ProviderError('auth', 'Modal does not let this proxy token in. Check both halves of it.', more);
  }
  if (status === 404 && text.includes('function call')) {
    return new ProviderError('task_lost', 'Modal does not know this piece of work any more.', more);
  }
  if (status === 404 && text.includes('disabled')) {
    return new ProviderError('auth', 'Modal has disabled the workspace of your app. Look at your account there.', more);
  }
  if (status === 404) {
    return new ProviderError(
      'server',
      'Your Modal app is stopped or was never deployed. Run modal deploy again.',
      more,
    );
  }
  if (status === 429 && /spend limit|billing/i.test(text)) {
    return new ProviderError('quota', 'The spend limit of your Modal workspace is reached. Raise it there.', more);
  }
  return null;
}

/** What a refusal means. Null leaves it to the common table. */
export const explainRefusal: Explain = (refusal) => {
  const { json, text, header } = refusal;
  if (text.startsWith('modal-http:')) return failureOfPlatform(refusal);
  const envelope = ErrorEnvelope.safeParse(json).data;
  if (envelope) return failureOfCode(envelope.error, { retryAfterMs: retryAfterOf(header('retry-after'), Date.now()) });
  const [first] = ValidationAnswer.safeParse(json).data?.detail ?? [];
  if (!first) return null;
  const field = (first.loc ?? []).filter((part) => part !== 'body').join('.');
  return failureOfCode({ code: 'invalid_request', field, message: first.msg });
};

/** The same for the paid call: an app that ran out of time has worked, and an attempt of another name would be paid as well. */
export const explainPaidRefusal: Explain = (refusal) => {
  const failure = explainRefusal(refusal);
  return failure?.code === 'timeout' ? lostAnswer(peer, failure) : failure;
};

const peer: Peer = { name: 'Modal', address: 'Modal', remedy: '' };

/** The same for questions about a job: what is unknown there is gone. */
export const explainJobRefusal: Explain = (refusal) => {
  const isUnknown = refusal.status === 404 && ErrorEnvelope.safeParse(refusal.json).data?.error.code === 'not_found';
  if (!isUnknown) return explainRefusal(refusal);
  return new ProviderError('task_lost', 'Your Modal app does not know this job any more.', {
    providerText: quoteOf(refusal.text),
  });
};

/** The same for the connection test: an address without the contract's paths is another kind of app. */
export const explainMissingContract: Explain = (refusal) => {
  if (refusal.status !== 404 || refusal.text.startsWith('modal-http:')) return explainRefusal(refusal);
  const message =
    'Nothing at this address speaks imagegen/1. If your app is one function that takes a prompt, enter simple as its kind.';
  return new ProviderError('server', message, { providerText: quoteOf(refusal.text) });
};
