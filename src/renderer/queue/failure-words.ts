import type { ErrorCode } from '../../shared/errors.ts';
import { queue } from '../i18n/en/queue.ts';
import { translate } from '../i18n/i18n.ts';

type NamedFailure = keyof typeof queue.failures;

const isNamed = (code: ErrorCode): code is ErrorCode & NamedFailure => Object.hasOwn(queue.failures, code);

/** A failure in plain words: what kind it is and what helps. Null for the kinds whose message says both already. */
export function failureWords(code: ErrorCode): { readonly name: string; readonly advice: string } | null {
  if (!isNamed(code)) return null;
  return {
    name: translate(`queue:failures.${code}.name`),
    advice: translate(`queue:failures.${code}.advice`),
  };
}
