import { csvLines } from './csv.ts';
import type { CostGroup, LedgerEntry } from './models/costs.ts';

const amountOf = ({ cost }: LedgerEntry): number | null => (cost.kind === 'unknown' ? null : cost.usd);

/** The heading of a file with every charge. */
export const ledgerCsvHead = csvLines([
  [
    ...['time', 'kind', 'provider', 'model', 'project', 'outcome', 'images', 'usd', 'cost', 'expected_usd'],
    ...['job', 'provider_task', 'id'],
  ],
]);

/** Charges as lines of a file. Times are UTC as ISO 8601; an unknown cost has no amount, never a zero. */
export function ledgerCsv(entries: readonly LedgerEntry[]): string {
  return csvLines(
    entries.map((entry) => [
      ...[new Date(entry.at).toISOString(), entry.kind, entry.provider, entry.model, entry.project, entry.outcome],
      ...[entry.images, amountOf(entry), entry.cost.kind, entry.reservedUsd, entry.jobId, entry.remoteId, entry.id],
    ]),
  );
}

const seconds = (ms: number | null): number | null => (ms === null ? null : Math.round(ms) / 1000);

/** Sums as a file; `by` is the heading of their keys. No line of totals: a sum over a column stays right. */
export function groupsCsv(by: string, groups: readonly CostGroup[]): string {
  return csvLines([
    [
      ...[by, 'name', 'attempts', 'succeeded', 'failed', 'images', 'kept', 'reported_usd', 'estimated_usd'],
      ...['unknown_costs', 'unknown_expected_usd', 'usd_per_kept', 'p50_seconds', 'p95_seconds', 'trainings'],
    ],
    ...groups.map((group) => [
      ...[group.key, group.label, group.attempts, group.succeeded, group.failed, group.images, group.kept],
      ...[group.reportedUsd, group.estimatedUsd, group.unknownCosts, group.heldUsd, group.usdPerKept],
      ...[seconds(group.p50), seconds(group.p95), group.trainings],
    ]),
  ]);
}
