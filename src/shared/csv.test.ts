import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLines } from './csv.ts';

/** Reads what RFC 4180 says, to the letter. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let rest = text;
  while (rest !== '') {
    const match = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest);
    if (!match) throw new Error(`Not CSV: ${rest}`);
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') {
      rows.push(row);
      row = [];
    }
    rest = rest.slice(match[0].length);
  }
  return rows;
}

describe('csvLines', () => {
  it('can be read back, whatever stands in the cells', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a,b', '"', 'x\r\ny', '', 'é€😀'));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 5 }), (rows) => {
        const guarded = rows.map((row) => row.map((text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)));
        expect(parse(csvLines(rows))).toEqual(guarded);
      }),
    );
  });

  it('lets no spreadsheet run a text', () => {
    expect(csvLines([['=1+1', '+a', '-b', '@c', '\td', 'e=f']])).toBe("'=1+1,'+a,'-b,'@c,'\td,e=f\r\n");
    expect(csvLines([['=HYPERLINK("http://x","y")']])).toBe(`"'=HYPERLINK(""http://x"",""y"")"\r\n`);
  });

  it('writes numbers so that they stay numbers', () => {
    expect(csvLines([[-1, 0, 1.5, 0.1 + 0.2, 0.000001, null]])).toBe('-1,0,1.5,0.3,0.000001,\r\n');
  });
});
