import type { Round } from './rounds.ts';
import { spreadOf, type Spread } from './statistics.ts';

/** Where a figure finds and leaves its data; removed after the run. */
export interface Bench {
  /** A new folder of the figure's own. */
  newFolder(name: string): string;
  /** A library with this many images, ANALYZEd, shared by all figures of a run: never written to. Answers its folder. */
  libraryOf(images: number): Promise<string>;
  /** Folder of noisy 1024 × 1024 PNGs of about 2 MB, shared by all figures of a run. */
  pictures(): Promise<readonly string[]>;
}

export interface Figure {
  readonly id: string;
  readonly title: string;
  measure(bench: Bench): Promise<readonly Row[]>;
}

export interface Limit {
  readonly of: 'ratio' | 'ours';
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** One line of the report. `unit` belongs to `ours` and `baseline`; the ratio has none. */
export interface Row {
  readonly name: string;
  readonly unit: string;
  readonly ours: Spread;
  readonly baseline: Spread | null;
  readonly ratio: Spread | null;
  /** Null: for information. */
  readonly limit: Limit | null;
}

/** Ours by baseline, of a statistic of each round. `speed` turns it round: above one means that ours is faster. */
export function ratioRow(
  name: string,
  rounds: readonly Round[],
  options: { statistic: (samples: readonly number[]) => number; kind: 'time' | 'speed'; limit?: Omit<Limit, 'of'> },
): Row {
  const { statistic, kind, limit } = options;
  const ours = rounds.map((round) => statistic(round.ours));
  const baseline = rounds.map((round) => statistic(round.baseline));
  const ratios = ours.map((value, at) =>
    kind === 'time' ? value / (baseline[at] ?? NaN) : (baseline[at] ?? NaN) / value,
  );
  return {
    name,
    unit: 'ms',
    ours: spreadOf(ours),
    baseline: spreadOf(baseline),
    ratio: spreadOf(ratios),
    limit: limit ? { of: 'ratio', ...limit } : null,
  };
}

/** A value that is judged by itself. */
export function valueRow(name: string, unit: string, values: readonly number[], limit?: Omit<Limit, 'of'>): Row {
  return {
    name,
    unit,
    ours: spreadOf(values),
    baseline: null,
    ratio: null,
    limit: limit ? { of: 'ours', ...limit } : null,
  };
}

export function isMissed({ limit, ours, ratio }: Row): boolean {
  if (!limit) return false;
  const value = limit.of === 'ours' ? ours.median : (ratio?.median ?? NaN);
  return !(value <= (limit.atMost ?? Infinity) && value >= (limit.atLeast ?? -Infinity));
}
