export type Cell =
  | { readonly kind: 'holds' }
  | { readonly kind: 'broken' }
  | { readonly kind: 'nothing'; readonly reason: string }
  | { readonly kind: 'exception'; readonly reason: string };

const marks = { holds: '✓', broken: '✗', nothing: '·', exception: '!' } as const;

/** Provider and operation × rule, as text: ✓ holds, ✗ does not, · nothing to try, ! an exception, whose reason follows. Blank: not tried. */
export function createTable(rules: readonly string[]): {
  note(row: string, rule: string, cell: Cell): void;
  text(): string;
} {
  const rows = new Map<string, Map<string, Cell>>();
  return {
    note: (row, rule, cell) => {
      const cells = rows.get(row) ?? new Map<string, Cell>();
      rows.set(row, cells.set(rule, cell));
    },
    text: () => {
      const width = Math.max(0, ...[...rows.keys()].map((row) => row.length));
      const numbers = rules.map((_rule, at) => String(at + 1).padStart(3));
      const lines = [...rows].map(([row, cells]) => {
        const cellMarks = rules.map((rule) => {
          const cell = cells.get(rule);
          return (cell ? marks[cell.kind] : ' ').padStart(3);
        });
        return `${row.padEnd(width)}${cellMarks.join('')}`;
      });
      const exceptions = [...rows].flatMap(([row, cells]) =>
        [...cells].flatMap(([rule, cell]) =>
          cell.kind === 'exception' ? [`! ${row}, ${rules.indexOf(rule) + 1}: ${cell.reason}`] : [],
        ),
      );
      return [
        '',
        'Conformance: provider and operation × rule (✓ holds, ✗ does not, · nothing to try, ! exception with a reason)',
        `${' '.repeat(width)}${numbers.join('')}`,
        ...lines,
        '',
        ...rules.map((rule, at) => `${String(at + 1).padStart(3)}  ${rule}`),
        ...exceptions,
        '',
      ].join('\n');
    },
  };
}
