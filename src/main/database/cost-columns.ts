import type { Cost } from '../../shared/models/cost.ts';

/** How a Cost stands in a table: `cost_usd` is NULL exactly where the kind is `unknown`. */
export interface CostColumns {
  readonly costKind: Cost['kind'];
  readonly costUsd: number | null;
}

export function costFromColumns({ costKind, costUsd }: CostColumns): Cost {
  return costKind === 'unknown' || costUsd === null ? { kind: 'unknown' } : { kind: costKind, usd: costUsd };
}
