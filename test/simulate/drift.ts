import { expectedLoss } from '../../src/shared/routing/adaptive.ts';
import { pointsOfTier } from '../../src/shared/routing/elo.ts';
import { createRandom } from '../bench/random.ts';
import { normal } from './chance.ts';

/** How a provider is for a while. Seconds are the median; what single jobs take varies around it. */
export interface Conduct {
  readonly success: number;
  readonly seconds: number;
  readonly usd: number;
}

/** What a request to a provider came to. `loss` is 0 to 1, as `adaptive` reckons. */
export interface Result {
  readonly succeeded: boolean;
  readonly seconds: number;
  readonly usd: number;
  readonly loss: number;
}

/** Somebody who chooses among the providers and learns from what comes of it. `now` is milliseconds. */
export interface Chooser {
  choose(request: number, now: number): number;
  learn(provider: number, result: Result, now: number): void;
}

export interface World {
  readonly providers: number;
  /** The conduct of each provider at each request. */
  readonly conduct: (provider: number, request: number) => Conduct;
}

export const requests = 6_000;
const spread = 0.3;

const points = pointsOfTier.standard;
const lossOf = ({ success, seconds, usd }: Conduct): number => expectedLoss(success, seconds, usd, points);

/**
 * Five providers: the user's first is the best, until it is down for a tenth of the time; the fourth then becomes much the best,
 * and later worse than it ever was. When that happens differs from seed to seed.
 */
export function driftingWorld(seed: number): World {
  const random = createRandom(seed * 7_919 + 1);
  const about = (request: number): number => Math.round(request * (0.85 + 0.3 * random()));
  const down = about(1_200);
  const up = down + about(600);
  const better = about(2_600);
  const worse = about(4_600);
  const usual: readonly Conduct[] = [
    { success: 0.97, seconds: 8, usd: 0.006 },
    { success: 0.92, seconds: 20, usd: 0.012 },
    { success: 0.96, seconds: 12, usd: 0.01 },
    { success: 0.94, seconds: 30, usd: 0.008 },
    { success: 0.9, seconds: 18, usd: 0.02 },
  ];
  return {
    providers: usual.length,
    conduct: (provider, request) => {
      const its = usual[provider] ?? { success: 0, seconds: 60, usd: 0.1 };
      if (provider === 0 && request >= down && request < up) return { ...its, success: 0.03 };
      if (provider !== 3 || request < better) return its;
      return request < worse ? { success: 0.98, seconds: 2, usd: 0.001 } : { success: 0.88, seconds: 40, usd: 0.008 };
    },
  };
}

/** The same without any change. */
export function steadyWorld(): World {
  const { providers, conduct } = driftingWorld(1);
  return { providers, conduct: (provider) => conduct(provider, 0) };
}

export interface Tally {
  /** How much more was to be expected to be lost than with the best provider of each moment, over all requests. */
  readonly regret: number;
  /** Share of requests whose first attempt failed. */
  readonly failures: number;
  /** Sum of what was to be expected to be lost. */
  readonly loss: number;
}

/** One request every `paceMs`, one attempt each. */
export function play(world: World, chooser: Chooser, seed: number, paceMs: number): Tally {
  const random = createRandom(seed);
  let regret = 0;
  let failures = 0;
  let loss = 0;
  for (let request = 0; request < requests; request += 1) {
    const now = request * paceMs;
    const provider = chooser.choose(request, now);
    const conduct = world.conduct(provider, request);
    const expected = lossOf(conduct);
    let least = Infinity;
    for (let other = 0; other < world.providers; other += 1)
      least = Math.min(least, lossOf(world.conduct(other, request)));
    regret += expected - least;
    loss += expected;
    const result = attempt(conduct, random);
    if (!result.succeeded) failures += 1;
    chooser.learn(provider, result, now);
  }
  return { regret, failures: failures / requests, loss };
}

function attempt({ success, seconds, usd }: Conduct, random: () => number): Result {
  const succeeded = random() < success;
  const took = seconds * Math.exp(spread * normal(random));
  return { succeeded, seconds: took, usd, loss: succeeded ? expectedLoss(1, took, usd, points) : 1 };
}
