import type { Cost } from '../../shared/models/cost.ts';
import type { CostGroup } from '../../shared/models/costs.ts';
import { msAt } from '../../shared/routing/time-buckets.ts';
import type { TimesRow, UsageRow } from '../database/usage-report.ts';

interface Sums {
  attempts: number;
  succeeded: number;
  failed: number;
  images: number;
  kept: number;
  reportedUsd: number;
  estimatedUsd: number;
  heldUsd: number;
  unknownCosts: number;
  trainings: number;
  trainingUsd: number;
  readonly times: Map<number, number>;
}

/** Adds figures up by key, and all of them together. */
export interface Tally {
  addUsage(key: string, row: UsageRow): void;
  /** Null: of no group, as times are whose project is not known. */
  addTimes(key: string | null, row: TimesRow): void;
  addTraining(key: string, cost: Cost): void;
  /** `total` is the sum over all of them. */
  finish(labelOf: (key: string) => string): { groups: CostGroup[]; total: CostGroup };
}

export function createTally(): Tally {
  const groups = new Map<string, Sums>();
  const total = nothing();
  const both = (key: string): readonly Sums[] => {
    let sums = groups.get(key);
    if (!sums) groups.set(key, (sums = nothing()));
    return [sums, total];
  };
  return {
    addUsage: (key, row) => {
      for (const sums of both(key)) {
        sums.attempts += row.attempts;
        sums.succeeded += row.succeeded;
        sums.failed += row.failed;
        sums.images += row.images;
        sums.kept += row.kept;
        sums.reportedUsd += row.reportedUsd;
        sums.estimatedUsd += row.estimatedUsd;
        sums.heldUsd += row.heldUsd;
        sums.unknownCosts += row.unknownCosts;
      }
    },
    addTimes: (key, { bucket, images }) => {
      for (const { times } of key === null ? [total] : both(key)) times.set(bucket, (times.get(bucket) ?? 0) + images);
    },
    addTraining: (key, cost) => {
      for (const sums of both(key)) {
        sums.trainings += 1;
        if (cost.kind === 'unknown') sums.unknownCosts += 1;
        else {
          sums[cost.kind === 'reported' ? 'reportedUsd' : 'estimatedUsd'] += cost.usd;
          sums.trainingUsd += cost.usd;
        }
      }
    },
    finish: (labelOf) => ({
      // A row whose attempts have all been taken out again has nothing to say.
      groups: [...groups]
        .filter(([, { attempts, trainings }]) => attempts > 0 || trainings > 0)
        .map(([key, sums]) => toGroup(key, labelOf(key), sums)),
      total: toGroup('total', 'Total', total),
    }),
  };
}

function nothing(): Sums {
  return {
    attempts: 0,
    succeeded: 0,
    failed: 0,
    images: 0,
    kept: 0,
    reportedUsd: 0,
    estimatedUsd: 0,
    heldUsd: 0,
    unknownCosts: 0,
    trainings: 0,
    trainingUsd: 0,
    times: new Map(),
  };
}

/** To a ten-thousandth of a cent: what is left of adding and taking away fractions is no money. */
const inCents = (usd: number): number => Math.round(usd * 1e6) / 1e6 + 0;

function toGroup(key: string, label: string, { times, ...sums }: Sums): CostGroup {
  const imagesUsd = sums.reportedUsd + sums.estimatedUsd - sums.trainingUsd;
  const isAllUnknown = sums.unknownCosts > 0 && inCents(imagesUsd) === 0;
  return {
    key,
    label,
    ...sums,
    reportedUsd: inCents(sums.reportedUsd),
    estimatedUsd: inCents(sums.estimatedUsd),
    heldUsd: inCents(sums.heldUsd),
    trainingUsd: inCents(sums.trainingUsd),
    usdPerKept: sums.kept === 0 || isAllUnknown ? null : inCents(imagesUsd / sums.kept),
    p50: msAt(0.5, [...times]),
    p95: msAt(0.95, [...times]),
  };
}
