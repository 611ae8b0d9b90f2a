import type { CostGroup } from '../../shared/models/costs.ts';
import { translate } from '../i18n/i18n.ts';
import { formatSeconds, formatShare } from '../ui/format.ts';

type Reliability = Pick<CostGroup, 'attempts' | 'succeeded' | 'p50' | 'p95'>;

const time = (ms: number | null): string => (ms === null ? '–' : formatSeconds(ms / 1000));

/** Headings of what `reliabilityCells` answers. */
export const reliabilityColumns = (): string[] => [
  translate('analytics:chart.success'),
  translate('analytics:chart.p50'),
  translate('analytics:chart.p95'),
];

/** The share of attempts that succeeded, and how long half and 95 of 100 images took at most; a dash where there is nothing. */
export function reliabilityCells(group: Reliability | undefined): string[] {
  if (group === undefined || group.attempts === 0) return ['–', '–', '–'];
  return [formatShare(group.succeeded / group.attempts), time(group.p50), time(group.p95)];
}
