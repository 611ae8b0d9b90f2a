import type { CostGroup } from '../../shared/models/costs.ts';
import { i18n } from '../i18n/i18n.ts';

export const periods = ['7', '30', '90', 'all'] as const;
/** So many days until today, or everything. */
export type Period = (typeof periods)[number];

/** A day, or a month where there would be too many days to tell apart. */
export interface Step extends Pick<CostGroup, 'reportedUsd' | 'estimatedUsd' | 'unknownCosts' | 'images' | 'kept'> {
  /** As 2026-11-29, or 2026-11. */
  readonly key: string;
}

const mostDays = 92;
const dayMs = 86_400_000;

/** Milliseconds since 1970 at the beginning of the first day; undefined: the beginning of everything. */
export function startOf(period: Period, now: number): number | undefined {
  if (period === 'all') return undefined;
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - Number(period) + 1).getTime();
}

/** A day of this computer's clock. */
export function dayKey(at: number): string {
  const date = new Date(at);
  return new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())).toISOString().slice(0, 10);
}

/** Every day from the first until the last, those without any figures too; by month where these are more than a chart can show. */
export function stepsOf(groups: readonly CostGroup[], from: string | undefined, to: string): Step[] {
  const first = from ?? groups[0]?.key;
  if (first === undefined) return [];
  const last = [to, groups.at(-1)?.key ?? to].sort()[1] ?? to;
  const days = Array.from({ length: Math.round((Date.parse(last) - Date.parse(first)) / dayMs) + 1 }, (_, index) =>
    new Date(Date.parse(first) + index * dayMs).toISOString().slice(0, 10),
  );
  const keyOf = (day: string): string => (days.length > mostDays ? day.slice(0, 7) : day);
  const steps = new Map(days.map((day) => [keyOf(day), nothing(keyOf(day))]));
  for (const group of groups) {
    const key = keyOf(group.key);
    const step = steps.get(key);
    if (step) steps.set(key, added(step, group));
  }
  return [...steps.values()];
}

const nothing = (key: string): Step => ({ key, reportedUsd: 0, estimatedUsd: 0, unknownCosts: 0, images: 0, kept: 0 });

function added(step: Step, group: CostGroup): Step {
  return {
    key: step.key,
    reportedUsd: step.reportedUsd + group.reportedUsd,
    estimatedUsd: step.estimatedUsd + group.estimatedUsd,
    unknownCosts: step.unknownCosts + group.unknownCosts,
    images: step.images + group.images,
    kept: step.kept + group.kept,
  };
}

/** "20 Nov", or "Nov 2026" of a month, in the user's own way. */
export function stepLabel(key: string): string {
  const isMonth = key.length === 7;
  const format = new Intl.DateTimeFormat(i18n.resolvedLanguage ?? 'en', {
    timeZone: 'UTC',
    month: 'short',
    ...(isMonth ? { year: 'numeric' } : { day: 'numeric' }),
  });
  return format.format(new Date(isMonth ? `${key}-01` : key));
}
