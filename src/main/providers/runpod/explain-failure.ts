import { failureOfStatus, lostAnswer, quoteOf, type Peer, type Refusal } from '../http-failures.ts';
import { ProviderError } from '../provider.ts';
import { ErrorText, JobAnswer, RefusalAnswer } from './answers.ts';

const policyWords = /nsfw|safety|content.?polic|moderat|flagged|sensitive/i;
const memoryWords = /out of memory/i;
const inputWords = /invalid|must be|is required|not a valid|unexpected input|not in list|does not exist/i;

/** What people can read of an error: workers write JSON into a string, public endpoints text with JSON behind it. */
export function wordsOf(error: unknown): string | null {
  if (typeof error === 'string') {
    const fromJson = wordsOfJson(error) ?? wordsOfJson(error.slice(Math.max(0, error.lastIndexOf('{'))));
    return quoteOf(fromJson ?? error);
  }
  if (Array.isArray(error)) return quoteOf(error.map((each) => wordsOf(each) ?? '').join(' '));
  const { error_message, message, error: inner } = ErrorText.safeParse(error).data ?? {};
  return quoteOf(error_message ?? message ?? inner ?? '');
}

function wordsOfJson(text: string): string | null {
  try {
    const parsed = JSON.parse(text) as unknown;
    return typeof parsed === 'string' ? parsed : wordsOf(parsed);
  } catch {
    return null;
  }
}

/** What a worker's own words mean. Asking again about the job would give the same answer. */
export function failureOfWords(words: string | null): ProviderError {
  const more = { providerText: words, isFinal: true };
  const text = words ?? '';
  if (policyWords.test(text)) {
    return new ProviderError('content_policy', 'RunPod refused this because of its content policy.', more);
  }
  if (memoryWords.test(text)) {
    const message = 'The graphics card of the RunPod worker ran out of memory. Try a smaller size.';
    return new ProviderError('server', message, more);
  }
  if (inputWords.test(text)) {
    return new ProviderError('invalid_request', `RunPod does not accept this request: ${text}`, more);
  }
  return new ProviderError('server', `The RunPod worker failed: ${text === '' ? 'it gave no reason' : text}`, more);
}

/** Throws what went wrong with a job that has ended without success; does nothing for any other. `isFree`: failures are not charged. */
export function throwIfFailed({ status, error, output }: JobAnswer, isFree: boolean): void {
  switch (status) {
    case 'FAILED': {
      const failure = failureOfWords(wordsOf(error) ?? wordsOf(output));
      if (!isFree) throw failure;
      const { code, message, providerText } = failure;
      throw new ProviderError(code, message, { providerText, isFinal: true, cost: { kind: 'reported', usd: 0 } });
    }
    case 'CANCELLED':
      throw new ProviderError('cancelled', 'It was stopped at RunPod.', { isFinal: true });
    case 'TIMED_OUT': {
      const message = 'The RunPod worker took longer than its endpoint allows, or none was free in time.';
      throw new ProviderError('timeout', message, { isFinal: true, providerText: wordsOf(error) });
    }
    default:
  }
}

const peer: Peer = { name: 'RunPod', address: 'RunPod', remedy: '' };

/**
 * The same as `explainRefusalOf` for the paid call. There is no way to look whether a job was begun, so an error of RunPod's own
 * says nothing of that, unless it is the end of the job in so many words.
 */
export function explainPaidRefusalOf(endpointId: string): (refusal: Refusal) => ProviderError | null {
  const explain = explainRefusalOf(endpointId);
  return (refusal) => {
    if (refusal.status < 500) return explain(refusal);
    const { data: job } = JobAnswer.safeParse(refusal.json);
    return job?.status === 'FAILED'
      ? failureOfWords(wordsOf(job.error))
      : lostAnswer(peer, failureOfStatus(refusal, peer));
  };
}

/** What a refusal of a new job means; bodies of most are not documented. Null leaves it to the common table. */
export function explainRefusalOf(endpointId: string): (refusal: Refusal) => ProviderError | null {
  return ({ status, json, text }) => {
    if (status === 404) {
      const message = `RunPod has no endpoint "${endpointId}", or this key may not use it. Check the endpoint's id in the settings.`;
      return new ProviderError('invalid_request', message, { providerText: quoteOf(text) });
    }
    if (status !== 400 && status !== 422) return null;
    const { error, message, detail } = RefusalAnswer.safeParse(json).data ?? {};
    const words = wordsOf(error) ?? wordsOf(message) ?? wordsOf(detail) ?? quoteOf(text);
    if (words !== null && policyWords.test(words)) return failureOfWords(words);
    return new ProviderError('invalid_request', `RunPod does not accept this request: ${words ?? `status ${status}`}`, {
      providerText: words,
    });
  };
}
