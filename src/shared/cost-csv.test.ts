import { describe, expect, it } from 'vitest';
import { groupsCsv, ledgerCsv, ledgerCsvHead } from './cost-csv.ts';
import type { CostGroup, LedgerEntry } from './models/costs.ts';

const entry: LedgerEntry = {
  id: 'a1',
  kind: 'attempt',
  at: Date.UTC(2026, 10, 20, 15, 4, 5, 6),
  jobId: 'j1',
  provider: 'fal',
  model: '@cf/flux, "dev"',
  project: '=covers',
  outcome: 'succeeded',
  images: 2,
  cost: { kind: 'reported', usd: 0.05 },
  reservedUsd: 0.06,
  remoteId: null,
};

describe('the ledger as a file', () => {
  it('has as many headings as cells', () => {
    expect(ledgerCsvHead.split(',')).toHaveLength(ledgerCsv([{ ...entry, model: 'm' }]).split(',').length);
  });

  it('gives every charge its time, amount and kind', () => {
    expect(ledgerCsv([entry])).toBe(
      `2026-11-20T15:04:05.006Z,attempt,fal,"'@cf/flux, ""dev""",'=covers,succeeded,2,0.05,reported,0.06,j1,,a1\r\n`,
    );
  });

  it('leaves the amount of an unknown cost empty', () => {
    const line = ledgerCsv([{ ...entry, model: 'm', cost: { kind: 'unknown' }, reservedUsd: null }]);
    expect(line).toContain('succeeded,2,,unknown,,j1');
  });
});

describe('sums as a file', () => {
  it('has as many headings as cells, times in seconds, and empty cells where nothing is known', () => {
    const group: CostGroup = {
      ...{ key: '2026-11-20', label: '2026-11-20', attempts: 3, succeeded: 2, failed: 1, images: 2, kept: 0 },
      ...{ reportedUsd: 0.1, estimatedUsd: 0.2, heldUsd: 0.3, unknownCosts: 1, trainings: 0, trainingUsd: 0 },
      ...{ usdPerKept: null, p50: 1234.5, p95: null },
    };
    expect(groupsCsv('day', [group])).toBe(
      'day,name,attempts,succeeded,failed,images,kept,reported_usd,estimated_usd,unknown_costs,unknown_expected_usd,usd_per_kept,p50_seconds,p95_seconds,trainings\r\n' +
        '2026-11-20,2026-11-20,3,2,1,2,0,0.1,0.2,1,0.3,,1.235,,0\r\n',
    );
  });
});
