import { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { RoutingState } from '../../shared/models/routing.ts';
import { priceComparison, type ComparedModel, type PricedModel } from '../../shared/routing/price-comparison.ts';
import { requestOf, type ComparisonDraft } from './comparisons-store.ts';

/** As many as can be compared at once. */
export const mostModels = 8;

export const isSameModel = (one: ComparedModel, other: ComparedModel): boolean =>
  one.provider === other.provider && one.model === other.model;

/** Who there is, and what the user has set about them. */
export interface ModelMarket {
  readonly providers: readonly ProviderStatus[];
  readonly routing: RoutingState;
}

/** A price can be told before there is a prompt. */
const anyPrompt = 'a';

/** What each of these would cost for the draft, or why it can't do it: as the program will say it. */
export function pricesFor(
  draft: Pick<ComparisonDraft, 'prompt' | 'size'>,
  models: readonly ComparedModel[],
  market: ModelMarket,
): PricedModel[] {
  const prompt = draft.prompt.trim() === '' ? anyPrompt : draft.prompt;
  const request = GenerationRequest.parse(requestOf({ ...draft, prompt }));
  return priceComparison({ ...market, request, models, inputSize: null, now: Date.now() });
}

export interface OfferedGroup {
  readonly id: string;
  readonly name: string;
  readonly models: readonly PricedModel[];
}

/** Everything in use that makes pictures from words, by provider, as far as it matches the search. */
export function offeredModels(
  draft: Pick<ComparisonDraft, 'prompt' | 'size'>,
  market: ModelMarket,
  search: string,
): OfferedGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return market.providers
    .filter(({ enabled, health }) => enabled && (health.state === 'ready' || health.state === 'checking'))
    .map((provider) => {
      const { id, name } = provider.manifest;
      const models = provider.models
        .filter(({ operations }) => operations.includes('textToImage'))
        .filter((model) => words.every((word) => `${name} ${model.name} ${model.id}`.toLowerCase().includes(word)))
        .map((model) => ({ provider: id, model: model.id }));
      return { id, name, models: pricesFor(draft, models, { ...market, providers: [provider] }) };
    })
    .filter(({ models }) => models.length > 0);
}

/** All prices together. `unknown`: how many are not known. */
export function totalOf(priced: readonly PricedModel[]): { usd: number; unknown: number } {
  return {
    usd: priced.reduce((sum, { cost }) => sum + (cost.kind === 'unknown' ? 0 : cost.usd), 0),
    unknown: priced.filter(({ cost }) => cost.kind === 'unknown').length,
  };
}

export type StartProblem =
  | { readonly kind: 'noPrompt' | 'fewModels' | 'unknownPrice' }
  | { readonly kind: 'unable'; readonly reason: string }
  | { readonly kind: 'overBudget'; readonly usd: number; readonly budget: number };

/** What keeps the draft from being started; null: nothing. */
export function startProblem({ prompt, maxUsd }: ComparisonDraft, chosen: readonly PricedModel[]): StartProblem | null {
  if (prompt.trim() === '') return { kind: 'noPrompt' };
  if (chosen.length < 2) return { kind: 'fewModels' };
  const unable = chosen.find(({ problem }) => problem !== null);
  if (unable?.problem) return { kind: 'unable', reason: unable.problem.reason };
  if (maxUsd === null) return null;
  const { usd, unknown } = totalOf(chosen);
  if (unknown > 0) return { kind: 'unknownPrice' };
  return usd > maxUsd + 1e-9 ? { kind: 'overBudget', usd, budget: maxUsd } : null;
}
