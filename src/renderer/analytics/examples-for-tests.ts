import type { CostGroup } from '../../shared/models/costs.ts';

export function exampleGroup(change: Partial<CostGroup> = {}): CostGroup {
  return {
    ...{ key: 'fal', label: 'fal', attempts: 1, succeeded: 1, failed: 0, images: 1, kept: 1 },
    ...{ reportedUsd: 0, estimatedUsd: 0, heldUsd: 0, unknownCosts: 0, trainings: 0, trainingUsd: 0 },
    ...{ usdPerKept: null, p50: null, p95: null },
    ...change,
  };
}
