import type { CostGroup, LedgerEntry } from '../../shared/models/costs.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { Spending } from '../../shared/models/routing.ts';
import type { Database } from '../database/database.ts';
import { spentSince } from '../database/usage.ts';
import { readLedger } from './ledger.ts';
import { summarize, type Grouping } from './summary.ts';

/** Milliseconds since 1970; all there is, where left out. */
export interface Span {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

const wholeSpan = ({ from = 0, to = Number.MAX_SAFE_INTEGER }: Span) => ({ from, to });

/** What was made and spent in a library. */
export function createCosts(dependencies: {
  readonly database: Database;
  readonly providers: { list(): ProviderStatus[] };
  /** US dollars that count against the caps in the other libraries of the data folder. */
  readonly spentElsewhere: (since: number) => number;
  readonly now: () => number;
}) {
  const { database, providers, spentElsewhere, now } = dependencies;

  return {
    summary: ({ by, ...span }: Span & { readonly by: Grouping }): Promise<{ groups: CostGroup[]; total: CostGroup }> =>
      summarize(database.read, by, wholeSpan(span), () => providers.list()),
    ledger: ({
      limit,
      before,
      ...span
    }: Span & { readonly limit: number; readonly before?: string | undefined }): {
      entries: LedgerEntry[];
      next: string | null;
    } => {
      const free = new Set(
        providers
          .list()
          .filter(({ manifest }) => manifest.kind !== 'cloud')
          .map(({ manifest }) => manifest.id),
      );
      return readLedger(database.read, { ...wholeSpan(span), limit, before }, (provider) => free.has(provider));
    },
    /** By the caps' reckoning, which is about all libraries. */
    spent: (): Spending => {
      const today = new Date(now()).setHours(0, 0, 0, 0);
      const month = new Date(today).setDate(1);
      const inAll = (since: number): number => spentSince(database.read, since) + spentElsewhere(since);
      return { day: inAll(today), month: inAll(month) };
    },
  };
}
