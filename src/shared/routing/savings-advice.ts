import type { CostGroup } from '../models/costs.ts';
import type { Model } from '../models/provider.ts';

/** What was made with a model, and what is known of it; `facts` is null for one that can't be chosen now. */
export interface ModelRecord {
  readonly group: CostGroup;
  readonly facts: Pick<Model, 'operations' | 'price'> | null;
  /** Draws by rules, so that nobody is told to use it instead. */
  readonly notAi: boolean;
}

/** The figures that a piece of advice rests on. Amounts are US dollars. */
export interface Figures {
  readonly label: string;
  readonly images: number;
  readonly kept: number;
  readonly usd: number;
  readonly usdPerImage: number;
}

export type SavingsAdvice =
  /** Another model costs less a picture, and its pictures are kept as often. `savedUsd`: less for as many kept pictures. */
  | { readonly kind: 'cheaper'; readonly from: Figures; readonly to: Figures; readonly savedUsd: number }
  /** Nobody knows what it costs, so that neither sums nor caps see it. */
  | { readonly kind: 'unpriced'; readonly label: string; readonly attempts: number; readonly unknownCosts: number };

/** From how many pictures of a model anything is said about it. */
export const leastImages = 10;
/** And from how many costs that nobody knows. */
const leastUnknown = 3;
/** How much less often the other model's pictures may be kept: so little is chance. */
const sameShare = 0.05;
/** Less than a cent is no saving. */
const leastSavedUsd = 0.01;

/** What would save money, most first, at most `most`. Nothing without enough pictures of both models, or where a price is in doubt. */
export function savingsAdvice(records: readonly ModelRecord[], most = 3): SavingsAdvice[] {
  const cheaper = records
    .flatMap((record) => cheaperThan(record, records) ?? [])
    .sort((one, other) => other.savedUsd - one.savedUsd);
  const unpriced = records
    .filter(({ group, facts }) => facts?.price === null && group.unknownCosts >= leastUnknown)
    .sort((one, other) => other.group.unknownCosts - one.group.unknownCosts)
    .map(({ group: { label, attempts, unknownCosts } }) => ({
      kind: 'unpriced' as const,
      label,
      attempts,
      unknownCosts,
    }));
  return [...cheaper, ...unpriced].slice(0, most);
}

type Cheaper = Extract<SavingsAdvice, { kind: 'cheaper' }>;

function cheaperThan(record: ModelRecord, records: readonly ModelRecord[]): Cheaper | null {
  const from = figuresOf(record);
  const wanted = record.facts?.operations[0];
  if (from.images < leastImages || from.usdPerImage === 0 || wanted === undefined) return null;
  const choices = records
    .filter((other) => other !== record && isChoice(other) && other.facts?.operations[0] === wanted)
    .map(figuresOf)
    .filter((to) => to.usdPerImage < from.usdPerImage && shareKept(to) >= shareKept(from) - sameShare)
    .map((to) => ({ kind: 'cheaper' as const, from, to, savedUsd: saved(from, to) }))
    .filter(({ savedUsd }) => savedUsd >= leastSavedUsd)
    .sort((one, other) => other.savedUsd - one.savedUsd);
  return choices[0] ?? null;
}

/** Its costs are all known, and pictures of it were kept. */
function isChoice({ group, facts, notAi }: ModelRecord): boolean {
  return !notAi && facts !== null && group.images >= leastImages && group.kept > 0 && group.unknownCosts === 0;
}

const shareKept = ({ kept, images }: Figures): number => kept / images;

/** As many kept pictures with the other model; where none was kept, as many pictures. */
function saved(from: Figures, to: Figures): number {
  return from.kept === 0 ? from.usd - from.images * to.usdPerImage : from.usd - (from.kept * to.usd) / to.kept;
}

function figuresOf({ group }: ModelRecord): Figures {
  const { label, images, kept, reportedUsd, estimatedUsd, trainingUsd } = group;
  const usd = reportedUsd + estimatedUsd - trainingUsd;
  return { label, images, kept, usd, usdPerImage: images === 0 ? 0 : usd / images };
}
