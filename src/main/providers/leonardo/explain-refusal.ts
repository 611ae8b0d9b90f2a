import { z } from 'zod';
import { quoteOf, type Refusal } from '../http-failures.ts';
import { ProviderError } from '../provider.ts';

const FlatError = z.object({ error: z.string(), code: z.string().nullish() });
const GraphqlError = z.object({
  message: z.string(),
  extensions: z.unknown().optional(),
  path: z.unknown().optional(),
});
const GraphqlErrors = z.union([
  z.array(GraphqlError).min(1),
  GraphqlError.transform((error) => [error]),
  z.object({ errors: z.array(GraphqlError).min(1) }).transform(({ errors }) => errors),
]);

/** The service's own words for what is wrong, whichever of its interfaces says them; null where it says nothing is. */
export function wordsOf(json: unknown): { text: string; isValidation: boolean } | null {
  const flat = FlatError.safeParse(json);
  if (flat.success) return { text: `${flat.data.error} ${flat.data.code ?? ''}`.trim(), isValidation: false };
  const errors = GraphqlErrors.safeParse(json);
  if (!errors.success) return null;
  return { text: errors.data.map(({ message }) => message).join(' '), isValidation: true };
}

/** Its statuses say little, so its words are read first. Null: only the status tells. */
export function failureOf({ text, isValidation }: { text: string; isValidation: boolean }): ProviderError | null {
  const more = { providerText: quoteOf(text) };
  if (/authorization hook|authentication hook|access-denied/i.test(text)) {
    return new ProviderError('auth', 'Leonardo refuses the key, or the key has no access to the API.', more);
  }
  if (/not enough api tokens/i.test(text)) {
    return new ProviderError('quota', 'The Leonardo account has no API credits left for this.', more);
  }
  if (/content moderation|moderated|moderation/i.test(text)) {
    const message = 'Leonardo refuses the content of this prompt or picture. Change it and try again.';
    return new ProviderError('content_policy', message, more);
  }
  if (!isValidation) return null;
  return new ProviderError('invalid_request', `Leonardo does not accept this request. It says: ${text}`, more);
}

export function explainRefusal({ json, status }: Refusal): ProviderError | null {
  const words = wordsOf(json);
  // A server in trouble may use the form of a validation as well.
  return words ? failureOf({ ...words, isValidation: words.isValidation && status < 429 }) : null;
}
