import type { DayResult } from './day.ts';
import type { DriftResult } from './measure-drift.ts';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const seconds = (value: number): string => `${value.toFixed(1)} s`;

interface Column<Row> {
  readonly title: string;
  readonly of: (row: Row) => number;
  readonly show: (value: number) => string;
  readonly best: 'least' | 'most';
}

export const dayColumns: readonly Column<DayResult>[] = [
  { title: 'success', of: ({ success }) => success, show: percent, best: 'most' },
  { title: 'spent', of: ({ usd }) => usd, show: (usd) => `$${usd.toFixed(2)}`, best: 'least' },
  { title: 'p50', of: ({ p50 }) => p50, show: seconds, best: 'least' },
  { title: 'p95', of: ({ p95 }) => p95, show: seconds, best: 'least' },
  { title: 'quality', of: ({ quality }) => quality, show: (points) => points.toFixed(0), best: 'most' },
  { title: 'first attempt failed', of: (day) => day.firstAttemptFailures, show: percent, best: 'least' },
  { title: 'by the primary', of: ({ primary }) => primary, show: percent, best: 'most' },
  { title: 'local', of: ({ local }) => local, show: percent, best: 'most' },
  { title: 'most at one', of: ({ mostAtOne }) => mostAtOne, show: percent, best: 'least' },
  { title: 'load', of: ({ load }) => load, show: (load) => load.toFixed(3), best: 'least' },
  { title: 'loss', of: ({ loss }) => loss, show: (loss) => loss.toFixed(3), best: 'least' },
];

const driftColumns: readonly Column<DriftResult>[] = [
  { title: 'regret', of: ({ regret }) => regret, show: (regret) => regret.toFixed(0), best: 'least' },
  { title: 'worst world', of: ({ worst }) => worst, show: (worst) => worst.toFixed(0), best: 'least' },
  { title: 'first attempt failed', of: ({ failures }) => failures, show: percent, best: 'least' },
  {
    title: 'loss without change, by the best fixed',
    of: ({ steady }) => steady,
    show: (times) => `${times.toFixed(3)}×`,
    best: 'least',
  },
];

/** As Markdown, so that the documentation can show it as it is; the best of each column in bold. */
export function dayTable(days: readonly DayResult[]): string {
  return table('strategy', days, ({ strategy }) => `\`${strategy}\``, dayColumns);
}

export function driftTable(results: readonly DriftResult[]): string {
  return table('chooser', results, ({ name }) => name, driftColumns);
}

function table<Row>(
  head: string,
  rows: readonly Row[],
  name: (row: Row) => string,
  columns: readonly Column<Row>[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const cell = (row: Row, { of, show, best }: Column<Row>): string => {
    const values = rows.map(of);
    const winner = best === 'least' ? Math.min(...values) : Math.max(...values);
    const isAlone = values.filter((value) => value === winner).length === 1;
    return of(row) === winner && isAlone ? `**${show(of(row))}**` : show(of(row));
  };
  return [
    line([head, ...columns.map(({ title }) => title)]),
    line(['---', ...columns.map(() => '--:')]),
    ...rows.map((row) => line([name(row), ...columns.map((column) => cell(row, column))])),
  ].join('');
}
