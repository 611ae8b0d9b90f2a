import type { Cost } from '../models/cost.ts';
import type { GenerationRequest } from '../models/generation-request.ts';
import type { Model, ProviderStatus } from '../models/provider.ts';
import type { Must, Strategy } from '../models/route-wishes.ts';
import type { RoutingSettings, Track } from '../models/routing.ts';
import { expectedLoss } from './adaptive.ts';
import type { Candidate } from './candidate.ts';
import { fittedSeconds } from './fit-request.ts';
import { fitSize, type Size } from './fit-size.ts';
import type { Purse } from './money.ts';
import type { Points } from './points.ts';
import { priceOf } from './price.ts';
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
  /** Whether the user corrected any price. */
  readonly hasOwnPrices: boolean;
  readonly inputSize: Size | null;
  /** Images to be made. */
  readonly images: number;
  readonly now: number;
}

/** A provider as it stands now. */
export interface Place {
  readonly status: ProviderStatus;
  readonly tracks: readonly Track[];
  /** In the user's order. */
  readonly order: number;
  readonly isNamed: boolean;
  readonly isTry: boolean;
  readonly risk: number;
  /** 0 to 1: how likely an outage is over; 1 where there was none. */
  readonly chanceOfReturn: number;
  /** Attempts under way, and how many there may be. */
  readonly running: number;
  readonly atOnce: number;
  /** Seconds until its minute has room again. */
  readonly roomIn: number;
}

/** A model in numbers, before it is known whether the request fits it. */
export interface Sketch extends Candidate {
  readonly at: Place;
  readonly model: Model;
  readonly cost: Cost;
  /** Until the whole job is done; null: nobody knows. */
  readonly secondsOfJob: number | null;
  readonly success: number;
  /** How many outcomes is known of it, faded ones counting less. */
  readonly known: number;
}

/** What is expected of somebody of whom nothing is known, and how many outcomes that counts for. */
const usualSuccess = 0.96;
const usualWeight = 3;
/** Of the time it took so far, when it is seen at its best. */
const hopedTime = 0.25;

/** Cheap, since it is done for each model of each provider while somebody types. */
export function sketchModel(plan: Plan, place: Place, listedModel: Model, listed: number): Sketch {
  const { request, images } = plan;
  const { manifest } = place.status;
  const { order, isNamed, isTry, risk, running, atOnce, roomIn } = place;
  const model = atOwnPrice(manifest.id, listedModel, plan);
  const cost = costOf(plan, place, model);
  const track = trackOf(place.tracks, model.id, request.operation);
  const known = track === null ? 0 : knownOf(track, plan.now);
  const usually = (known * (track?.success ?? 0) + usualWeight * usualSuccess) / (known + usualWeight);
  const success = usually * place.chanceOfReturn;
  const secondsOfImage = learned(model.typicalSeconds, track?.seconds ?? null, known);
  const ahead = running >= atOnce ? (running - atOnce + 1) / atOnce : 0;
  const waiting = roomIn + ahead * (secondsOfImage ?? 0);
  const secondsOfJob = secondsOfImage === null ? null : waiting + secondsOfImage * images;
  const points = plan.points.of(manifest.id, model.id, model.tier);
  const usd = cost.kind === 'unknown' ? Infinity : cost.usd;
  const secondsEach = secondsOfImage === null ? null : secondsOfImage + waiting / images;
  const usdEach = learned(usd === Infinity ? null : usd / images, track?.usd ?? null, known);
  return {
    level: levelOf(request, model, isNamed),
    place: order,
    listed,
    waits: ahead > 0 || roomIn > 0,
    isTry,
    isLocal: manifest.kind !== 'cloud',
    load: running / atOnce,
    risk,
    usd,
    seconds: secondsOfJob === null ? Infinity : secondsOfJob / Math.max(success, 0.01),
    points,
    loss: expectedLoss(success, secondsEach, usdEach, points),
    hope: expectedLoss(1, (secondsEach ?? 0) * hopedTime, usdEach, points),
    known,
    at: place,
    model,
    cost,
    secondsOfJob,
    success,
  };
}

const free: Cost = { kind: 'estimated', usd: 0 };
const unknown: Cost = { kind: 'unknown' };

/** Of the whole job. One's own machine is free unless the user says what it costs. */
function costOf({ request, inputSize, images }: Plan, { status }: Place, model: Model): Cost {
  if (model.price === null) return status.manifest.kind === 'cloud' ? unknown : free;
  const { per } = model.price;
  const size = per === 'megapixel' ? fitSize(request, model, inputSize) : null;
  const { width, height } = size !== null && 'width' in size ? size : noSize;
  return priceOf(model, {
    count: images,
    width,
    height,
    seconds: per === 'second' ? fittedSeconds(request, model) : null,
  });
}

const noSize = { width: null, height: null };

/** The user's correction goes with the model, so that whoever prices it later comes to the same sum. */
function atOwnPrice(provider: string, model: Model, { settings, hasOwnPrices }: Plan): Model {
  const price = hasOwnPrices ? settings.prices[`${provider}/${model.id}`] : undefined;
  return price === undefined ? model : { ...model, price };
}

function trackOf(tracks: readonly Track[], model: string, operation: Track['operation']): Track | null {
  for (const track of tracks) if (track.model === model && track.operation === operation) return track;
  return null;
}

/** How far a model is from what the job names: its provider counts more than its model, that more than its tier. */
export function levelOf(request: GenerationRequest, model: Model, isNamed: boolean): number {
  const { wishes } = request;
  return (
    (request.provider !== undefined && !isNamed ? 4 : 0) +
    (request.model !== undefined && model.id !== request.model ? 2 : 0) +
    (wishes?.tier !== undefined && model.tier !== wishes.tier ? 1 : 0)
  );
}

/** What is said of a model counts as one outcome beside what was learned of it. */
function learned(said: number | null, seen: Track['seconds'], known: number): number | null {
  if (seen === null) return said;
  return said === null ? seen : (said + seen * known) / (1 + known);
}
