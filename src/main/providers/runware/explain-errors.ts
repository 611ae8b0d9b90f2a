import type { ProviderErrorCode } from '../../../shared/errors.ts';
import { failureOfStatus, lostAnswer, quoteOf, type Refusal } from '../http-failures.ts';
import { ProviderError } from '../provider.ts';
import { Envelope, type RunwareError } from './answers.ts';

/** The catalogue of codes is long and changes, so they are told apart by their words. The first line that fits wins. */
const kinds: readonly (readonly [pattern: RegExp, code: ProviderErrorCode, message: string])[] = [
  [/credits|quota|balance|^paymentRequired$/i, 'quota', 'The Runware account has no credit left. Top it up there.'],
  [/rateLimit/i, 'rate_limit', 'Runware asks for a pause before the next request.'],
  [
    /contentPolicy|^sensitiveContent|^unsafeContent|^nsfwContent|^promptBlocked$|^imageBlocked$|^moderationFailed$/i,
    'content_policy',
    'Runware refuses the content of this prompt or picture. Change it and try again.',
  ],
  [
    /apiKey|^unauthorized|^forbidden|^permissionDenied|^tokenExpired|^account(Suspended|Disabled|Blocked)/i,
    'auth',
    'Runware refuses the key. Check it under Providers.',
  ],
  [/timeout/i, 'timeout', 'Runware took too long to make this.'],
  [/^taskCancelled$/i, 'cancelled', 'Runware stopped this.'],
  [/(NotFound|Expired)$/i, 'invalid_request', 'Runware does not know something that this request names.'],
  [
    /^internalServerError|^serviceUnavailable|^serverUnavailable|^unknownError/i,
    'server',
    'Runware reports an error of its own.',
  ],
  [
    /^provider|^inferenceError|^processingFailed|^taskFailed|^noAvailableServer|^model(Unavailable|Disabled|NotReady)|^(download|upload)Failed/i,
    'server',
    'Runware could not make this.',
  ],
  [
    /^(invalid|missing|unsupported|value|array|max|duplicate|conflict)|^unknownParameter|^incompatibleParameters/i,
    'invalid_request',
    'Runware does not accept this request.',
  ],
];

const unknownKind = [/./, 'server', 'Runware could not make this.'] as const;
const peer = { name: 'Runware', address: 'Runware', remedy: '' };

/** The task was accepted before: it can be asked about. */
export function isConflict({ code }: RunwareError): boolean {
  return code === 'conflictTaskUUID';
}

/** The service does not know the task itself, as opposed to a model or a picture that it names. */
export function isUnknownTask({ code }: RunwareError): boolean {
  return /^task.*(NotFound|Expired)$/i.test(code ?? '');
}

/** The failures of an answer, in whichever of its two forms. */
export function errorsOf(envelope: Envelope | null): readonly RunwareError[] {
  if (!envelope) return [];
  const single = envelope.error ? [{ ...envelope.error, taskUUID: envelope.error.taskUUID ?? envelope.taskUUID }] : [];
  return [...(envelope.errors ?? []), ...single];
}

/** What one of the service's errors means. `isFinal`: it is the end of a task, not of a question about it. */
export function failureOf(error: RunwareError, isFinal: boolean): ProviderError {
  const [, code, message] = kinds.find(([pattern]) => pattern.test(error.code ?? '')) ?? unknownKind;
  const fields = [error.parameter ?? []].flat();
  const where = code === 'invalid_request' && fields.length > 0 ? ` (${fields.join(', ')})` : '';
  const words = quoteOf(error.message ?? '');
  const providerText = error.code ? [words, `[${error.code}]`].filter((part) => part !== null).join(' ') : words;
  const quote = code === 'invalid_request' && words !== null ? ` It says: ${words}` : '';
  return new ProviderError(code, `${message.replace(/\.$/, where === '' ? '.' : `${where}.`)}${quote}`, {
    providerText,
    isFinal,
  });
}

/** What can only be said of a task, never of a question about it. */
const taskEnds = /^(taskFailed|taskCancelled|inferenceError|processingFailed)$/i;

/** What an error in the answer about a task means: the task's end where it says so, else trouble with the question. */
export function failureOfTask(error: RunwareError): ProviderError {
  const isEnd = error.status === 'error' || taskEnds.test(error.code ?? '');
  const failure = failureOf(error, isEnd);
  return failure.code === 'content_policy' ? failureOf(error, true) : failure;
}

/** What an error in the answer to the paid call means. Only after a pause is it sent again: a timeout there may have cost something. */
export function failureOfPaid(error: RunwareError): ProviderError {
  const failure = failureOf(error, true);
  return failure.code === 'rate_limit' ? failureOf(error, false) : failure;
}

/** What a status other than 2xx means where the body has one of the service's codes; else null. */
export function explainRefusal(refusal: Refusal): ProviderError | null {
  const parsed = Envelope.safeParse(refusal.json);
  const error = parsed.success ? errorsOf(parsed.data).find(({ code }) => code) : undefined;
  if (!error) return null;
  const failure = failureOf(error, error.status === 'error');
  const { code, message, providerText, isFinal } = failure;
  const { retryAfterMs } = failureOfStatus(refusal, peer);
  return new ProviderError(code, message, { providerText, isFinal, retryAfterMs });
}

/** As `explainRefusal`, for the paid call: a gateway or a model's maker that gave up waiting may have done the work. */
export function explainPaidRefusal(refusal: Refusal): ProviderError | null {
  if (refusal.status === 502 || refusal.status === 504) return null;
  const failure = explainRefusal(refusal);
  return failure?.code === 'timeout' ? lostAnswer(peer, failure) : failure;
}
