import type { Cost } from '../../../shared/models/cost.ts';
import type { ProviderErrorCode } from '../../../shared/errors.ts';
import { fileKindOf } from '../file-kind.ts';
import { quoteOf } from '../http-failures.ts';
import { ProviderError } from '../provider.ts';
import type { Generated } from './answers.ts';

/** Ends of an answer without a picture that are about what is shown, not about the service. */
const policyReasons = new Set([
  'IMAGE_SAFETY',
  'IMAGE_PROHIBITED_CONTENT',
  'SAFETY',
  'PROHIBITED_CONTENT',
  'BLOCKLIST',
  'SPII',
  'RECITATION',
  'IMAGE_RECITATION',
]);

/** The picture of an answer; null where the answer is none of Gemini's. Throws ProviderError where it says why there is no picture. */
export function readResult(answer: Generated, charged: Cost | null): Uint8Array | null {
  const [candidate] = answer.candidates ?? [];
  const parts = (candidate?.content?.parts ?? []).filter(({ thought }) => !thought);
  const data = parts.findLast(({ inlineData }) => inlineData?.data)?.inlineData?.data;
  if (data) {
    const bytes = Buffer.from(data, 'base64');
    return fileKindOf(bytes) === null ? null : bytes;
  }
  const fail = (code: ProviderErrorCode, message: string, words: string | null | undefined): never => {
    throw new ProviderError(code, message, {
      providerText: words ? quoteOf(words) : null,
      cost: charged,
      isFinal: true,
    });
  };
  const { blockReason, blockReasonMessage } = answer.promptFeedback ?? {};
  if (blockReason) {
    const words = blockReasonMessage ?? blockReason;
    return fail('content_policy', 'Gemini refused the prompt or a reference. Say it in other words.', words);
  }
  if (!candidate) return null;
  const reason = candidate.finishReason ?? 'STOP';
  const text = parts
    .map((part) => part.text ?? '')
    .join('')
    .trim();
  const words = candidate.finishMessage ?? (text || reason);
  if (policyReasons.has(reason)) {
    return fail(
      'content_policy',
      'Gemini withheld the picture, because its filter found something it does not allow.',
      words,
    );
  }
  if (reason === 'NO_IMAGE' || reason === 'STOP') {
    const message = 'Gemini answered without a picture. Say in the prompt that you want one, and what it shows.';
    return fail('invalid_request', message, words);
  }
  return fail('server', `Gemini could not make this picture (${reason}).`, words);
}
