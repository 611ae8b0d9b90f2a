import { BarChart } from '@mantine/charts';
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from './data-table.tsx';
import { Panel } from './panel.tsx';
import classes from './analytics-view.module.css';

/** One accent and a neutral beside it, each with 3:1 on the panel. */
const colours = { first: 'var(--easel-accent)', second: 'var(--easel-chart-second)' } as const;

export interface Bars {
  readonly series: readonly { readonly name: string; readonly label: string; readonly colour: 'first' | 'second' }[];
  /** One bar for each: its name, and a figure for each series. */
  readonly data: readonly Readonly<Record<string, string | number>>[];
  readonly format: (value: number) => string;
  readonly formatAxis: (value: number) => string;
  /** Bars lie, with their names beside them. */
  readonly lying?: boolean;
}

interface ChartPanelProps {
  readonly title: string;
  readonly bars: Bars;
  readonly table: Pick<Parameters<typeof DataTable>[0], 'columns' | 'rows'>;
  readonly tools?: ReactNode;
  readonly notes?: readonly string[];
  readonly wide?: boolean;
  /** What stands where all bars would be empty. */
  readonly empty: string;
}

/** A chart and the table behind it. Screen readers always get the table. */
export function ChartPanel({ title, bars, table, tools, notes = [], wide = false, empty }: ChartPanelProps) {
  const { t } = useTranslation('analytics');
  const [asTable, setAsTable] = useState(false);
  const isEmpty = bars.data.every((row) => bars.series.every(({ name }) => row[name] === 0));
  const Icon = asTable ? IconChartBar : IconTable;

  return (
    <Panel
      title={title}
      wide={wide}
      tools={
        <>
          {tools}
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            leftSection={<Icon size={14} stroke={1.75} aria-hidden />}
            aria-label={t(asTable ? 'chart.showChartOf' : 'chart.showTableOf', { title })}
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            {t(asTable ? 'chart.showChart' : 'chart.showTable')}
          </Button>
        </>
      }
    >
      <DataTable caption={title} {...table} hidden={!asTable} />
      {!asTable && isEmpty && <p className={classes.nothing}>{empty}</p>}
      {!asTable && !isEmpty && <Chart {...bars} />}
      {notes.map((note) => (
        <p key={note} className={classes.dim}>
          {note}
        </p>
      ))}
    </Panel>
  );
}

const barHeight = 32;
/** Pixels for the names beside lying bars, which break into lines where there are fewer. */
const namesWidth = { usual: 190, narrow: 104 } as const;

function Chart({ series, data, format, formatAxis, lying = false }: Bars) {
  const isNarrow = useMediaQuery('(max-width: 600px)', false, { getInitialValueInEffect: false });
  return (
    <div className={classes.chart} aria-hidden>
      <BarChart
        h={lying ? data.length * barHeight + 64 : 220}
        data={[...data]}
        dataKey="name"
        type="stacked"
        orientation={lying ? 'vertical' : 'horizontal'}
        series={series.map(({ name, label, colour }) => ({ name, label, color: colours[colour] }))}
        valueFormatter={format}
        gridAxis={lying ? 'y' : 'x'}
        tickLine="none"
        maxBarWidth={lying ? 18 : 28}
        withLegend
        legendProps={{ verticalAlign: 'bottom', height: 32 }}
        xAxisProps={lying ? { tickFormatter: formatAxis } : { minTickGap: 24 }}
        yAxisProps={
          lying
            ? { width: namesWidth[isNarrow ? 'narrow' : 'usual'], interval: 0 }
            : { width: 64, tickFormatter: formatAxis }
        }
        tooltipAnimationDuration={0}
        barProps={{ isAnimationActive: false }}
        // It is hidden from screen readers, so the keyboard must not stop at it either.
        barChartProps={{ accessibilityLayer: false, margin: { top: 12 } }}
      />
    </div>
  );
}
