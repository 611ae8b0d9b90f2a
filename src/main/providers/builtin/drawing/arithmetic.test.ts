import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bent, cosine, scatter, sine, smooth } from './arithmetic.ts';

describe('the arithmetic of drawings', () => {
  it('knows sine and cosine of every angle', () => {
    fc.assert(
      fc.property(fc.double({ min: -1000, max: 1000, noNaN: true }), (turns) => {
        expect(sine(turns)).toBeCloseTo(Math.sin(turns * 2 * Math.PI), 4);
        expect(cosine(turns)).toBeCloseTo(Math.cos(turns * 2 * Math.PI), 4);
      }),
    );
  });

  it('has soft steps in both directions and bends shares without moving their ends', () => {
    expect([smooth(1, 3, 0), smooth(1, 3, 2), smooth(1, 3, 9)]).toEqual([0, 0.5, 1]);
    expect([smooth(3, 1, 0), smooth(3, 1, 2), smooth(3, 1, 9)]).toEqual([1, 0.5, 0]);
    expect([bent(0, 0.4), bent(0.5, 1), bent(1, -0.3)]).toEqual([0, 0.25, 1]);
  });

  it('scatters evenly', () => {
    const values = Array.from({ length: 10_000 }, (_, index) => scatter(index % 100, Math.floor(index / 100), 5));
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0.5, 1);
    expect(new Set(values).size).toBeGreaterThan(9_990);
  });

  it('is all that drawings use, because the rest differs from machine to machine', () => {
    const folder = join(import.meta.dirname, '..');
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /(?<!\.test)\.ts$/.test(name),
    );
    expect(sources.length).toBeGreaterThan(20);
    const inexact = /Math\.(?!abs|ceil|floor|imul|max|min|round|sqrt|PI\b)\w+|[\w)\]]\s*\*\*\s*[\w(]|Date\b|toLocale/;
    for (const name of sources) expect(readFileSync(join(folder, name), 'utf8'), name).not.toMatch(inexact);
  });
});
