import { createStore, type StoreApi } from 'zustand/vanilla';
import { ledgerCsv, ledgerCsvHead } from '../../shared/cost-csv.ts';
import type { ErrorReport } from '../../shared/errors.ts';
import type { CostGroup, LedgerEntry } from '../../shared/models/costs.ts';
import type { Price } from '../../shared/models/provider.ts';
import type { CapsChange } from '../../shared/models/routing.ts';
import type { Client } from '../backend/client.ts';
import { readError } from '../backend/read-error.ts';
import type { Notify } from '../ui/toast.ts';
import { dayKey, startOf, type Period } from './days.ts';

export type Grouping = 'day' | 'provider' | 'model' | 'project';
export type Budget = Awaited<ReturnType<Client['costs']['budget']>>;

/** Everything that the view shows of one period. */
export interface Figures {
  readonly period: Period;
  /** When they were read, in milliseconds since 1970. */
  readonly at: number;
  readonly groups: Readonly<Record<Grouping, readonly CostGroup[]>>;
  readonly total: CostGroup;
}

export interface AnalyticsState {
  readonly period: Period;
  /** Null until they are there. */
  readonly figures: Figures | null;
  readonly budget: Budget | null;
  readonly entries: readonly LedgerEntry[];
  /** Where the ledger goes on; null: all of it is shown. */
  readonly next: string | null;
  /** Why the figures are not there, or are those of before. */
  readonly error: ErrorReport | null;
  readonly exporting: boolean;
  readonly setPeriod: (period: Period) => Promise<void>;
  readonly load: () => Promise<void>;
  /** Nobody looks any more; another library may be open the next time. */
  readonly forget: () => void;
  readonly showMore: () => Promise<void>;
  /** Every charge of the period as a file. */
  readonly exportLedger: () => Promise<void>;
  /** These two return what is wrong, for the form to show, or null. */
  readonly setBudget: (change: CapsChange) => Promise<ErrorReport | null>;
  readonly setPrice: (provider: string, model: string, price: Price | null) => Promise<ErrorReport | null>;
}

const pageEntries = 25;
const largestPage = 1_000;
const empty = { figures: null, budget: null, entries: [], next: null, error: null } as const;

export function createAnalyticsStore(parts: {
  readonly client: Pick<Client, 'costs'>;
  readonly notify: Notify;
  readonly saveFile: (name: string, text: string) => void;
  readonly now?: () => number;
}): StoreApi<AnalyticsState> {
  const { notify, saveFile, now = Date.now } = parts;
  const { costs } = parts.client;
  /** An older load never wins over a newer one. */
  let latest = 0;

  return createStore<AnalyticsState>((set, get) => {
    const span = () => {
      const from = startOf(get().period, now());
      return from === undefined ? {} : { from };
    };

    const load = async (): Promise<void> => {
      const own = ++latest;
      const { period, entries } = get();
      // As much of the ledger as is open.
      const limit = Math.min(largestPage, Math.max(pageEntries, entries.length));
      try {
        const [day, provider, model, project, budget, ledger] = await Promise.all([
          costs.summary({ by: 'day', ...span() }),
          costs.summary({ by: 'provider', ...span() }),
          costs.summary({ by: 'model', ...span() }),
          costs.summary({ by: 'project', ...span() }),
          costs.budget(),
          costs.ledger({ limit, ...span() }),
        ]);
        if (own !== latest) return;
        const groups = { day: day.groups, provider: provider.groups, model: model.groups, project: project.groups };
        set({ figures: { period, at: now(), groups, total: day.total }, budget, ...ledger, error: null });
      } catch (error) {
        if (own === latest) set({ error: readError(error) });
      }
    };

    const changed = async (change: () => Promise<unknown>): Promise<ErrorReport | null> => {
      try {
        await change();
      } catch (error) {
        return readError(error);
      }
      await load();
      return null;
    };

    return {
      period: '30',
      ...empty,
      exporting: false,
      setPeriod: (period) => {
        set({ period, entries: [], next: null });
        return load();
      },
      load,
      forget: () => {
        latest += 1;
        set(empty);
      },
      showMore: async () => {
        const { next } = get();
        if (next === null) return;
        const own = latest;
        try {
          const page = await costs.ledger({ limit: pageEntries, before: next, ...span() });
          // Pressed twice, or loaded anew meanwhile: what is shown has changed.
          if (own === latest && get().next === next)
            set(({ entries }) => ({ entries: [...entries, ...page.entries], next: page.next }));
        } catch (error) {
          notify({ kind: 'error', error: readError(error) });
        }
      },
      exportLedger: async () => {
        if (get().exporting) return;
        set({ exporting: true });
        try {
          const wanted = span();
          const pages = [ledgerCsvHead];
          let before: string | undefined;
          do {
            const page: { entries: LedgerEntry[]; next: string | null } = await costs.ledger({
              limit: largestPage,
              ...wanted,
              ...(before === undefined ? {} : { before }),
            });
            pages.push(ledgerCsv(page.entries));
            before = page.next ?? undefined;
          } while (before !== undefined);
          saveFile(`easel-charges-${dayKey(now())}.csv`, pages.join(''));
        } catch (error) {
          notify({ kind: 'error', error: readError(error) });
        } finally {
          set({ exporting: false });
        }
      },
      setBudget: (change) => changed(() => costs.setBudget(change)),
      setPrice: (provider, model, price) => changed(() => costs.setPrice({ provider, model, price })),
    };
  });
}
