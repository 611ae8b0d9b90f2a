import { AppError } from './errors.ts';

/** A row of a table, with the line on which it begins, counted from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads a table as RFC 4180 has it, with any kind of line end and with or without a byte order mark; empty lines are passed
 * over. Throws badInput with the line where a quotation mark is never closed or something stands behind one.
 */
export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let line = 1;
  let rowLine = 1;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const { cell, end } = text[at] === '"' ? quotedCell(text, at, line) : plainCell(text, at);
    line += lineBreaksIn(text.slice(at, end));
    cells.push(cell);
    at = end;
    if (text[at] === ',') {
      at += 1;
      // A comma at the very end stands before an empty cell.
      if (at === text.length) cells.push('');
      else continue;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    at += 1;
    if (cells.length > 1 || cells[0] !== '' || text[end - 1] === '"') rows.push({ line: rowLine, cells });
    cells = [];
    line += 1;
    rowLine = line;
  }
  return rows;
}

interface ReadCell {
  readonly cell: string;
  /** Where the comma, the line end or the end of the text is. */
  readonly end: number;
}

function plainCell(text: string, at: number): ReadCell {
  let end = at;
  while (end < text.length && !/[,\r\n]/.test(text[end] ?? '')) end += 1;
  return { cell: text.slice(at, end), end };
}

function quotedCell(text: string, at: number, line: number): ReadCell {
  let close = text.indexOf('"', at + 1);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close < 0) {
    throw new AppError(
      'badInput',
      `A quotation mark in line ${line} is never closed. Close it, or double it if it is meant as it stands.`,
      { line },
    );
  }
  const end = close + 1;
  if (end < text.length && !/[,\r\n]/.test(text[end] ?? '')) {
    const wrong = line + lineBreaksIn(text.slice(at, end));
    throw new AppError(
      'badInput',
      `In line ${wrong} something stands right behind a closing quotation mark. Put a comma between them, or double the quotation mark.`,
      { line: wrong },
    );
  }
  return { cell: text.slice(at + 1, close).replaceAll('""', '"'), end };
}

const lineBreaksIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;
