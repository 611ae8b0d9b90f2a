import { isMissed, type Limit, type Row } from './figure.ts';
import type { Spread } from './statistics.ts';

const widths = [52, 32, 32, 26, 13] as const;

export const reportHeader = line(['', 'ours, median (min–max)', 'baseline', 'ratio', 'target', '']);

export function reportLine(row: Row): string {
  const unit = row.unit === 'ms' && smallest(row) < 0.5 ? 'µs' : row.unit;
  const scale = unit === 'µs' ? 1000 : 1;
  const show = (spread: Spread | null): string => (spread ? spreadText(spread, unit, scale) : '');
  const ratio = row.ratio ? ratioText(row.ratio) : '';
  const verdict = row.limit ? (isMissed(row) ? 'MISSED' : 'ok') : '';
  return line([
    row.name,
    show(row.ours),
    show(row.baseline),
    ratio,
    row.limit ? limitText(row.limit, row.unit) : '',
    verdict,
  ]);
}

function ratioText({ median, min, max }: Spread): string {
  const digits = Math.abs(median) < 0.1 ? 4 : 2;
  return `${plain(median, digits)}× (${plain(min, digits)}–${plain(max, digits)})`;
}

function smallest({ ours, baseline }: Row): number {
  return Math.min(ours.median, baseline?.median ?? Infinity);
}

function spreadText({ median, min, max }: Spread, unit: string, scale: number): string {
  const digits = digitsFor(median * scale);
  const show = (value: number): string => plain(value * scale, digits);
  return min === max ? `${show(median)} ${unit}` : `${show(median)} ${unit} (${show(min)}–${show(max)})`;
}

function limitText(limit: Limit, unit: string): string {
  const [sign, value] = limit.atMost === undefined ? ['≥', limit.atLeast ?? 0] : ['≤', limit.atMost];
  return `${sign} ${value}${limit.of === 'ratio' ? '×' : ` ${unit}`}`;
}

function digitsFor(value: number): number {
  if (value >= 100 || Number.isInteger(value)) return 0;
  return value >= 10 ? 1 : 2;
}

function plain(value: number, digits: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function line(cells: readonly string[]): string {
  return cells
    .map((cell, at) => cell.padEnd(widths[at] ?? 0))
    .join(' ')
    .trimEnd();
}
