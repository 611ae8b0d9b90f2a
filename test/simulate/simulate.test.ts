import { describe, expect, it } from 'vitest';
import { strategies, type Strategy } from '../../src/shared/models/route-wishes.ts';
import { simulateDay, type DayResult } from './day.ts';
import { measureDrift } from './measure-drift.ts';

const seeds = [1, 2, 3, 4];
const jobs = 500;

/** What each strategy is for, as a number of which less is better. */
const aims: Readonly<Record<Strategy, (day: DayResult) => number>> = {
  primary_first: ({ primary }) => -primary,
  round_robin: ({ mostAtOne }) => mostAtOne,
  least_loaded: ({ load }) => load,
  cost_optimized: ({ usd }) => usd,
  quality_focused: ({ quality }) => -quality,
  health_based: ({ firstAttemptFailures }) => firstAttemptFailures,
  local_first: ({ local }) => -local,
  fastest: ({ p50 }) => p50,
  adaptive: ({ loss }) => loss,
};

describe('a simulated day', () => {
  const days = new Map(
    strategies.map((strategy) => [strategy, seeds.map((seed) => simulateDay(strategy, jobs, seed))]),
  );
  const average = (of: Strategy, aim: (day: DayResult) => number): number =>
    (days.get(of) ?? []).reduce((sum, day) => sum + aim(day), 0) / seeds.length;

  it.each(strategies)('is won by %s in what that is for', (strategy) => {
    const others = strategies.filter((other) => other !== strategy);
    for (const other of others) {
      expect(average(strategy, aims[strategy]), other).toBeLessThan(average(other, aims[strategy]));
    }
  });

  it('brings every job to its end, whatever fails', () => {
    for (const strategy of strategies)
      expect(average(strategy, ({ success }) => success)).toBeGreaterThanOrEqual(0.995);
  });

  it('is the same for the same seed', () => {
    expect(simulateDay('adaptive', jobs, 1)).toEqual(days.get('adaptive')?.[0]);
  });
});

describe('learning where things change', () => {
  const results = new Map(measureDrift(1, 12).map((result) => [result.name, result]));
  const of = (name: string) => results.get(name) ?? { regret: NaN, failures: NaN, steady: NaN };

  it('loses little, and little where nothing changes', () => {
    const { regret, failures, steady } = of('adaptive');
    expect(regret).toBeLessThanOrEqual(130);
    expect(failures).toBeLessThanOrEqual(0.036);
    expect(steady).toBeLessThanOrEqual(1.1);
  });

  it('is measured on the scale on which the known ways are known to lose', () => {
    expect(of('round robin').regret).toBeGreaterThan(600);
    expect(of('round robin').regret).toBeLessThan(750);
    expect(of('primary with breaker').regret).toBeGreaterThan(200);
    for (const name of ['discounted Thompson', 'sliding-window UCB', 'ε-greedy over EWMA']) {
      expect(of(name).regret).toBeGreaterThan(of('adaptive').regret);
    }
  });
});
