import { describe, expect, it } from 'vitest';
import { createVerdictGate } from './verdict-gate.ts';

describe('the gate for verdicts', () => {
  it('lets one press pass, and the next one only after a pause', () => {
    const { passes } = createVerdictGate();
    expect([0, 100, 1_000].map(passes)).toEqual([true, false, true]);
  });

  it('lets nothing pass as long as a key is held', () => {
    const { passes } = createVerdictGate();
    const repeats = Array.from({ length: 100 }, (_, at) => at * 33);
    expect(repeats.filter(passes)).toEqual([0]);
  });
});
