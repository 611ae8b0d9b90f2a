import { describe, expect, it } from 'vitest';
import { remainingWish, type RecallWish } from './recall-wish.ts';

const wish = (id: string | null): RecallWish => ({ what: 'prompt', id });
/** What is left when these are looked at one after the other. */
const after = (begun: RecallWish | null, ...ids: (string | null)[]): RecallWish | null =>
  ids.reduce(remainingWish, begun);

describe('a wish to take something back into the editor', () => {
  it('waits until somebody knows which image opens, and is for that one', () => {
    expect(after(wish(null), null, null)).toEqual(wish(null));
    expect(after(wish(null), null, 'a', 'a')).toEqual(wish('a'));
    expect(after(wish('a'), 'a')).toEqual(wish('a'));
  });

  it('is gone with the step to another image, also when it was made before the first was known', () => {
    expect(after(wish('a'), 'b')).toBeNull();
    expect(after(wish(null), 'a', 'b')).toBeNull();
    expect(after(wish(null), 'a', 'b', 'a')).toBeNull();
  });

  it('does not come of nothing', () => {
    expect(after(null, null, 'a')).toBeNull();
  });
});
