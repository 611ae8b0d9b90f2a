import type { ErrorCode } from '../errors.ts';
import type { GenerationRequest } from '../models/generation-request.ts';
import type { DroppedParameter } from '../models/job.ts';
import type { Model, ProviderStatus } from '../models/provider.ts';
import { didYouMean } from '../nearest-names.ts';
import { fitRequest, type FittedRequest, type Size } from './fit-request.ts';

export interface RouteQuestion {
  readonly request: GenerationRequest;
  readonly providers: readonly ProviderStatus[];
  /** Size of the reference image in pixels, where there is one. */
  readonly inputSize: Size | null;
}

export interface RankedProvider {
  readonly provider: string;
  readonly model: Model;
  readonly request: FittedRequest;
  readonly dropped: readonly DroppedParameter[];
}

export interface SkippedProvider {
  readonly provider: string;
  readonly code: ErrorCode;
  readonly reason: string;
}

export interface Route {
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

/**
 * Chooses who does a request: the named provider, else those that are set up, in the order of their list. The built-in
 * one draws without a model, so it is only chosen by itself where no real provider is set up (P10).
 */
export function planRoute({ request, providers, inputSize }: RouteQuestion): Route {
  const hasRealProvider = providers.some(({ manifest, enabled }) => manifest.kind !== 'builtin' && enabled);
  const ranked: RankedProvider[] = [];
  const skipped: SkippedProvider[] = [];
  for (const provider of providers) {
    const { id, name, kind } = provider.manifest;
    const skip = (code: ErrorCode, reason: string): void => void skipped.push({ provider: id, code, reason });
    if (request.provider !== undefined && request.provider !== id) continue;
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
      skip(codeOf[provider.health.state], provider.health.message);
      continue;
    }
    const answer = bestModel(request, provider, inputSize);
    if ('reason' in answer) skip(answer.code, answer.reason);
    else ranked.push({ provider: id, ...answer });
  }
  return { ranked, skipped };
}

function isNamedModel(request: GenerationRequest, provider: ProviderStatus): boolean {
  return request.model !== undefined && provider.models.some((model) => model.id === request.model);
}

function bestModel(
  request: GenerationRequest,
  { manifest, models }: ProviderStatus,
  inputSize: Size | null,
): Omit<RankedProvider, 'provider'> | { code: ErrorCode; reason: string } {
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
