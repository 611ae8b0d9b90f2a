import { useTranslation } from 'react-i18next';
import { formatNumber, formatUsd } from '../ui/format.ts';
import type { Figures } from './analytics-store.ts';
import { ChartPanel } from './chart-panel.tsx';
import { spentUsd, usdAlongAxis } from './money.ts';
import { reliabilityCells, reliabilityColumns } from './reliability.ts';
import { dayKey, startOf, stepLabel, stepsOf } from './days.ts';

/** Spend and images, day by day. */
export function DayCharts({ period, groups, total, at }: Figures) {
  const { t } = useTranslation('analytics');
  const start = startOf(period, at);
  const steps = stepsOf(groups.day, start === undefined ? undefined : dayKey(start), dayKey(at));
  const dayOf = new Map(groups.day.map((group) => [group.key, group]));
  const isMonths = steps[0]?.key.length === 7;
  const step = t(isMonths ? 'chart.month' : 'chart.day');
  const trashed = ({ images, kept }: { images: number; kept: number }): number => images - kept;
  return (
    <>
      <ChartPanel
        title={t(isMonths ? 'chart.spendByMonth' : 'chart.spendByDay')}
        empty={t('chart.nothing')}
        notes={total.unknownCosts > 0 ? [t('chart.unknownNote', { count: total.unknownCosts })] : []}
        bars={{
          format: formatUsd,
          formatAxis: usdAlongAxis(Math.max(...steps.map(spentUsd))),
          series: [
            { name: 'charged', label: t('chart.charged'), colour: 'first' },
            { name: 'estimated', label: t('chart.estimated'), colour: 'second' },
          ],
          data: steps.map(({ key, reportedUsd, estimatedUsd }) => ({
            name: stepLabel(key),
            charged: reportedUsd,
            estimated: estimatedUsd,
          })),
        }}
        table={{
          columns: [step, t('chart.charged'), t('chart.estimated'), t('chart.unknown')],
          rows: steps.map(({ key, reportedUsd, estimatedUsd, unknownCosts }) => ({
            key,
            cells: [stepLabel(key), formatUsd(reportedUsd), formatUsd(estimatedUsd), formatNumber(unknownCosts)],
          })),
        }}
      />
      <ChartPanel
        title={t(isMonths ? 'chart.imagesByMonth' : 'chart.imagesByDay')}
        empty={t('emptyPeriod')}
        bars={{
          format: formatNumber,
          formatAxis: formatNumber,
          series: [
            { name: 'kept', label: t('chart.kept'), colour: 'first' },
            { name: 'trashed', label: t('chart.trashed'), colour: 'second' },
          ],
          data: steps.map((each) => ({ name: stepLabel(each.key), kept: each.kept, trashed: trashed(each) })),
        }}
        table={{
          columns: [step, t('chart.kept'), t('chart.trashed'), ...(isMonths ? [] : reliabilityColumns())],
          rows: steps.map((each) => ({
            key: each.key,
            cells: [
              ...[stepLabel(each.key), formatNumber(each.kept), formatNumber(trashed(each))],
              // Those of a month can't be told from those of its days.
              ...(isMonths ? [] : reliabilityCells(dayOf.get(each.key))),
            ],
          })),
        }}
      />
    </>
  );
}
