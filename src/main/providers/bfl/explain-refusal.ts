import { quoteOf, retryAfterOf, type Refusal } from '../http-failures.ts';
import { ProviderError } from '../provider.ts';
import { FieldProblem, RefusalBody } from './answers.ts';

/** The service's own words, from whichever field it put them in. */
export function wordsOf(json: unknown, text: string): string | null {
  const body = RefusalBody.safeParse(json).data;
  const said = body?.detail ?? body?.message ?? body?.error ?? null;
  if (typeof said === 'string') return quoteOf(said);
  const problems = Array.isArray(said) ? said.flatMap((problem) => FieldProblem.safeParse(problem).data ?? []) : [];
  if (problems.length === 0) return quoteOf(text);
  return quoteOf(
    problems.map(({ loc, msg }) => `${(loc ?? []).filter((part) => part !== 'body').join('.')}: ${msg}`).join('; '),
  );
}

/** What a refusal of a submission or of the credits means; null leaves it to the common table. */
export function explainRefusal({ status, json, text, header }: Refusal): ProviderError | null {
  const providerText = wordsOf(json, text);
  const more = { providerText };
  switch (status) {
    case 401:
    case 403:
      return /invalid authentication/i.test(providerText ?? '')
        ? new ProviderError('auth', 'Black Forest Labs does not know this API key. Enter it again.', more)
        : new ProviderError('auth', 'This API key may not use this model of Black Forest Labs.', more);
    case 400:
    case 422: {
      const message = `Black Forest Labs does not accept this request: ${providerText ?? 'it gave no reason'}`;
      return new ProviderError('invalid_request', message, more);
    }
    case 404:
      // Not the request's fault: somebody else may have the model.
      return new ProviderError('server', 'Black Forest Labs no longer has this model. Choose another one.', more);
    case 429: {
      const retryAfterMs = retryAfterOf(header('retry-after'), Date.now());
      const message = 'Black Forest Labs is at work on as many pictures of this account as it takes. Waiting.';
      return new ProviderError('rate_limit', message, { ...more, retryAfterMs });
    }
    default:
      return null;
  }
}
