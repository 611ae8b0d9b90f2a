import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ModelMetrics, ProviderMetrics } from '../../shared/models/metrics.ts';
import type { Standing } from '../../shared/models/routing.ts';
import { averageMs, msAt, type BucketCounts } from '../../shared/routing/time-buckets.ts';
import type { Reader } from '../database/database.ts';
import { timesByHour, usageByHour, type TimesOfHour, type UsageOfHour } from '../database/usage-metrics.ts';
import type { ProviderStates } from './provider-states.ts';

const hourMs = 3_600_000;
const hoursShown = 24;
/** Rows read in one go: a few milliseconds of the main thread. */
const rowsAtOnce = 1_000;

type Sums = Omit<ModelMetrics, 'model' | 'times'>;
type Hour = ProviderMetrics['perHour'][number];

const zero = (): Sums => ({
  attempts: 0,
  succeeded: 0,
  failed: 0,
  fallbacks: 0,
  images: 0,
  kept: 0,
  reportedUsd: 0,
  estimatedUsd: 0,
  heldUsd: 0,
  unknownCosts: 0,
});

/** What is added up for a provider. */
interface Tally {
  readonly sums: Sums;
  readonly times: Map<number, number>;
  readonly models: Map<string, { readonly sums: Sums; readonly times: Map<number, number> }>;
  /** By the number of the hour, from the first one shown. */
  readonly hours: Map<number, { attempts: number; failed: number; times: Map<number, number> }>;
}

export interface Metrics {
  /** Of the current hour of this computer's clock and those before it, so many together. */
  over(hours: number): Promise<ProviderMetrics[]>;
}

/** How each provider and model did, from the books of the library, and how it stands now (H3). */
export function createMetrics(dependencies: {
  reader: Reader;
  providers: Pick<ProviderStates, 'list' | 'use'>;
  standings: () => readonly Standing[];
  now: () => number;
}): Metrics {
  const { reader, providers, standings, now } = dependencies;

  const asMetrics = (
    tally: Tally,
    {
      id,
      name,
      limits,
      known,
    }: { id: string; name: string; limits: { perMinute: number | null; atOnce: number }; known: boolean },
    firstHour: number,
    hours: number,
  ): ProviderMetrics => {
    const standing = standings().find(({ provider }) => provider === id);
    const use = known ? providers.use(id) : { pool: null, checks: { fromCache: 0, asked: 0 } };
    const models = [...tally.models].map(([model, own]) => ({ ...own.sums, times: timesOf(own.times), model }));
    return {
      ...tally.sums,
      times: timesOf(tally.times),
      provider: id,
      name,
      running: standing?.running ?? 0,
      atOnce: standing?.atOnce ?? limits.atOnce,
      perMinute: standing ? standing.perMinute : limits.perMinute,
      startedLastMinute: standing?.startedLastMinute ?? 0,
      breaker: standing?.breaker.state ?? 'closed',
      pausedUntil: standing?.pausedUntil ?? null,
      ...use,
      perHour: Array.from({ length: Math.min(hours, hoursShown) }, (_, index): Hour => {
        const found = tally.hours.get(index);
        const times = found ? msAt(0.5, found.times) : null;
        return {
          hour: firstHour + index * hourMs,
          attempts: found?.attempts ?? 0,
          failed: found?.failed ?? 0,
          p50: times === null ? null : Math.round(times),
        };
      }),
      models: models.sort((left, right) => right.attempts - left.attempts || left.model.localeCompare(right.model)),
    };
  };

  return {
    over: async (hours) => {
      const current = beginningOfHour(now());
      const from = current - (hours - 1) * hourMs;
      const firstHour = current - (Math.min(hours, hoursShown) - 1) * hourMs;
      const tallies = new Map<string, Tally>();
      const tallyOf = (provider: string): Tally => got(tallies, provider, newTally);
      // An hour of a clock that has since moved by half an hour is counted where most of it lies.
      const numberOf = (hour: number): number => Math.round((hour - firstHour) / hourMs);
      await forEachRow<UsageOfHour>(
        (after) => usageByHour(reader, { from, limit: rowsAtOnce, after }),
        (row) => {
          const tally = tallyOf(row.provider);
          add(tally.sums, row);
          add(got(tally.models, row.model, newModel).sums, row);
          const hour = got(tally.hours, numberOf(row.hour), newHour);
          hour.attempts += row.attempts;
          hour.failed += row.failed;
        },
      );
      await forEachRow<TimesOfHour>(
        (after) => timesByHour(reader, { from, limit: rowsAtOnce, after }),
        (row) => {
          const tally = tallyOf(row.provider);
          const hour = got(tally.hours, numberOf(row.hour), newHour);
          for (const counts of [tally.times, got(tally.models, row.model, newModel).times, hour.times])
            counts.set(row.bucket, (counts.get(row.bucket) ?? 0) + row.images);
        },
      );
      const list = providers.list();
      const shown = list.filter(
        ({ manifest, enabled }) => (enabled && manifest.kind !== 'builtin') || tallies.has(manifest.id),
      );
      const known = shown.map(({ manifest: { id, name, limits } }) => ({ id, name, limits, known: true }));
      // What an older or newer Easel had and this one has not.
      const unknown = [...tallies.keys()]
        .filter((id) => !list.some(({ manifest }) => manifest.id === id))
        .map((id) => ({ id, name: id, limits: { perMinute: null, atOnce: 1 }, known: false }));
      return [...known, ...unknown].map((who) => asMetrics(tallies.get(who.id) ?? newTally(), who, firstHour, hours));
    },
  };
}

const newModel = () => ({ sums: zero(), times: new Map<number, number>() });
const newHour = () => ({ attempts: 0, failed: 0, times: new Map<number, number>() });
const newTally = (): Tally => ({ ...newModel(), models: new Map(), hours: new Map() });

function got<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let known = map.get(key);
  if (known === undefined) map.set(key, (known = make()));
  return known;
}

function add(sums: Sums, row: Sums): void {
  for (const name of Object.keys(sums) as (keyof Sums)[]) sums[name] += row[name];
}

function timesOf(counts: BucketCounts): ModelMetrics['times'] {
  const [average, p50, p95] = [averageMs(counts), msAt(0.5, counts), msAt(0.95, counts)];
  if (average === null || p50 === null || p95 === null) return null;
  return { average: Math.round(average), p50: Math.round(p50), p95: Math.round(p95) };
}

/** By this computer's clock, whose hours need not begin where those of UTC do. */
function beginningOfHour(at: number): number {
  return new Date(at).setMinutes(0, 0, 0);
}

/** Page by page, with room for others between two. */
async function forEachRow<Row>(page: (after: Row | null) => Row[], visit: (row: Row) => void): Promise<void> {
  let after: Row | null = null;
  for (;;) {
    const rows = page(after);
    for (const row of rows) visit(row);
    if (rows.length < rowsAtOnce) return;
    after = rows.at(-1) ?? null;
    await nextTurn();
  }
}
