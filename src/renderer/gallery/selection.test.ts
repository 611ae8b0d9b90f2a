import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSelected, nothingSelected, rangeBetween, toggled, withRange, withoutRange } from './selection.ts';

const command = fc.record({
  kind: fc.constantFrom('add', 'remove', 'toggle'),
  one: fc.integer({ min: 0, max: 60 }),
  other: fc.integer({ min: 0, max: 60 }),
});

describe('selection', () => {
  it('always holds what a plain set would hold, in ranges that never touch', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        const plain = new Set<number>();
        let selection = nothingSelected;
        for (const { kind, one, other } of commands) {
          const { low, high } = rangeBetween(one, other);
          if (kind === 'toggle') {
            selection = toggled(selection, one);
            if (!plain.delete(one)) plain.add(one);
            continue;
          }
          selection = kind === 'add' ? withRange(selection, { low, high }) : withoutRange(selection, { low, high });
          for (let sequence = low; sequence <= high; sequence++) {
            if (kind === 'add') plain.add(sequence);
            else plain.delete(sequence);
          }
        }
        for (let sequence = 0; sequence <= 60; sequence++) {
          expect(isSelected(selection, sequence)).toBe(plain.has(sequence));
        }
        for (const [at, range] of selection.entries()) {
          expect(range.low).toBeLessThanOrEqual(range.high);
          const next = selection[at + 1];
          if (next !== undefined) expect(next.low).toBeGreaterThan(range.high + 1);
        }
      }),
    );
  });
});
