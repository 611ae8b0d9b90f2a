import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strategies } from '../models/route-wishes.ts';
import { tryEvery } from './adaptive.ts';
import type { Candidate } from './candidate.ts';
import { pickBest, rankAll } from './strategies.ts';

const candidate = (place: number, changes: Partial<Candidate> = {}): Candidate => ({
  level: 0,
  place,
  listed: 0,
  waits: false,
  isTry: false,
  isLocal: false,
  load: 0,
  risk: 0,
  usd: 0.01,
  seconds: 10,
  points: 1500,
  loss: 0.5,
  hope: 0.4,
  ...changes,
});
const places = (candidates: readonly Candidate[], strategy: (typeof strategies)[number], turn = 0): number[] =>
  rankAll(candidates, strategy, turn).map(({ candidate: { place } }) => place);

const anyNumber = fc.oneof(fc.constant(Infinity), fc.integer({ min: 0, max: 4 }));
const anyCandidates = fc
  .array(
    fc.record({
      level: fc.integer({ min: 0, max: 3 }),
      waits: fc.boolean(),
      isTry: fc.boolean(),
      isLocal: fc.boolean(),
      load: fc.integer({ min: 0, max: 3 }),
      risk: fc.integer({ min: 0, max: 3 }),
      usd: anyNumber,
      seconds: anyNumber,
      points: fc.integer({ min: 1499, max: 1501 }),
      loss: fc.integer({ min: 0, max: 3 }),
      hope: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 8 },
  )
  .map((list) => list.map((changes, place) => candidate(place, changes)));
const anyStrategy = fc.constantFrom(...strategies);
const anyTurn = fc.nat({ max: 10_000 });

describe('strategies', () => {
  it('decide as they rank', () => {
    fc.assert(
      fc.property(anyCandidates, anyStrategy, anyTurn, (candidates, strategy, turn) => {
        expect(pickBest(candidates, strategy, turn)).toBe(rankAll(candidates, strategy, turn)[0]?.candidate ?? null);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('rank in one order only, however the candidates are listed', () => {
    const shuffled = anyCandidates.chain((candidates) =>
      fc.tuple(fc.constant(candidates), fc.shuffledSubarray(candidates, { minLength: candidates.length })),
    );
    fc.assert(
      fc.property(shuffled, anyStrategy, anyTurn, ([candidates, others], strategy, turn) => {
        expect(places(others, strategy, turn)).toEqual(places(candidates, strategy, turn));
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('put what the job names before everything else', () => {
    for (const strategy of strategies) {
      const other = candidate(0, {
        level: 1,
        load: 0,
        usd: 0,
        seconds: 1,
        points: 1900,
        isLocal: true,
        loss: 0,
        hope: 0,
      });
      const named = candidate(1, { waits: true, load: 1, risk: 1, loss: 1, hope: 1 });
      expect(places([other, named], strategy)).toEqual([1, 0]);
    }
  });

  it('wait where the order is the wish of the user, and go elsewhere where it is not', () => {
    const busy = candidate(0, { waits: true, load: 1, usd: 0, points: 1900, isLocal: true, loss: 0, seconds: 1 });
    const free = candidate(1, { load: 1, risk: 1 });
    for (const strategy of ['primary_first', 'cost_optimized', 'quality_focused', 'local_first'] as const) {
      expect(places([busy, free], strategy), strategy).toEqual([0, 1]);
    }
    for (const strategy of ['round_robin', 'least_loaded', 'health_based', 'fastest', 'adaptive'] as const) {
      expect(places([busy, free], strategy), strategy).toEqual([1, 0]);
    }
  });

  it('put what nobody knows last', () => {
    const unknown = candidate(0, { usd: Infinity, seconds: Infinity });
    const dear = candidate(1, { usd: 99, seconds: 999 });
    expect(places([unknown, dear], 'cost_optimized')).toEqual([1, 0]);
    expect(places([unknown, dear], 'fastest')).toEqual([1, 0]);
  });

  it('let everybody have a turn', () => {
    const three = [candidate(0), candidate(1), candidate(2)];
    expect([0, 1, 2, 3].map((turn) => pickBest(three, 'round_robin', turn)?.place)).toEqual([0, 1, 2, 0]);
  });
});

describe('adaptive', () => {
  const known = candidate(0, { loss: 0.3, hope: 0.2 });
  const hopeful = candidate(1, { loss: 0.5, hope: 0.25 });
  const hopeless = candidate(2, { loss: 0.9, hope: 0.6 });
  const all = [known, hopeful, hopeless];
  const picks = Array.from({ length: tryEvery * 30 }, (_, turn) => pickBest(all, 'adaptive', turn)?.place);
  const times = (place: number): number => picks.filter((pick) => pick === place).length;

  it('tries another one now and then, as long as it could be better', () => {
    expect(times(1)).toBe(10);
    expect(times(2)).toBe(0);
  });

  it('tries who comes back from an outage at the next turn to try, and not before', () => {
    const back = candidate(1, { loss: 0.7, hope: 0.1, isTry: true });
    const first = Array.from({ length: tryEvery }, (_, turn) => pickBest([known, back], 'adaptive', turn)?.place);
    expect(first).toEqual([...new Array<number>(tryEvery - 1).fill(0), 1]);
  });
});
