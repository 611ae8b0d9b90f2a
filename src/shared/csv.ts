/** A cell: null stays empty. Numbers are written so that they can be read back; only text is guarded against being run. */
export type CsvCell = string | number | null;

/** Lines of a table as RFC 4180 has them, each with its line end, ready to be written one after the other. */
export function csvLines(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  const text = typeof cell === 'number' ? plainNumber(cell) : harmless(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets take such text for a formula and run it; an apostrophe before it says that it is none. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** Without exponents, which some programs read as text, and without the dust of sums of fractions. */
function plainNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(9).replace(/\.?0+$/, '');
}
