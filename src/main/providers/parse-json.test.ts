import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';

const long = 'iVBORw0KGgo/+aB9'.repeat(20_000);
const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

describe('parseJson', () => {
  it('reads small and large answers as JSON.parse does, whatever they hold', () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(value, value, (before, after) => {
        for (const each of [before, { before, picture: long, after }, [long, [before, { long }], long, after]]) {
          expect(parseJson(bytesOf(each))).toEqual(JSON.parse(JSON.stringify(each)));
        }
      }),
    );
  });

  it('leaves long strings alone that are more than plain letters', () => {
    for (const text of [`${long}\\${long}`, `${long}"${long}`, `ü${long}`, `${long}\n`]) {
      expect(parseJson(bytesOf({ text, [`${long}é"`]: 1 }))).toEqual({ text, [`${long}é"`]: 1 });
    }
    // As some write it: every slash escaped.
    const escaped = Buffer.from(`{"text":"${long.replaceAll('/', '\\/')}"}`);
    expect(parseJson(escaped)).toEqual({ text: long });
  });

  it('reads NaN and Infinity as nothing, beside a picture too', () => {
    expect(parseJson(Buffer.from(`{"a":NaN,"b":"NaN","c":-Infinity,"p":"${long}"}`))).toEqual({
      a: null,
      b: 'NaN',
      c: null,
      p: long,
    });
  });

  it('refuses what ends too early, in a picture or after it', () => {
    const whole = bytesOf({ picture: long, more: 1 });
    for (const end of [10, 100_000, whole.length - 1]) {
      expect(() => parseJson(whole.subarray(0, end))).toThrow(SyntaxError);
    }
  });
});
