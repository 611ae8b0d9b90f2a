import type { ErrorCode } from '../errors.ts';
import type { Cost } from '../models/cost.ts';
import type { DroppedParameter } from '../models/dropped-parameter.ts';
import type { GenerationRequest } from '../models/generation-request.ts';
import type { Model } from '../models/provider.ts';
import type { Must } from '../models/route-wishes.ts';
import { didYouMean } from '../nearest-names.ts';
import { triedModel } from './adaptive.ts';
import { fitRequest, otherWork, type FittedRequest } from './fit-request.ts';
import { limitInTheWay, whyTooDear, type Limit } from './money.ts';
import { keyOf, levelOf, sketchModel, type Place, type Plan, type Sketch } from './sketch-model.ts';
import { ways } from './strategies.ts';

/** A model that can do the job. */
export interface Prepared extends Sketch {
  readonly fit: { readonly request: FittedRequest; readonly dropped: readonly DroppedParameter[] };
  /** A model of the same provider that would have come before it but for the money, and why it is too dear. */
  readonly instead: { readonly model: string; readonly reason: string } | null;
}

/** What fits but for the money. */
export interface TooDear {
  readonly model: string;
  readonly cost: Cost;
  /** Null: nobody knows what it costs. */
  readonly limit: Limit | null;
}

/** Why no model of a provider will do. */
export interface Unfit {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly help: string;
  /** Money alone is in the way: of the cheapest model that would do. */
  readonly tooDear?: TooDear;
}

/** How near a model came to being chosen: the nearest one's reason is the most useful. */
type TooFar = Unfit & { readonly nearness: number; readonly dear?: Prepared['instead'] };
const nearness = { noFit: 1, must: 2, money: 3 } as const;

/** The best model of a provider for this job under the strategy, or why none will do. */
export function prepareModels(plan: Plan, place: Place): Prepared | Unfit {
  const { request } = plan;
  const { manifest, models } = place.status;
  const onlyNamed = request.model !== undefined && request.wishes?.orOther !== true;
  const meant = onlyNamed ? models.filter(({ id }) => id === request.model) : models;
  const [first] = meant;
  if (!first) return onlyNamed ? unknownModel(manifest.name, request.model ?? '', models) : noModels(manifest.name);
  let nearest: TooFar | null = null;
  let instead: Prepared['instead'] = null;
  for (const sketch of inOrder(plan, place, meant)) {
    const answer = confirm(plan, sketch, instead);
    if (!('reason' in answer)) return answer;
    instead ??= answer.dear ?? null;
    if (nearest === null || isNearer(answer, nearest)) nearest = answer;
  }
  if (nearest !== null) return nearest;
  return { ...otherWork(request, first), help: '' };
}

/** Of those that only cost too much, the cheapest. */
function isNearer(one: TooFar, other: TooFar): boolean {
  if (one.nearness !== other.nearness) return one.nearness > other.nearness;
  return usdOf(one) < usdOf(other);
}

function usdOf({ tooDear }: TooFar): number {
  return tooDear === undefined || tooDear.cost.kind === 'unknown' ? Infinity : tooDear.cost.usd;
}

/** Best first, and each only when it is asked for: most are never looked at closely. */
function* inOrder(plan: Plan, place: Place, models: readonly Model[]): Generator<Sketch> {
  const { request, strategy, turn } = plan;
  const able = models.filter(({ operations }) => operations.includes(request.operation));
  const [only] = able;
  if (only && able.length === 1) {
    yield sketchModel(plan, place, only, 0);
    return;
  }
  const levels = able.map((model) => levelOf(request, model, place.isNamed));
  const tried = strategy === 'adaptive' ? triedModel(turn, able.length) : null;
  const keys = ways[strategy].comparesModels
    ? able.map((model, listed) => keyOf(plan, place, model, listed === tried))
    : able.map((_, listed) => listed);
  for (let left = able.length; left > 0; left -= 1) {
    let best = -1;
    for (let listed = 0; listed < able.length; listed += 1) {
      if (levels[listed] !== taken && (best < 0 || isBefore(levels, keys, listed, best))) best = listed;
    }
    const model = able[best];
    if (!model) return;
    yield sketchModel(plan, place, model, best);
    levels[best] = taken;
  }
}

/** In the place of a level: it had its turn. */
const taken = -1;

function isBefore(levels: readonly number[], keys: readonly number[], one: number, other: number): boolean {
  const [level = 0, otherLevel = 0] = [levels[one], levels[other]];
  return level === otherLevel ? (keys[one] ?? Infinity) < (keys[other] ?? Infinity) : level < otherLevel;
}

/** Whether the request fits a model with all that must hold and for the money there is. */
function confirm(plan: Plan, sketch: Sketch, instead: Prepared['instead']): Prepared | TooFar {
  const { model, at, cost } = sketch;
  const fit = fitRequest(plan.request, model, plan.inputSize);
  if (!fit.fits) return { code: fit.code, reason: fit.reason, help: '', nearness: nearness.noFit };
  const broken = brokenMust(plan.request, model, fit.dropped, plan.musts);
  if (broken !== null) {
    const help = 'Take it from what must hold, or choose another model.';
    return { code: 'invalid_request', reason: `${broken} It must hold.`, help, nearness: nearness.must };
  }
  const dear = whyTooDear(plan.purse, cost, plan.images);
  if (dear !== null) {
    const reason = `${at.status.manifest.name}, ${model.name}: ${dear.reason}.`;
    const tooDear = { model: model.name, cost, limit: limitInTheWay(plan.purse, cost, plan.images) };
    const refused = { model: model.name, reason: dear.reason };
    return { code: 'overBudget', reason, help: dear.help, nearness: nearness.money, tooDear, dear: refused };
  }
  return { ...sketch, fit, instead };
}

function brokenMust(
  request: GenerationRequest,
  model: Model,
  dropped: readonly DroppedParameter[],
  musts: readonly Must[],
): string | null {
  if (musts.length === 0) return null;
  const lost = dropped.find(({ parameter }) => (musts as readonly string[]).includes(parameter));
  if (lost) return lost.note;
  // Each job has a seed, its own or one dealt to it; only what draws by chance has a use for one.
  const needsSeed = request.operation !== 'upscale' && request.operation !== 'removeBackground';
  if (needsSeed && musts.includes('seed') && !model.parameters.includes('seed')) return `${model.name} takes no seed.`;
  const tier = request.wishes?.tier;
  return tier !== undefined && musts.includes('tier') && model.tier !== tier
    ? `${model.name} is of the tier ${model.tier}, not ${tier}.`
    : null;
}

function unknownModel(name: string, wanted: string, models: readonly Model[]): Unfit {
  const known = models.map(({ id }) => id);
  const list = known.length > 0 ? ` It has: ${known.slice(0, 20).join(', ')}${known.length > 20 ? ', …' : ''}.` : '';
  const near = didYouMean(wanted, known);
  return { code: 'unknownModel', reason: `${name} has no model "${wanted}".${near}${list}`, help: '' };
}

function noModels(name: string): Unfit {
  const reason = `${name} has no models. Put one into its models folder and check it again.`;
  return { code: 'noProvider', reason, help: '' };
}
