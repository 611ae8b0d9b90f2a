import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CostGroup } from '../../shared/models/costs.ts';
import { formatNumber, formatUsd } from '../ui/format.ts';
import type { Figures } from './analytics-store.ts';
import { ChartPanel, type Bars } from './chart-panel.tsx';
import { spentUsd, usdAlongAxis } from './money.ts';
import { reliabilityCells, reliabilityColumns } from './reliability.ts';

const divisions = ['provider', 'model', 'project'] as const;
const measures = ['spend', 'images'] as const;
/** More bars are no picture any more; the table has all. */
const mostBars = 10;
const longestName = 26;

type Measure = (typeof measures)[number];

const short = (name: string): string =>
  Array.from(name).length > longestName
    ? `${Array.from(name)
        .slice(0, longestName - 1)
        .join('')}…`
    : name;

function useBars(measure: Measure, groups: readonly CostGroup[]): Bars {
  const { t } = useTranslation('analytics');
  const isSpend = measure === 'spend';
  const size = (group: CostGroup): number => (isSpend ? spentUsd(group) : group.images);
  const shown = groups.toSorted((one, other) => size(other) - size(one)).slice(0, mostBars);
  return {
    lying: true,
    format: isSpend ? formatUsd : formatNumber,
    formatAxis: isSpend ? usdAlongAxis(Math.max(...shown.map(spentUsd))) : formatNumber,
    series: [
      { name: 'first', label: t(isSpend ? 'chart.charged' : 'chart.kept'), colour: 'first' },
      { name: 'second', label: t(isSpend ? 'chart.estimated' : 'chart.trashed'), colour: 'second' },
    ],
    data: shown.map((group) => ({
      name: short(group.label),
      first: isSpend ? group.reportedUsd : group.kept,
      second: isSpend ? group.estimatedUsd : group.images - group.kept,
    })),
  };
}

/** Spend or images by provider, model or project. */
export function Breakdown({ groups, total }: Figures) {
  const { t } = useTranslation('analytics');
  const [by, setBy] = useState<(typeof divisions)[number]>('provider');
  const [measure, setMeasure] = useState<Measure>('spend');
  const chosen = groups[by];
  const bars = useBars(measure, chosen);
  const left = chosen.length - bars.data.length;
  return (
    <ChartPanel
      wide
      title={t(`chart.title.${by}`)}
      empty={t(measure === 'spend' ? 'chart.nothing' : 'emptyPeriod')}
      tools={
        <>
          <SegmentedControl
            aria-label={t('chart.by')}
            value={by}
            onChange={setBy}
            data={divisions.map((value) => ({ value, label: t(`chart.name.${value}`) }))}
          />
          <SegmentedControl
            aria-label={t('chart.measure')}
            value={measure}
            onChange={setMeasure}
            data={measures.map((value) => ({ value, label: t(`chart.${value}`) }))}
          />
        </>
      }
      notes={[
        ...(left > 0 ? [t('chart.more', { shown: bars.data.length, count: left })] : []),
        ...(measure === 'spend' && total.unknownCosts > 0
          ? [t('chart.unknownNote', { count: total.unknownCosts })]
          : []),
      ]}
      bars={bars}
      table={{
        columns: [
          t(`chart.name.${by}`),
          ...[t('chart.charged'), t('chart.estimated'), t('chart.unknown'), t('chart.kept'), t('chart.trashed')],
          ...reliabilityColumns(),
        ],
        rows: chosen.map((group) => ({
          key: group.key,
          cells: [
            ...[group.label, formatUsd(group.reportedUsd), formatUsd(group.estimatedUsd)],
            ...[group.unknownCosts, group.kept, group.images - group.kept].map((count) => formatNumber(count)),
            ...reliabilityCells(group),
          ],
        })),
      }}
    />
  );
}
