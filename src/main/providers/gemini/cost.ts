import type { Cost } from '../../../shared/models/cost.ts';
import type { Usage } from './answers.ts';
import type { Engine, SizeClass } from './models.ts';

/** What the tokens of an answer cost by the price list; null where either is not known. */
export function costOfTokens({ rates }: Engine, usage: Usage | null | undefined, hasPicture: boolean): Cost | null {
  if (!rates || !usage) return null;
  const out = usage.candidatesTokenCount ?? 0;
  const details = usage.candidatesTokensDetails ?? [];
  const ofPictures = details
    .filter(({ modality }) => modality === 'IMAGE')
    .reduce((sum, { tokenCount }) => sum + (tokenCount ?? 0), 0);
  // Without details, a picture's answer is the picture.
  const image = details.length > 0 ? ofPictures : hasPicture ? out : 0;
  const text = Math.max(0, out - image) + (usage.thoughtsTokenCount ?? 0);
  const input = usage.promptTokenCount ?? 0;
  const perMillion = input * rates.input + text * rates.textOut + image * rates.imageOut;
  return { kind: 'estimated', usd: perMillion / 1_000_000 };
}

/** What a picture costs, as exactly as can be known: the service counts tokens, not money. */
export function costOfPicture(engine: Engine, usage: Usage | null | undefined, { usd }: SizeClass): Cost {
  return costOfTokens(engine, usage, true) ?? (usd === null ? { kind: 'unknown' } : { kind: 'estimated', usd });
}
