import { GenerationRequest } from '../../../src/shared/models/generation-request.ts';
import type { ProviderStatus } from '../../../src/shared/models/provider.ts';
import type { Strategy } from '../../../src/shared/models/route-wishes.ts';
import { emptyRoutingState, type RoutingSettings, type Standing } from '../../../src/shared/models/routing.ts';
import { tryEvery } from '../../../src/shared/routing/adaptive.ts';
import { whyTooDear, type Purse } from '../../../src/shared/routing/money.ts';
import { pointsByTier } from '../../../src/shared/routing/points.ts';
import { chanceOfReturn, riskOf } from '../../../src/shared/routing/risk.ts';
import { sketchModel, type Plan, type Sketch } from '../../../src/shared/routing/sketch-model.ts';
import { whyNotNow } from '../../../src/shared/routing/skip-reasons.ts';
import { pickBest } from '../../../src/shared/routing/strategies.ts';

/** What is known when somebody is chosen. */
export interface Now {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Jobs so far. */
  readonly turn: number;
  /** Another array whenever one of them has changed. */
  readonly standings: readonly Standing[];
  readonly purse: Purse;
}

/** Whom the program's own route would begin with, for one request that is asked again and again. */
export interface PreparedChoice {
  /** `failed`: provider ids that are not to be asked. */
  readonly best: (failed: readonly string[], now: Now) => Sketch | 'nobody' | 'overBudget';
}

export const request = GenerationRequest.parse({
  prompt: 'a fox in the snow, oil on canvas',
  width: 1024,
  height: 1024,
});

/**
 * That the request fits the models is known, each provider's first one; only who has changed is reckoned anew, by the program's own
 * functions.
 */
export function createPreparedChoice({
  statuses,
  settings,
  strategy,
}: {
  statuses: readonly ProviderStatus[];
  settings: RoutingSettings;
  strategy: Strategy;
}): PreparedChoice {
  let standings: readonly Standing[] = [];
  const prepared: (Sketch | null)[] = statuses.map(() => null);
  let candidates: Sketch[] = [];
  /** The best of all and the one after it, where only the best has changed since that was found out. */
  let leaders: [Sketch, Sketch] | null = null;

  const question: Plan & { now: number } = {
    request,
    settings,
    strategy,
    // Looked at where models of one provider are compared: here each has one.
    turn: 0,
    musts: settings.musts,
    // What is left of the money changes with every call: it is asked of the chosen one.
    purse: noLimit,
    points: pointsByTier,
    hasOwnPrices: false,
    inputSize: null,
    images: 1,
    now: 0,
  };

  const prepare = (order: number, standing: Standing): Sketch | null => {
    const status = statuses[order];
    const model = status?.models[0];
    if (!status || !model) return null;
    const { skip, breaker } = whyNotNow(status, standing, settings, question.now);
    if (skip !== null) return null;
    const place = {
      status,
      tracks: standing.tracks,
      order,
      isNamed: false,
      isTry: breaker.state === 'half_open',
      risk: riskOf(standing.tracks, breaker, question.now),
      chanceOfReturn: chanceOfReturn(standing.breaker, settings.breaker, question.now),
      running: standing.running,
      atOnce: standing.atOnce,
      roomIn: Math.max(0, (standing.roomAt ?? question.now) - question.now) / 1000,
    };
    return sketchModel(question, place, model, 0);
  };

  /** Looks anew at those of whom something has changed. */
  const prepareChanged = (told: readonly Standing[], now: number): void => {
    if (told === standings) return;
    question.now = now;
    let isSame = true;
    for (let order = 0; order < told.length; order += 1) {
      const standing = told[order];
      if (!standing || standing === standings[order]) continue;
      const before = prepared[order] ?? null;
      const after = prepare(order, standing);
      prepared[order] = after;
      if (before === null || after === null) isSame &&= before === after;
      else {
        after.place = before.place;
        candidates[after.place] = after;
        if (leaders?.[0] === before) leaders[0] = after;
        else leaders = null;
      }
    }
    if (!isSame) {
      leaders = null;
      candidates = prepared.filter((candidate) => candidate !== null);
      for (const [place, candidate] of candidates.entries()) candidate.place = place;
    }
    standings = told;
  };

  /** Where only the one that was best until now has changed, it need only be compared with the one after it. */
  const bestOfAll = (turn: number): Sketch | null => {
    if (isChosenByTurn(strategy, turn)) return pickBest(candidates, strategy, turn);
    if (leaders === null) {
      const first = pickBest(candidates, strategy, turn);
      const others = candidates.filter((candidate) => candidate !== first);
      const second = pickBest(others, strategy, turn);
      if (first !== null && second !== null) leaders = [first, second];
      return first;
    }
    const first = pickBest(leaders, strategy, turn);
    // Who comes after it now is not known.
    if (first !== leaders[0]) leaders = null;
    return first;
  };

  return {
    best: (failed, { now, turn, standings: told, purse }) => {
      prepareChanged(told, now);
      let few: readonly Sketch[] =
        failed.length === 0 ? candidates : candidates.filter(({ at }) => !failed.includes(at.status.manifest.id));
      if (few.length === 0) return 'nobody';
      for (;;) {
        const first = few === candidates ? bestOfAll(turn) : pickBest(few, strategy, turn);
        if (first === null) return 'overBudget';
        if (whyTooDear(purse, first.cost, 1) === null) return first;
        few = few.filter((candidate) => candidate !== first);
      }
    },
  };
}

/** Whether somebody is chosen because it is its turn. */
function isChosenByTurn(strategy: Strategy, turn: number): boolean {
  return strategy === 'round_robin' || (strategy === 'adaptive' && turn % tryEvery === tryEvery - 1);
}

const noLimit: Purse = {
  caps: emptyRoutingState.settings.caps,
  maxUsd: undefined,
  spending: emptyRoutingState.spending,
  spentUsd: 0,
};
