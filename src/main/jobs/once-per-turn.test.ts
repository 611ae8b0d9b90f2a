import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { oncePerTurn } from './once-per-turn.ts';

const setUp = (work: () => void = () => undefined) => {
  const seen: unknown[] = [];
  const soon = oncePerTurn(
    () => {
      seen.push('done');
      work();
    },
    (error) => seen.push(error),
  );
  return { soon, seen };
};

describe('oncePerTurn', () => {
  it('does the work once per turn, after whoever asked for it has gone on', async () => {
    const { soon, seen } = setUp();
    soon.ask();
    soon.ask();
    expect(seen).toEqual([]);
    await nextTurn();
    expect(seen).toEqual(['done']);
    soon.ask();
    await nextTurn();
    expect(seen).toEqual(['done', 'done']);
  });

  it('hands on what the work throws, and works again when it is asked again', async () => {
    const failure = new Error('The disk is gone.');
    const { soon, seen } = setUp(() => {
      throw failure;
    });
    soon.ask();
    await nextTurn();
    soon.ask();
    await nextTurn();
    expect(seen).toEqual(['done', failure, 'done', failure]);
  });

  it('does nothing more once it is cancelled', async () => {
    const { soon, seen } = setUp();
    soon.ask();
    soon.cancel();
    await nextTurn();
    expect(seen).toEqual([]);
  });
});
