import { dollars } from '../../shared/dollars.ts';
import type { CostGroup } from '../../shared/models/costs.ts';
import { counted, printable } from './plain-words.ts';

type Column = readonly [heading: string, cell: (group: CostGroup) => string];

const usd = (amount: number): string => (amount === 0 ? '–' : dollars(amount));
const seconds = (ms: number | null): string => (ms === null ? '–' : `${(ms / 1000).toFixed(1)} s`);

const columns: readonly Column[] = [
  ['attempts', ({ attempts }) => String(attempts)],
  ['failed', ({ failed }) => String(failed)],
  ['images', ({ images }) => String(images)],
  ['kept', ({ kept }) => String(kept)],
  ['charged', ({ reportedUsd }) => usd(reportedUsd)],
  ['estimated', ({ estimatedUsd }) => (estimatedUsd === 0 ? '–' : `≈ ${usd(estimatedUsd)}`)],
  ['unknown', ({ unknownCosts }) => (unknownCosts === 0 ? '–' : `${unknownCosts} ×`)],
  [
    'per kept',
    ({ usdPerKept, unknownCosts }) => (usdPerKept === null ? '–' : `${unknownCosts > 0 ? '≥ ' : ''}${usd(usdPerKept)}`),
  ],
  ['p50', ({ p50 }) => seconds(p50)],
  ['p95', ({ p95 }) => seconds(p95)],
];

/** Sums as a table with a line of totals; what is unknown is told apart. */
export function costTable(by: string, { groups, total }: { groups: readonly CostGroup[]; total: CostGroup }): string[] {
  if (groups.length === 0) return ['Nothing was made in this time.'];
  const rows = [...groups, total].map((group) => [printable(group.label), ...columns.map(([, cell]) => cell(group))]);
  const table = [[by, ...columns.map(([heading]) => heading)], ...rows];
  const widths = (table[0] ?? []).map((_, index) => Math.max(...table.map((row) => lengthOf(row[index] ?? ''))));
  const lines = table.map((row) =>
    row
      .map((cell, index) => {
        const room = ' '.repeat((widths[index] ?? 0) - lengthOf(cell));
        return index === 0 ? `${cell}${room}` : `${room}${cell}`;
      })
      .join('  ')
      .trimEnd(),
  );
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return [...lines.slice(0, -1), rule, ...lines.slice(-1), ...notes(total)];
}

function notes({ estimatedUsd, unknownCosts, heldUsd, trainings, trainingUsd }: CostGroup): string[] {
  const expected =
    heldUsd > 0 ? ` ${unknownCosts === 1 ? 'It' : 'They'} had been expected to be about ${dollars(heldUsd)}.` : '';
  return [
    ...(estimatedUsd > 0 ? ['≈ is estimated by the price list: the service does not tell what it charged.'] : []),
    ...(unknownCosts > 0
      ? [`${counted(unknownCosts, 'cost')} ${unknownCosts === 1 ? 'is' : 'are'} unknown and in no sum.${expected}`]
      : []),
    ...(trainings > 0 ? [`${counted(trainings, 'training')} for ${dollars(trainingUsd)} among them.`] : []),
  ];
}

/** By characters: half of an emoji is none. */
const lengthOf = (text: string): number => Array.from(text).length;
