import type { ErrorCode } from '../errors.ts';
import type { Cost } from '../models/cost.ts';
import type { DroppedParameter } from '../models/dropped-parameter.ts';
import type { GenerationRequest } from '../models/generation-request.ts';
import type { Model, ProviderStatus } from '../models/provider.ts';
import type { Must, Strategy } from '../models/route-wishes.ts';
import type { RoutingSettings, Standing, Track } from '../models/routing.ts';
import { didYouMean } from '../nearest-names.ts';
import { expectedLoss } from './adaptive.ts';
import type { Candidate } from './candidate.ts';
import { fitRequest, type FittedRequest, type Size } from './fit-request.ts';
import { whyTooDear, type Purse } from './money.ts';
import type { Points } from './points.ts';
import { priceOf } from './price.ts';
import { pickBest, ways } from './strategies.ts';
import { knownOf } from './tracks.ts';

/** What is the same for all providers of one question. */
export interface Plan {
  readonly request: GenerationRequest;
  readonly settings: RoutingSettings;
  readonly strategy: Strategy;
  readonly turn: number;
  readonly musts: readonly Must[];
  readonly purse: Purse;
  readonly points: Points;
  readonly inputSize: Size | null;
  /** Images to be made. */
  readonly images: number;
  readonly now: number;
}

/** A provider as it stands now. */
export interface Place {
  readonly status: ProviderStatus;
  readonly standing: Standing | null;
  /** In the user's order. */
  readonly order: number;
  readonly isNamed: boolean;
  readonly isTry: boolean;
  readonly risk: number;
}

export interface Prepared extends Candidate {
  readonly provider: string;
  readonly name: string;
  readonly order: number;
  readonly model: Model;
  readonly request: FittedRequest;
  readonly dropped: readonly DroppedParameter[];
  readonly cost: Cost;
  /** Until the whole job is done; null: nobody knows. */
  readonly secondsOfJob: number | null;
  readonly success: number;
  readonly running: number;
  readonly atOnce: number;
}

/** Why no model of a provider will do. */
export interface Unfit {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly help: string;
}

/** How near a model came to being chosen: the nearest one's reason is the most useful. */
const nearness = { otherWork: 0, noFit: 1, must: 2, money: 3 } as const;

/** What is expected of somebody of whom nothing is known, and how many outcomes that counts for. */
const usualSuccess = 0.97;
const usualWeight = 1;

/** The best model of a provider for this job under the strategy, or why none will do. */
export function prepareModels(plan: Plan, place: Place): Prepared | Unfit {
  const { request, strategy } = plan;
  const { manifest, models } = place.status;
  const orOther = request.wishes?.orOther ?? false;
  const isNamedModel = (model: Model): boolean => request.model === undefined || model.id === request.model;
  if (!orOther && request.model !== undefined && !models.some(isNamedModel)) {
    return unknownModel(manifest.name, request.model, models);
  }
  let nearest: (Unfit & { nearness: number }) | null = null;
  const fitting: Prepared[] = [];
  for (const [listed, model] of models.entries()) {
    if (!orOther && !isNamedModel(model)) continue;
    const answer = prepareModel(plan, place, model, listed);
    if ('reason' in answer) {
      if (nearest === null || answer.nearness > nearest.nearness) nearest = answer;
      continue;
    }
    fitting.push(answer);
    // Nothing further down the list can be nearer to what was asked for.
    if (!ways[strategy].comparesModels && answer.level === 0) break;
  }
  const best = pickBest(fitting, strategy, plan.turn);
  if (best !== null) return best as Prepared;
  return (
    nearest ?? {
      code: 'noProvider',
      reason: `${manifest.name} has no models. Put one into its models folder and check it again.`,
      help: '',
    }
  );
}

function prepareModel(
  { request, settings, musts, purse, points, inputSize, images, now }: Plan,
  { status: { manifest }, standing, order, isNamed, isTry, risk }: Place,
  listedModel: Model,
  listed: number,
): Prepared | (Unfit & { nearness: number }) {
  const fit = fitRequest(request, listedModel, inputSize);
  if (!fit.fits) {
    const isOtherWork = !listedModel.operations.includes(request.operation);
    return {
      code: fit.code,
      reason: fit.reason,
      help: '',
      nearness: isOtherWork ? nearness.otherWork : nearness.noFit,
    };
  }
  const broken = brokenMust(request, listedModel, fit.dropped, musts);
  if (broken !== null) {
    return {
      code: 'invalid_request',
      reason: `${broken} It must hold.`,
      help: 'Take it from what must hold, or choose another model.',
      nearness: nearness.must,
    };
  }
  // The user's correction goes with the model, so that whoever prices it later comes to the same sum.
  const corrected = settings.prices[`${manifest.id}/${listedModel.id}`];
  const model = corrected === undefined ? listedModel : { ...listedModel, price: corrected };
  const { width, height, seconds: videoSeconds } = fit.request;
  const cost: Cost =
    manifest.kind === 'cloud' || model.price !== null
      ? priceOf(model, { count: images, width, height, seconds: videoSeconds })
      : { kind: 'estimated', usd: 0 };
  const dear = whyTooDear(purse, cost, images);
  if (dear !== null) {
    return {
      code: 'overBudget',
      reason: `${manifest.name}, ${model.name}: ${dear.reason}.`,
      help: dear.help,
      nearness: nearness.money,
    };
  }
  const track = standing?.tracks.find((it) => it.model === model.id && it.operation === request.operation) ?? null;
  const known = track === null ? 0 : knownOf(track, now);
  const success = (known * (track?.success ?? 0) + usualWeight * usualSuccess) / (known + usualWeight);
  const secondsOfImage = learned(model.typicalSeconds, track?.seconds ?? null, known);
  const running = standing?.running ?? 0;
  const atOnce = standing?.atOnce ?? settings.limits[manifest.id]?.atOnce ?? manifest.limits.atOnce;
  const roomIn = Math.max(0, (standing?.roomAt ?? now) - now) / 1000;
  const ahead = running >= atOnce ? (running - atOnce + 1) / atOnce : 0;
  const waiting = roomIn + ahead * (secondsOfImage ?? 0);
  const secondsOfJob = secondsOfImage === null ? null : waiting + secondsOfImage * images;
  const itsPoints = points.of(manifest.id, model.id, model.tier);
  const usdOfImage = learned(cost.kind === 'unknown' ? null : cost.usd / images, track?.usd ?? null, known);
  const { wishes } = request;
  return {
    level:
      (request.provider !== undefined && !isNamed ? 4 : 0) +
      (request.model !== undefined && model.id !== request.model ? 2 : 0) +
      (wishes?.tier !== undefined && model.tier !== wishes.tier ? 1 : 0),
    place: order,
    listed,
    waits: ahead > 0 || roomIn > 0,
    isTry,
    isLocal: manifest.kind !== 'cloud',
    load: running / atOnce,
    risk,
    usd: cost.kind === 'unknown' ? Infinity : cost.usd,
    seconds: secondsOfJob === null ? Infinity : secondsOfJob / Math.max(success, 0.01),
    points: itsPoints,
    loss: expectedLoss({
      success,
      seconds: secondsOfImage === null ? null : secondsOfImage + waiting / images,
      usd: usdOfImage,
      points: itsPoints,
    }),
    known,
    provider: manifest.id,
    name: manifest.name,
    order,
    model,
    request: fit.request,
    dropped: fit.dropped,
    cost,
    secondsOfJob,
    success,
    running,
    atOnce,
  };
}

/** What is said of a model counts as one outcome beside what was learned of it. */
function learned(said: number | null, seen: Track['seconds'], known: number): number | null {
  if (seen === null) return said;
  return said === null ? seen : (said + seen * known) / (1 + known);
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
