import { BreakerRule, type Breaker } from '../../src/shared/models/routing.ts';
import {
  breakerAfter,
  breakerAfterStart,
  breakerAt,
  closedBreaker,
  letsPass,
} from '../../src/shared/routing/breaker.ts';
import type { Chooser } from './drift.ts';
import { beta } from './chance.ts';

/** What others do, as they are described in the literature, with the usual parameters. */

export function roundRobin(providers: number): Chooser {
  return { choose: (request) => request % providers, learn: () => undefined };
}

/** The first of the list whose breaker lets it. */
export function primaryWithBreaker(providers: number): Chooser {
  const rule = BreakerRule.parse({});
  const breakers: Breaker[] = Array.from({ length: providers }, () => closedBreaker);
  return {
    choose: (_request, now) => {
      for (const [provider, breaker] of breakers.entries()) breakers[provider] = breakerAt(breaker, rule, now);
      const chosen = Math.max(0, breakers.findIndex(letsPass));
      breakers[chosen] = breakerAfterStart(breakers[chosen] ?? closedBreaker);
      return chosen;
    },
    learn: (provider, { succeeded }, now) => {
      breakers[provider] = breakerAfter(breakers[provider] ?? closedBreaker, rule, succeeded ? null : 'server', now);
    },
  };
}

export function discountedThompson(providers: number, random: () => number, discount = 0.995): Chooser {
  const won = new Array<number>(providers).fill(0);
  const lost = new Array<number>(providers).fill(0);
  return {
    choose: () => best(won.map((wins, provider) => beta(1 + wins, 1 + (lost[provider] ?? 0), random))),
    learn: (chosen, { loss }) => {
      for (let provider = 0; provider < providers; provider += 1) {
        won[provider] = discount * (won[provider] ?? 0) + (provider === chosen ? 1 - loss : 0);
        lost[provider] = discount * (lost[provider] ?? 0) + (provider === chosen ? loss : 0);
      }
    },
  };
}

export function slidingWindowUcb(providers: number, window = 400, width = 0.07): Chooser {
  const seen: { provider: number; reward: number }[] = [];
  const times = new Array<number>(providers).fill(0);
  const sums = new Array<number>(providers).fill(0);
  return {
    choose: () =>
      best(
        times.map((count, provider) =>
          count === 0
            ? Infinity
            : (sums[provider] ?? 0) / count + Math.sqrt((width * Math.log(Math.min(window, seen.length))) / count),
        ),
      ),
    learn: (provider, { loss }) => {
      seen.push({ provider, reward: 1 - loss });
      add(provider, 1, 1 - loss);
      const old = seen.length > window ? seen.shift() : undefined;
      if (old) add(old.provider, -1, -old.reward);
    },
  };
  function add(provider: number, count: number, reward: number): void {
    times[provider] = (times[provider] ?? 0) + count;
    sums[provider] = (sums[provider] ?? 0) + reward;
  }
}

export function greedyAverages(providers: number, random: () => number, chance = 0.05, share = 0.1): Chooser {
  const averages = new Array<number>(providers).fill(1);
  return {
    choose: () => (random() < chance ? Math.floor(random() * providers) : best(averages)),
    learn: (provider, { loss }) => {
      const before = averages[provider] ?? 1;
      averages[provider] = before + (1 - loss - before) * share;
    },
  };
}

/** Never asks anybody else. */
export function always(provider: number): Chooser {
  return { choose: () => provider, learn: () => undefined };
}

function best(values: readonly number[]): number {
  let chosen = 0;
  for (const [at, value] of values.entries()) if (value > (values[chosen] ?? -Infinity)) chosen = at;
  return chosen;
}
