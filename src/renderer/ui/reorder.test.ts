import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { putBefore, targetOfDrop, targetOfMove } from './reorder.ts';

const ids = ['a', 'b', 'c', 'd'];
/** What the list is after "put `id` in front of `before`". */
const moved = (id: string, before: string | null | undefined): string[] =>
  before === undefined ? ids : putBefore(ids, id, before);

describe('moving a job by keys', () => {
  it('goes one place up or down, and stops at the ends', () => {
    expect(moved('c', targetOfMove(ids, 'c', -1))).toEqual(['a', 'c', 'b', 'd']);
    expect(moved('b', targetOfMove(ids, 'b', 1))).toEqual(['a', 'c', 'b', 'd']);
    expect(moved('c', targetOfMove(ids, 'c', 1))).toEqual(['a', 'b', 'd', 'c']);
    expect(targetOfMove(ids, 'a', -1)).toBeUndefined();
    expect(targetOfMove(ids, 'd', 1)).toBeUndefined();
    expect(targetOfMove(ids, 'gone', 1)).toBeUndefined();
  });
});

describe('dropping a job', () => {
  it('puts it above the upper half and below the lower half of another', () => {
    expect(moved('d', targetOfDrop(ids, 'd', 'b', 'upper'))).toEqual(['a', 'd', 'b', 'c']);
    expect(moved('a', targetOfDrop(ids, 'a', 'c', 'lower'))).toEqual(['b', 'c', 'a', 'd']);
    expect(moved('a', targetOfDrop(ids, 'a', 'd', 'lower'))).toEqual(['b', 'c', 'd', 'a']);
  });

  it('changes nothing where it lies already, and else puts it beside the other', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ids),
        fc.constantFrom(...ids),
        fc.constantFrom('upper' as const, 'lower' as const),
        (id, over, half) => {
          const target = targetOfDrop(ids, id, over, half);
          const order = moved(id, target);
          if (target === undefined) return;
          expect(order).not.toEqual(ids);
          expect(order.indexOf(id) - order.indexOf(over)).toBe(half === 'upper' ? -1 : 1);
        },
      ),
    );
  });
});
