import type { ErrorCode } from '../errors.ts';
import type { Cost } from '../models/cost.ts';
import type { GenerationRequest } from '../models/generation-request.ts';
import type { DroppedParameter } from '../models/dropped-parameter.ts';
import type { Model, ProviderStatus } from '../models/provider.ts';
import type { Strategy } from '../models/route-wishes.ts';
import type { RoutingSettings, RoutingState } from '../models/routing.ts';
import type { FittedRequest, Size } from './fit-request.ts';
import { pointsByTier, pointsFrom } from './points.ts';
import { prepareModels, type Prepared, type TooDear } from './prepare-models.ts';
import { kindOfPrompt } from './prompt-kind.ts';
import { chanceOfReturn, riskOf } from './risk.ts';
import { meritsOf, reasonsFor } from './route-reasons.ts';
import { whyNotAsked, whyNotNow, type FailedProvider, type Skip } from './skip-reasons.ts';
import type { Plan } from './sketch-model.ts';
import { rankAll } from './strategies.ts';

export interface RouteQuestion {
  readonly request: GenerationRequest;
  readonly providers: readonly ProviderStatus[];
  readonly routing: RoutingState;
  /** Size of the reference image in pixels, where there is one. */
  readonly inputSize: Size | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Who has failed at this job already and is not to be asked again. */
  readonly failed?: readonly FailedProvider[];
  /** Images that are still to be made; all that the request asks for where it is left out. */
  readonly missing?: number;
  /** What the job has cost already, in US dollars: a cap for a job and its top price are for all of it. */
  readonly spentUsd?: number;
}

/** What is asked about one job; the state of everything else is known where it is asked. */
export type RouteAsk = Pick<RouteQuestion, 'request' | 'inputSize' | 'failed' | 'missing' | 'spentUsd'>;

export type { FailedProvider };

export interface RankedProvider {
  readonly provider: string;
  readonly model: Model;
  readonly request: FittedRequest;
  readonly dropped: readonly DroppedParameter[];
  /** Of the whole job. On one's own machine it is free. */
  readonly cost: Cost;
  /** Until the whole job is done; null: nobody knows. */
  readonly seconds: number | null;
  /** What the strategy ranks by; docs/routing.md says how. Lower is better, Infinity: not known. */
  readonly score: number;
  /** Plain words, the deciding one first. */
  readonly reasons: readonly string[];
  /** It is at one of its limits: the job would wait for its turn there. */
  readonly waits: boolean;
  /** Its breaker is half open: the job would be the one try. */
  readonly isTry: boolean;
}

export interface SkippedProvider {
  readonly provider: string;
  readonly name: string;
  readonly code: ErrorCode;
  readonly reason: string;
  /** What would change it; empty where nothing would. */
  readonly help: string;
  /** When time alone makes it possible: milliseconds since 1970, at the earliest. Missing: nobody knows. */
  readonly againAt?: number;
  /** It ends by itself, as a cool-down does, or an absence, so that a job can wait for it. */
  readonly passes: boolean;
  /** Money alone is in the way: of the cheapest model of it that would do. */
  readonly tooDear?: TooDear;
}

export interface Route {
  /** Null where the request names its provider and no other may do it. */
  readonly strategy: Strategy | null;
  /** Best first. Empty: nobody can do it, and `skipped` says why. */
  readonly ranked: readonly RankedProvider[];
  readonly skipped: readonly SkippedProvider[];
}

/**
 * Chooses who does a request: the named provider, else those that are set up, ranked by the strategy. Pure: the same question
 * has the same answer, so that a rehearsal is what happens. docs/routing.md says who is skipped and how each strategy ranks.
 */
export function planRoute(question: RouteQuestion): Route {
  const { request, providers, routing, now, failed = [] } = question;
  const { settings } = routing;
  const plan = planOf(question);
  const mayBeOther = request.provider === undefined || request.wishes?.orOther === true;
  // Behind locked keys there are some.
  const hasRealProvider = providers.some(
    ({ manifest, enabled, health }) => manifest.kind !== 'builtin' && (enabled || health.state === 'locked'),
  );
  const primaryName = providers.find(({ manifest }) => manifest.id === settings.primary)?.manifest.name ?? null;
  const known = { request, settings, failed, hasRealProvider, primaryName };
  const fitting: Prepared[] = [];
  const skipped: SkippedProvider[] = [];
  const missed: { readonly order: number; readonly reason: string }[] = [];
  for (const [order, status] of inOrder(providers, settings).entries()) {
    const { id, name } = status.manifest;
    const isNamed = request.provider === id;
    if (!mayBeOther && !isNamed) continue;
    const skip = (why: Skip, tooDear?: TooDear): void => {
      const { isWish = false, ...told } = why;
      const passes = why.passes ?? why.againAt !== undefined;
      skipped.push({ provider: id, name, ...told, passes, ...(tooDear && { tooDear }) });
      // Nobody expects anything of one that the job itself leaves out, or that was never set up.
      if (isWish) return;
      if (status.enabled || id === settings.primary || settings.fallbacks.includes(id)) {
        missed.push({ order, reason: why.reason });
      }
    };
    const notAsked = whyNotAsked(status, known);
    if (notAsked !== null) {
      skip(notAsked);
      continue;
    }
    const standing = routing.standings.find(({ provider }) => provider === id) ?? null;
    const { skip: notNow, breaker } = whyNotNow(status, standing, settings, now);
    const risk = riskOf(standing?.tracks ?? [], breaker, now);
    const best = prepareModels(plan, {
      status,
      tracks: standing?.tracks ?? [],
      order,
      isNamed,
      isTry: breaker.state === 'half_open',
      risk,
      chanceOfReturn: standing === null ? 1 : chanceOfReturn(standing.breaker, settings.breaker, now),
      running: standing?.running ?? 0,
      atOnce: standing?.atOnce ?? settings.limits[id]?.atOnce ?? status.manifest.limits.atOnce,
      roomIn: Math.max(0, (standing?.roomAt ?? now) - now) / 1000,
    });
    // Who could not do it anyhow is not worth waiting for: that reason comes before one that passes.
    if ('reason' in best) skip({ code: best.code, reason: best.reason, help: best.help }, best.tooDear);
    else if (notNow !== null) skip(notNow);
    else fitting.push(best);
  }
  for (const [place, candidate] of fitting.entries()) candidate.place = place;
  const ranking = rankAll(fitting, plan.strategy, plan.turn);
  const merits = meritsOf(plan.strategy, ranking);
  const ranked = ranking.map(({ candidate, score }, rank) =>
    answerOf(
      candidate,
      score,
      reasonsFor(plan, {
        candidate,
        rank,
        merit: merits[rank] ?? 'worse',
        score,
        candidates: fitting.length,
        instead: candidate.instead,
        missed: missed.filter(({ order }) => order < candidate.at.order).map(({ reason }) => reason),
      }),
    ),
  );
  return { strategy: mayBeOther ? plan.strategy : null, ranked, skipped };
}

function planOf({ request, routing, inputSize, now, missing, spentUsd = 0 }: RouteQuestion): Plan {
  const { settings, spending, turn } = routing;
  const { wishes } = request;
  const strategy = wishes?.strategy ?? settings.strategy;
  return {
    request,
    settings,
    strategy,
    turn,
    musts: wishes?.musts ?? settings.musts,
    purse: { maxUsd: wishes?.maxUsd, caps: settings.caps, spending, spentUsd },
    points: usesPoints(strategy) ? pointsFrom(routing, () => kindOfPrompt(request.prompt)) : pointsByTier,
    hasOwnPrices: Object.keys(settings.prices).length > 0,
    inputSize,
    images: missing ?? request.count,
    now,
  };
}

const usesPoints = (strategy: Strategy): boolean => strategy === 'quality_focused' || strategy === 'adaptive';

/** The primary, the fallbacks in their order, then the others: local ones first, then as they are listed. */
function inOrder(providers: readonly ProviderStatus[], { primary, fallbacks }: RoutingSettings): ProviderStatus[] {
  if (providers.length < 2) return [...providers];
  const groupOf = ({ manifest }: ProviderStatus): number => {
    if (manifest.id === primary) return -1;
    const fallback = fallbacks.indexOf(manifest.id);
    if (fallback >= 0) return fallback;
    return fallbacks.length + (manifest.kind === 'local' ? 0 : 1);
  };
  return [...providers].sort((one, other) => groupOf(one) - groupOf(other));
}

function answerOf(candidate: Prepared, score: number, reasons: readonly string[]): RankedProvider {
  const { at, model, fit, cost, secondsOfJob, waits, isTry } = candidate;
  const { request, dropped } = fit;
  const { id } = at.status.manifest;
  return { provider: id, model, request, dropped, cost, seconds: secondsOfJob, score, reasons, waits, isTry };
}
