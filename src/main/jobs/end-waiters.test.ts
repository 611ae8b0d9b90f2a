import { describe, expect, it } from 'vitest';
import { createEndWaiters } from './end-waiters.ts';

describe('who waits for the end of a job', () => {
  it('hears of it, all at once, and of no other job', async () => {
    const waiters = createEndWaiters();
    const heard: string[] = [];
    const first = waiters.wait('pear').then(() => heard.push('first'));
    const second = waiters.wait('pear').then(() => heard.push('second'));
    void waiters.wait('plum').then(() => heard.push('other'));
    waiters.ended('pear');
    await Promise.all([first, second]);
    expect(heard).toEqual(['first', 'second']);
  });

  it('hears why the end could not be recorded, and may wait again', async () => {
    const waiters = createEndWaiters();
    const failure = new Error('The disk is full.');
    const waiting = expect(waiters.wait('pear')).rejects.toBe(failure);
    waiters.failed('pear', failure);
    await waiting;
    const again = waiters.wait('pear');
    waiters.ended('pear');
    await expect(again).resolves.toBeUndefined();
  });
});
