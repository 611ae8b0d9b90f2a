import type { CostGroup, LedgerEntry } from '../../shared/models/costs.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import { capNames, type Caps, type CapsChange, type Spending } from '../../shared/models/routing.ts';
import type { Settings } from '../../shared/models/settings.ts';
import type { Database } from '../database/database.ts';
import { spentSince } from '../database/usage.ts';
import { readLedger } from './ledger.ts';
import { summarize, type Grouping } from './summary.ts';

/** Milliseconds since 1970; all there is, where left out. */
export interface Span {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** The caps, and what counts against them, in US dollars. */
export interface Budget {
  readonly caps: Caps;
  readonly spent: Spending;
}

const wholeSpan = ({ from = 0, to = Number.MAX_SAFE_INTEGER }: Span) => ({ from, to });

/** What was made and spent in a library, and the limits of spending. */
export function createCosts(dependencies: {
  readonly database: Database;
  readonly settings: { get(): Settings; update(change: Partial<Settings>): Settings };
  readonly providers: { list(): ProviderStatus[] };
  readonly now: () => number;
}) {
  const { database, settings, providers, now } = dependencies;

  const budget = (): Budget => {
    const today = new Date(now()).setHours(0, 0, 0, 0);
    const month = new Date(today).setDate(1);
    return {
      caps: settings.get().routing.caps,
      spent: { day: spentSince(database.read, today), month: spentSince(database.read, month) },
    };
  };

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
    budget,
    setBudget: (change: CapsChange): Budget => {
      const { routing } = settings.get();
      const caps = { ...routing.caps };
      for (const name of capNames) {
        const cap = change[name];
        if (cap !== undefined) caps[name] = cap;
      }
      settings.update({ routing: { ...routing, caps } });
      return budget();
    },
  };
}
