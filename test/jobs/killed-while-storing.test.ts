import { describe, expect } from 'vitest';
import type { Step } from '../../src/main/step.ts';
import { it } from './library-folder.ts';
import { brokenPicture, drawn, finished, paidProvider, picture } from './scripted-provider.ts';

const two = [expect.any(String), expect.any(String)];
const steps: readonly Step[] = ['file-written', 'row-written', 'file-moved', 'event-sent'];
const shorts = {
  'was withheld': () => finished([picture(0), picture(1)]),
  'can not be read': () => finished([picture(0), picture(1), brokenPicture(2)]),
};

// No price is known, so that no question about one can keep a picture from being bought again.
describe.each(Object.entries(shorts))('a paid answer of which one picture of three %s', (_, submit) => {
  it.for(steps)('is not bought again when Easel is killed at %s', async (step, { folder }) => {
    const painter = paidProvider({ submit }, { price: null });
    const first = await folder.open([painter]);
    const killed = folder.killedAt(step);
    const job = await first.ask({ count: 3 });
    const left = await killed;
    const again = paidProvider({ submit: drawn }, { price: null });
    const easel = await left.open([again]);
    const end = await easel.ended(job);
    expect(end.imageIds).toEqual(two);
    expect(again.sent).toEqual([]);
    expect(['failed', 'needs_attention']).toContain(end.state);
    expect(end.error?.message).toMatch(/^(2 of 3 pictures arrived|Painter made 2 of 3 pictures)/);
  });
});
