import { AppError } from '../../shared/errors.ts';
import type { LedgerEntry } from '../../shared/models/costs.ts';
import type { Reader } from '../database/database.ts';
import { chargedAttempts, chargedTrainings, type Before, type LedgerRow } from '../database/ledger.ts';
import { usedProviders, type TimeSpan } from '../database/usage-report.ts';

const kinds = ['attempt', 'training'] as const satisfies readonly LedgerEntry['kind'][];

/** Where a page ended: newest first, attempts before trainings of the same moment. */
interface Place extends Before {
  readonly kind: LedgerEntry['kind'];
}

export interface LedgerPage extends TimeSpan {
  readonly limit: number;
  /** `next` of the page before. */
  readonly before?: string | undefined;
}

/** One page of what may have cost something. `isFree` tells the providers that never charge anything. */
export function readLedger(
  reader: Reader,
  { from, to, limit, before }: LedgerPage,
  isFree: (provider: string) => boolean,
): { entries: LedgerEntry[]; next: string | null } {
  const place = before === undefined ? null : readPlace(before);
  const end: Before = { at: to, row: 0 };
  const upTo = (kind: LedgerEntry['kind']): Before => {
    if (!place || place.at >= to) return end;
    if (place.kind === kind) return place;
    // Of the same moment, all attempts are shown before the first training.
    return { at: place.at, row: kind === 'training' ? Number.MAX_SAFE_INTEGER : 0 };
  };
  const charging = usedProviders(reader).filter((provider) => !isFree(provider));
  // One more than wanted tells whether there is more.
  const rows = [
    ...charging.flatMap((provider) => chargedAttempts(reader, provider, { from }, upTo('attempt'), limit + 1)),
    ...chargedTrainings(reader, { from }, upTo('training'), limit + 1),
  ].sort(newestFirst);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    entries: shown.map(({ entry }) => entry),
    next: rows.length > limit && last ? writePlace({ kind: last.entry.kind, at: last.entry.at, row: last.row }) : null,
  };
}

function newestFirst(one: LedgerRow, other: LedgerRow): number {
  return (
    other.entry.at - one.entry.at ||
    kinds.indexOf(one.entry.kind) - kinds.indexOf(other.entry.kind) ||
    other.row - one.row
  );
}

const writePlace = ({ kind, at, row }: Place): string => `${at}-${kind}-${row}`;

function readPlace(text: string): Place {
  const [, at, kind, row] = /^(\d{1,15})-(attempt|training)-(\d{1,15})$/.exec(text) ?? [];
  if (at === undefined || kind === undefined || row === undefined)
    throw new AppError('badInput', 'There is no such page of the ledger. Give `next` of the page before.');
  return { at: Number(at), kind: kind as Place['kind'], row: Number(row) };
}
