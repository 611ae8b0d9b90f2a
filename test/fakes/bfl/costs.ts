import type { SentBody } from './schemas.ts';

const megapixel = 1_048_576;

/** Credits for the first megapixel and for each further one. */
const flux2: Readonly<Record<string, readonly [first: number, further: number]>> = {
  'flux-2-klein-4b': [1.4, 0.1],
  'flux-2-klein-9b': [1.5, 0.2],
  'flux-2-pro': [3, 1.5],
  'flux-2-flex': [5, 5],
  'flux-2-max': [7, 3],
};
const fixed: Readonly<Record<string, number>> = {
  'flux-pro-1.0-fill': 5,
  'flux-kontext-pro': 4,
  'flux-kontext-max': 8,
  'flux-pro-1.1': 4,
  'flux-pro-1.1-ultra': 6,
};
const flux3: Readonly<Record<string, number>> = { '768sq': 4.1, '1k': 4.8, '2k': 10, '4k': 60.7 };

/** What a task costs, in credits. Pixels of all inputs and of the output. */
export function creditsOf(
  model: string,
  { body, inputPixels, outputPixels }: { body: SentBody; inputPixels: number; outputPixels: number },
): number {
  const rate = flux2[model];
  if (rate) {
    const further = Math.max(0, outputPixels / megapixel - 1) + inputPixels / megapixel;
    return Math.round((rate[0] + rate[1] * further) * 1000) / 1000;
  }
  if (model === 'flux-3-video') return (typeof body.duration === 'number' ? body.duration : 5) * 17;
  return fixed[model] ?? flux3[body.resolution ?? '1k'] ?? 4.8;
}
