import type { ErrorCode, ProviderErrorCode } from '../errors.ts';
import type { Cost } from '../models/cost.ts';
import type { GenerationRequest } from '../models/generation-request.ts';
import type { DroppedParameter } from '../models/dropped-parameter.ts';
import type { Model, ProviderStatus } from '../models/provider.ts';
import type { Strategy } from '../models/route-wishes.ts';
import type { RoutingState } from '../models/routing.ts';
import { didYouMean } from '../nearest-names.ts';
import { fitRequest, type FittedRequest, type Size } from './fit-request.ts';
import { priceOf } from './price.ts';

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
}

export interface FailedProvider {
  readonly provider: string;
  readonly code: ProviderErrorCode;
}

export interface RankedProvider {
  readonly provider: string;
  readonly model: Model;
  readonly request: FittedRequest;
  readonly dropped: readonly DroppedParameter[];
  /** Of the whole job. On one's own machine it is free. */
  readonly cost: Cost;
  /** Until the whole job is done; null: nobody knows. */
  readonly seconds: number | null;
  /** What the strategy ranks by; lower is better. */
  readonly score: number;
  /** Plain words, the deciding one first. */
  readonly reasons: readonly string[];
  /** It is at one of its limits: the job would wait for its turn there. */
  readonly waits: boolean;
}

export interface SkippedProvider {
  readonly provider: string;
  readonly code: ErrorCode;
  readonly reason: string;
  /** What would change it; empty where nothing would. */
  readonly help: string;
  /** It ends by itself, as a cool-down does, so that a job can wait for it. */
  readonly passes: boolean;
}

export interface Route {
  /** Null where the request names its provider. */
  readonly strategy: Strategy | null;
  /** Best first. Empty: nobody can do it, and `skipped` says why. */
  readonly ranked: readonly RankedProvider[];
  readonly skipped: readonly SkippedProvider[];
}

/** What it means for a request that its provider is not ready. */
const codeOf: Readonly<Record<ProviderStatus['health']['state'], ErrorCode>> = {
  ready: 'network',
  unreachable: 'network',
  notSetUp: 'network',
  found: 'network',
  checking: 'network',
  offline: 'offline',
  keyMissing: 'auth',
  keyRefused: 'auth',
  locked: 'auth',
};

/** What a provider comes back from by itself. */
const passing: readonly ProviderStatus['health']['state'][] = ['unreachable', 'offline', 'locked', 'checking'];

/**
 * Chooses who does a request: the named provider, else those that are set up, in the order of their list. The built-in
 * one draws without a model, so it is only chosen by itself where no real provider is set up (P10).
 */
export function planRoute({ request, providers, routing, inputSize, failed = [] }: RouteQuestion): Route {
  const hasRealProvider = providers.some(({ manifest, enabled }) => manifest.kind !== 'builtin' && enabled);
  const ranked: RankedProvider[] = [];
  const skipped: SkippedProvider[] = [];
  for (const provider of providers) {
    const { id, name, kind } = provider.manifest;
    const skip = (code: ErrorCode, reason: string, passes = false): void =>
      void skipped.push({ provider: id, code, reason, help: '', passes });
    if (request.provider !== undefined && request.provider !== id) continue;
    if (failed.some((known) => known.provider === id)) {
      skip('server', `${name} has failed at this already.`);
      continue;
    }
    if (request.provider === undefined) {
      if (kind === 'builtin' && hasRealProvider && !isNamedModel(request, provider)) {
        skip('noProvider', `${name} is only used when you choose it or no other provider is set up.`);
        continue;
      }
      if (kind === 'cloud' && !provider.enabled && provider.health.state !== 'notSetUp') {
        skip('noProvider', provider.health.message);
        continue;
      }
      if (kind !== 'builtin' && !provider.enabled) {
        skip('noProvider', `${name} is not set up.`);
        continue;
      }
    }
    if (provider.health.state !== 'ready') {
      skip(codeOf[provider.health.state], provider.health.message, passing.includes(provider.health.state));
      continue;
    }
    const answer = bestModel(request, provider, inputSize);
    if ('reason' in answer) skip(answer.code, answer.reason);
    else {
      const { width, height, seconds } = answer.request;
      const cost: Cost =
        kind === 'cloud' || answer.model.price !== null
          ? priceOf(answer.model, { count: request.count, width, height, seconds })
          : { kind: 'estimated', usd: 0 };
      const { typicalSeconds } = answer.model;
      ranked.push({
        provider: id,
        ...answer,
        cost,
        seconds: typicalSeconds === null ? null : typicalSeconds * request.count,
        score: ranked.length,
        reasons: [],
        waits: false,
      });
    }
  }
  return { strategy: request.provider === undefined ? routing.settings.strategy : null, ranked, skipped };
}

function isNamedModel(request: GenerationRequest, provider: ProviderStatus): boolean {
  return request.model !== undefined && provider.models.some((model) => model.id === request.model);
}

function bestModel(
  request: GenerationRequest,
  { manifest, models }: ProviderStatus,
  inputSize: Size | null,
): Pick<RankedProvider, 'model' | 'request' | 'dropped'> | { code: ErrorCode; reason: string } {
  const named = request.model === undefined ? models : models.filter((model) => model.id === request.model);
  if (request.model !== undefined && named.length === 0) {
    const known = models.map((model) => model.id);
    const list = known.length > 0 ? ` It has: ${known.slice(0, 20).join(', ')}${known.length > 20 ? ', …' : ''}.` : '';
    const near = didYouMean(request.model, known);
    return { code: 'unknownModel', reason: `${manifest.name} has no model "${request.model}".${near}${list}` };
  }
  let problem: { code: ErrorCode; reason: string } | null = null;
  for (const model of named) {
    const fit = fitRequest(request, model, inputSize);
    if (fit.fits) return { model, request: fit.request, dropped: fit.dropped };
    // The first model that could do this operation gives the better reason.
    if (problem === null || model.operations.includes(request.operation))
      problem ??= { code: fit.code, reason: fit.reason };
    if (model.operations.includes(request.operation) && problem.code === 'invalid_request') {
      problem = { code: fit.code, reason: fit.reason };
    }
  }
  return (
    problem ?? {
      code: 'noProvider',
      reason: `${manifest.name} has no models. Put one into its models folder and check it again.`,
    }
  );
}
