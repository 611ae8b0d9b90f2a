import type { ErrorCode } from '../errors.ts';
import type { Cost } from '../models/cost.ts';
import type { GenerationRequest } from '../models/generation-request.ts';
import type { ProviderStatus } from '../models/provider.ts';
import type { RoutingState } from '../models/routing.ts';
import type { Size } from './fit-size.ts';
import { planRoute } from './plan-route.ts';

export interface ComparedModel {
  readonly provider: string;
  readonly model: string;
}

export interface PricedModel extends ComparedModel {
  readonly providerName: string;
  readonly modelName: string;
  readonly cost: Cost;
  /** Only a cap keeps it from it. */
  readonly isOverLimit: boolean;
  /** Why it can't do the request; null where it can. */
  readonly problem: { readonly code: ErrorCode; readonly reason: string } | null;
  /** What of the request it leaves out or changes, in words. */
  readonly notes: readonly string[];
}

/** A job for a provider that can't be reached now waits for it. */
const passing: readonly ErrorCode[] = ['network', 'offline'];

/** The same request for one of the models; nobody else may do it in its place. */
export function requestFor(request: GenerationRequest, { provider, model }: ComparedModel): GenerationRequest {
  const { wishes, ...rest } = request;
  return { ...rest, ...(wishes && { wishes: { ...wishes, orOther: false } }), provider, model };
}

/** What each of these models would cost for this request, or why it can't do it. In the order of `models`. */
export function priceComparison(question: {
  readonly request: GenerationRequest;
  readonly models: readonly ComparedModel[];
  readonly providers: readonly ProviderStatus[];
  readonly routing: RoutingState;
  readonly inputSize: Size | null;
  readonly now: number;
}): PricedModel[] {
  const { request, models, providers, routing, ...rest } = question;
  return models.map((choice) => {
    const status = providers.find(({ manifest }) => manifest.id === choice.provider);
    const unknown = {
      ...choice,
      providerName: choice.provider,
      modelName: choice.model,
      isOverLimit: false,
      notes: [],
    };
    const cost: Cost = { kind: 'unknown' };
    if (!status) {
      const problem = { code: 'unknownProvider' as const, reason: `There is no provider "${choice.provider}".` };
      return { ...unknown, cost, problem };
    }
    const { manifest, health, enabled } = status;
    const providerName = manifest.name;
    const modelName = status.models.find(({ id }) => id === choice.model)?.name ?? choice.model;
    const named = { ...unknown, providerName, modelName };
    const plan = (as: ProviderStatus, knowing: RoutingState) =>
      planRoute({ ...rest, request: requestFor(request, choice), providers: [as], routing: knowing });
    const readyNow = { ...status, health: { ...health, state: 'ready' as const } };
    // Nobody is away, busy or cooling down: a job waits for that to end.
    const {
      ranked: [best],
      skipped: [barred],
    } = plan(readyNow, { ...routing, standings: [] });
    const [skipped] = plan(status, routing).skipped;
    const isBarred = skipped && !(best && (skipped.passes || passing.includes(skipped.code)));
    const off = `${providerName} is not in use. Set it up under Providers.`;
    const problem = isBarred ? skipped : enabled ? null : { code: 'noProvider' as const, reason: off };
    return {
      ...named,
      cost: best?.cost ?? barred?.tooDear?.cost ?? cost,
      isOverLimit: (barred?.tooDear?.limit ?? null) !== null,
      problem: problem && { code: problem.code, reason: problem.reason },
      notes: best?.dropped.map(({ note }) => note) ?? [],
    };
  });
}
