import { setImmediate as breathe } from 'node:timers/promises';
import type { CostGroup } from '../../shared/models/costs.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { Reader } from '../database/database.ts';
import { hourOf } from '../database/usage.ts';
import {
  timesPage,
  trainingCosts,
  usagePage,
  type TimesRow,
  type TimeSpan,
  type TrainingCost,
  type UsageRow,
} from '../database/usage-report.ts';
import { createTally } from './tally.ts';

export type Grouping = 'day' | 'provider' | 'model' | 'project';

/** Rows that are read and added within a fraction of a frame; between two such pages others have their turn. */
const pageRows = 1_000;

const ofTrainings = '#trainings';

interface Counted {
  readonly hour: number;
  readonly provider: string;
  readonly model: string;
}

const keyOf: Readonly<Record<Grouping, (row: Counted & { readonly project: string }) => string>> = {
  day: ({ hour }) => dayOf(hour),
  provider: ({ provider }) => provider,
  model: ({ provider, model }) => `${provider}/${model}`,
  project: ({ project }) => project,
};

/** A day of this computer's clock, as 2026-11-29. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Sums over hours, which are counted as attempts end, so that a long history costs nothing to look at. */
export async function summarize(
  reader: Reader,
  by: Grouping,
  span: TimeSpan,
  providers: () => readonly ProviderStatus[],
): Promise<{ groups: CostGroup[]; total: CostGroup }> {
  const tally = createTally();
  const hours = { from: hourOf(span.from), to: span.to };
  await eachRow<UsageRow>(
    (after) => usagePage(reader, hours, after, pageRows),
    (row) => tally.addUsage(keyOf[by](row), row),
  );
  await eachRow<TimesRow>(
    (after) => timesPage(reader, hours, after, pageRows),
    (row) => tally.addTimes(by === 'project' && row.project === '' ? null : keyOf[by](row), row),
  );
  await eachRow<TrainingCost>(
    (after) => trainingCosts(reader, hours, after, pageRows),
    ({ at, provider, cost }) =>
      tally.addTraining(keyOf[by]({ hour: at, provider, model: ofTrainings, project: ofTrainings }), cost),
  );
  const { groups, total } = tally.finish(labels(by, providers()));
  return { groups: groups.sort(by === 'day' ? byKey : bySpending), total };
}

async function eachRow<Row>(read: (after: Row | null) => Row[], add: (row: Row) => void): Promise<void> {
  let after: Row | null = null;
  for (;;) {
    const rows: Row[] = read(after);
    rows.forEach(add);
    if (rows.length < pageRows) return;
    after = rows.at(-1) ?? null;
    await breathe();
  }
}

const byKey = (one: CostGroup, other: CostGroup): number => (one.key < other.key ? -1 : 1);

function bySpending(one: CostGroup, other: CostGroup): number {
  const spent = ({ reportedUsd, estimatedUsd }: CostGroup): number => reportedUsd + estimatedUsd;
  return spent(other) - spent(one) || other.attempts - one.attempts || byKey(one, other);
}

function labels(by: Grouping, providers: readonly ProviderStatus[]): (key: string) => string {
  const nameOf = (id: string): string => providers.find(({ manifest }) => manifest.id === id)?.manifest.name ?? id;
  switch (by) {
    case 'day':
      return (key) => key;
    case 'project':
      return (key) => (key === ofTrainings ? 'Trainings' : key);
    case 'provider':
      return nameOf;
    case 'model':
      return (key) => {
        // Ids of providers have no stroke, those of models may.
        const [provider = '', ...rest] = key.split('/');
        const id = rest.join('/');
        if (id === ofTrainings) return `Trainings (${nameOf(provider)})`;
        const models = providers.find(({ manifest }) => manifest.id === provider)?.models ?? [];
        return `${models.find((model) => model.id === id)?.name ?? id} (${nameOf(provider)})`;
      };
  }
}
