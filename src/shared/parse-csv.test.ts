import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from './errors.ts';
import { parseCsv } from './parse-csv.ts';

const cells = (text: string): (readonly string[])[] => parseCsv(text).map((row) => row.cells);

describe('parseCsv', () => {
  it('reads quotation marks, line breaks inside them, and every kind of line end', () => {
    expect(cells('a,b\r\n"x, ""y""","1\n2"\rc,\n\n,d')).toEqual([
      ['a', 'b'],
      ['x, "y"', '1\n2'],
      ['c', ''],
      ['', 'd'],
    ]);
    expect(cells('\uFEFFa,b')).toEqual([['a', 'b']]);
    expect(cells('')).toEqual([]);
    expect(cells('""')).toEqual([['']]);
    expect(cells('a,')).toEqual([['a', '']]);
  });

  it('tells the line on which each row begins', () => {
    expect(parseCsv('a\n"b\r\nb"\n\nc').map(({ line }) => line)).toEqual([1, 2, 5]);
  });

  it('says where it is broken', () => {
    expect(() => parseCsv('a\nb,"c\nd')).toThrow(/line 2 is never closed/);
    expect(() => parseCsv('a\n"b"c')).toThrow(/In line 2 something stands/);
  });

  it('reads back what is written with every cell quoted, and throws nothing but its own errors', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.constantFrom('"', ',', '\r\n', 'a"b', ''));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 }), (rows) => {
        const text = rows.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')).join('\n');
        expect(cells(text)).toEqual(rows);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom('"', ',', '\n', '\r', 'a', '\uFEFF'), { maxLength: 20 }), (pieces) => {
        try {
          parseCsv(pieces.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });
});
