import type { Cost } from '../../../shared/models/cost.ts';
import type { Usage } from './answers.ts';
import { hasTokenPrices, tokenPrices } from './models.ts';

/** What the tokens of an answer cost by the price list; undefined where it or they are not known. OpenAI itself names no money. */
export function costOfUsage(engine: string, usage: Usage | null | undefined): Cost | undefined {
  const details = usage?.input_tokens_details;
  const out = usage?.output_tokens ?? null;
  if (!hasTokenPrices(engine) || !details || out === null) return undefined;
  const millionths =
    (details.text_tokens ?? 0) * tokenPrices.textIn +
    (details.image_tokens ?? 0) * tokenPrices.imageIn +
    out * tokenPrices.out;
  return { kind: 'estimated', usd: millionths / 1_000_000 };
}
