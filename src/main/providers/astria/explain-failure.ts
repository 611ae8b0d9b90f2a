import type { Cost } from '../../../shared/models/cost.ts';
import { retryAfterOf, type Refusal } from '../http-failures.ts';
import { ProviderError } from '../provider.ts';
import type { Prompt } from './answers.ts';

/** The shortest pause that Astria asks for. */
const pauseMs = 30_000;
const longestWords = 500;
const millicentsPerDollar = 100_000;

const policyWords = /nsfw|safety|content|policy|flagged|sensitive|prohibited|moderat/i;

/** Millicents as money; undefined where nothing is told. */
export function costOf({ cost_mc: millicents }: Pick<Prompt, 'cost_mc'>): Cost | undefined {
  return millicents === null ? undefined : { kind: 'reported', usd: dollarsOf(millicents) };
}

export function dollarsOf(millicents: number): number {
  return millicents / millicentsPerDollar;
}

/** `{"text": ["can't be blank"]}`, `{"error": "…"}` or `{"message": "…"}`. */
function wordsOf(json: unknown): string | null {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
  const words = Object.entries(json).flatMap(([field, value]) => {
    if (typeof value === 'string') return [value];
    if (!Array.isArray(value)) return [];
    return value
      .filter((each) => typeof each === 'string')
      .map((each) => (field === 'base' ? each : `${field} ${each}`));
  });
  return words.length === 0 ? null : words.join('; ').slice(0, longestWords);
}

/** What a refusal means, where that differs from what its status usually means. */
export function explainRefusal({ status, json, header }: Refusal): ProviderError | null {
  const providerText = wordsOf(json);
  const reason = providerText === null ? '' : `: ${providerText.replace(/[.\s]+$/, '')}`;
  switch (status) {
    case 400:
    case 422:
      return new ProviderError('invalid_request', `Astria does not accept this${reason}.`, { providerText });
    case 404:
      return new ProviderError('invalid_request', 'Astria does not know this model (any more). Choose another one.', {
        providerText,
      });
    case 429: {
      const retryAfterMs = Math.max(pauseMs, retryAfterOf(header('retry-after'), Date.now()) ?? 0);
      const message = 'Astria asks for a pause before the next request.';
      return new ProviderError('rate_limit', message, { providerText, retryAfterMs });
    }
    case 500:
      return new ProviderError('server', 'Astria reports an error of its own. Try again in half a minute.', {
        providerText,
        retryAfterMs: pauseMs,
      });
    default:
      return null;
  }
}

/** For questions about one thing that may be gone: 404 is `task_lost`, the rest as always. */
export function explainLost(refusal: Refusal): ProviderError | null {
  return refusal.status === 404
    ? new ProviderError('task_lost', 'Astria no longer knows this.')
    : explainRefusal(refusal);
}

/** A prompt that ended with words in place of pictures. */
export function failureOfPrompt(prompt: Prompt, words: string): ProviderError {
  const more = { providerText: words, isFinal: true, cost: costOf(prompt) ?? null };
  return policyWords.test(words)
    ? new ProviderError('content_policy', 'Astria refuses this content. Change the prompt or the picture.', more)
    : new ProviderError('invalid_request', `Astria could not draw this: ${words.replace(/[.\s]+$/, '')}.`, more);
}
