/**
 * Lines of a table, each with its line end, that hold exactly the texts that were given: for files that are read back. `csvLines`
 * guards spreadsheets against what looks like a formula, and changes the text for that.
 */
export function plainCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(plainCell).join(',')}\r\n`).join('');
}

const plainCell = (cell: string): string =>
  /[",\r\n]|^\s|\s$|^$|^\uFEFF/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
