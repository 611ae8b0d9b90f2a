import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { positionOf } from './find-prompt.ts';

describe('the place in the queue', () => {
  it.each([
    ['next, nothing runs', 'a', [{ number: 1, id: 'a' }], false, 1],
    ['next, something runs', 'a', [{ number: 1, id: 'a' }], true, 1],
    [
      'behind one that was put first',
      'a',
      [
        { number: -9, id: 'z' },
        { number: 1, id: 'a' },
      ],
      true,
      2,
    ],
    [
      'in heap order',
      'b',
      [
        { number: -19, id: 'c' },
        { number: 18, id: 'b' },
        { number: 17, id: 'a' },
      ],
      true,
      3,
    ],
    [
      'ties by id',
      'b',
      [
        { number: 1, id: 'b' },
        { number: 1, id: 'a' },
      ],
      true,
      2,
    ],
  ])('is right when %s', (_how, id, pending, isRunning, position) => {
    expect(positionOf(id, pending, isRunning)).toBe(position);
  });

  it('is the same in whatever order the server tells', () => {
    const waiting = fc.uniqueArray(fc.record({ number: fc.integer(), id: fc.uuid() }), {
      selector: ({ id }) => id,
      minLength: 1,
    });
    fc.assert(
      fc.property(waiting, (pending) => {
        const positions = (list: typeof pending): number[] => pending.map(({ id }) => positionOf(id, list, true));
        expect(positions([...pending].reverse())).toEqual(positions(pending));
        expect([...positions(pending)].sort((a, b) => a - b)).toEqual(pending.map((_, index) => index + 1));
      }),
    );
  });
});
