import type { z } from 'zod';
import type { ProviderErrorCode } from '../../../shared/errors.ts';
import { quoteOf, retryAfterOf, type Refusal } from '../http-failures.ts';
import { ProviderError } from '../provider.ts';
import { Refused } from './answers.ts';

type Said = z.infer<typeof Refused>['error'];

interface Meaning {
  readonly code: ProviderErrorCode;
  readonly message: string;
}

/** What a refusal means; null where the common table knows it. */
export function explainRefusal(refusal: Refusal): ProviderError | null {
  const { data } = Refused.safeParse(refusal.json);
  const said: Said = data?.error ?? {};
  const meaning = meaningOf(refusal.status, said);
  if (!meaning) return null;
  return new ProviderError(meaning.code, meaning.message, {
    providerText: quoteOf(said.message ?? refusal.text),
    retryAfterMs: meaning.code === 'rate_limit' ? retryAfterMs(said, refusal) : null,
  });
}

function meaningOf(status: number, said: Said): Meaning | null {
  switch (status) {
    case 400:
      if (reasonsOf(said).includes('API_KEY_INVALID')) {
        return { code: 'auth', message: 'Google does not accept the API key. Enter another one in the settings.' };
      }
      if (said.status === 'FAILED_PRECONDITION') {
        return {
          code: 'quota',
          message: 'Google asks for billing to be set up for this key, or does not serve your country.',
        };
      }
      return { code: 'invalid_request', message: 'Gemini does not accept this request.' };
    case 402:
      return { code: 'quota', message: 'The prepaid credits of your Google project are used up. Top them up there.' };
    case 403:
      return {
        code: 'auth',
        message: 'Google does not allow this with your API key: it is restricted, or its project is blocked.',
      };
    case 404:
      // Others may have what this service retired, so this must not stop the job.
      return { code: 'server', message: 'Gemini no longer has this model. Choose another one.' };
    case 429:
      return isUsedUp(said)
        ? {
            code: 'quota',
            message: 'Your Google project may make no more of these pictures today, or needs billing for them.',
          }
        : { code: 'rate_limit', message: 'Gemini asks for a pause before the next request.' };
    default:
      return null;
  }
}

function reasonsOf({ details }: Said): readonly (string | null | undefined)[] {
  return (details ?? []).map(({ reason }) => reason);
}

/** A limit by the day, or none at all: waiting a minute doesn't help. */
function isUsedUp({ details, message }: Said): boolean {
  const violations = (details ?? []).flatMap((detail) => detail.violations ?? []);
  return (
    violations.some(({ quotaId, quotaValue }) => /PerDay/i.test(quotaId ?? '') || Number(quotaValue ?? 1) === 0) ||
    /\blimit: 0\b/.test(message ?? '')
  );
}

/** The wait stands in the body; the header is not reliable here. */
function retryAfterMs({ details }: Said, { header }: Refusal): number | null {
  const delay = (details ?? []).map(({ retryDelay }) => retryDelay).find((text) => text);
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(delay ?? '')?.[1];
  return seconds === undefined ? retryAfterOf(header('retry-after'), Date.now()) : Math.round(Number(seconds) * 1000);
}
