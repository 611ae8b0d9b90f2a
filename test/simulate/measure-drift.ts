import { createRandom } from '../bench/random.ts';
import { total } from '../bench/statistics.ts';
import {
  always,
  discountedThompson,
  greedyAverages,
  primaryWithBreaker,
  roundRobin,
  slidingWindowUcb,
} from './known-choosers.ts';
import { driftingWorld, play, steadyWorld, type Chooser, type World } from './drift.ts';
import { easel } from './easel-chooser.ts';

export interface DriftResult {
  readonly name: string;
  /** How much more was lost than had to be over all requests, on average and in the worst world. */
  readonly regret: number;
  readonly worst: number;
  /** Share of requests whose first attempt failed, on average. */
  readonly failures: number;
  /** What is lost where nothing changes, by the best fixed choice. */
  readonly steady: number;
}

const paceMs = 10_000;
const steadySeeds = 10;

const choosers: Readonly<Record<string, (world: World, seed: number) => Chooser>> = {
  'round robin': ({ providers }) => roundRobin(providers),
  'primary with breaker': ({ providers }) => primaryWithBreaker(providers),
  'discounted Thompson': ({ providers }, seed) => discountedThompson(providers, createRandom(seed + 500_000)),
  'sliding-window UCB': ({ providers }) => slidingWindowUcb(providers),
  'ε-greedy over EWMA': ({ providers }, seed) => greedyAverages(providers, createRandom(seed + 700_000)),
  adaptive: (world) => easel(world, 'adaptive'),
};

/** Each chooser in so many worlds from a first seed on. */
export function measureDrift(first: number, seeds: number, names = Object.keys(choosers)): DriftResult[] {
  const fixed = play(steadyWorld(), always(0), first, paceMs).loss;
  return names.map((name) => {
    const make = choosers[name] ?? choosers.adaptive;
    if (!make) throw new Error(`There is no chooser ${name}.`);
    const numbers = Array.from({ length: seeds }, (_, at) => first + at);
    const tallies = numbers.map((seed) => {
      const world = driftingWorld(seed);
      return play(world, make(world, seed), seed, paceMs);
    });
    const still = numbers
      .slice(0, steadySeeds)
      .map((seed) => play(steadyWorld(), make(steadyWorld(), seed), seed, paceMs).loss);
    return {
      name,
      regret: total(tallies.map(({ regret }) => regret)) / seeds,
      worst: Math.max(...tallies.map(({ regret }) => regret)),
      failures: total(tallies.map(({ failures }) => failures)) / seeds,
      steady: total(still) / still.length / fixed,
    };
  });
}
