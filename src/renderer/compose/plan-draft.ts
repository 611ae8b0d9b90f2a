import { GenerationRequest, type GenerationRequestInput } from '../../shared/models/generation-request.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { RoutingState } from '../../shared/models/routing.ts';
import { planRoute, type RankedProvider, type Route, type RouteQuestion } from '../../shared/routing/plan-route.ts';
import { pricedInstead } from '../../shared/routing/priced-instead.ts';
import { buildRequest } from './build-request.ts';
import { buildOpenRequest } from './build-open-request.ts';
import type { Draft } from './draft.ts';
import { chosenModel, findModel, isAutomatic, realProviders, usualModel, type ChosenModel } from './model-choice.ts';

/** What is planned with: everything beside the draft. `now` in milliseconds since 1970. */
export interface PlanParts {
  readonly providers: readonly ProviderStatus[];
  readonly routing: RoutingState;
  readonly now: number;
}

/** Whether the draft would be done: now, later when something has passed that passes by itself, or never as things stand. */
export type Outlook = 'now' | 'later' | 'never';

/** Who would do the draft, and why. */
export interface DraftPlan {
  readonly isAutomatic: boolean;
  /** Null: the draft names a model that nobody offers, or the draft is no request yet. */
  readonly route: Route | null;
  /** The model that the form follows. */
  readonly chosen: ChosenModel | null;
  readonly outlook: Outlook;
  /** The cheapest whose price is known, where that of the first one is not. */
  readonly priced: RankedProvider | null;
  /** What would be sent. */
  readonly request: GenerationRequestInput | null;
}

/** Who does a draft that has no words yet is of interest as well. */
const anyPrompt = 'a picture';

/** Plans a draft by the very function that decides when its job runs. Nothing is sent. */
export function planDraft(draft: Draft, parts: PlanParts): DraftPlan {
  return isAutomatic(draft, parts.providers) ? planAutomatic(draft, parts) : planNamed(draft, parts);
}

function planNamed(draft: Draft, parts: PlanParts): DraftPlan {
  const chosen = chosenModel(parts.providers, draft.choice);
  if (chosen === null) {
    return { isAutomatic: false, route: null, chosen, outlook: 'never', priced: null, request: null };
  }
  const request = buildRequest(draft, chosen);
  const { route, priced } = routeFor(request, draft, parts);
  return { isAutomatic: false, route, chosen, outlook: outlookOf(route), priced, request };
}

/**
 * Twice: first for what the draft says without regard to any model; then as the form shows it, which follows the model that
 * came first. So what is sent is what the user sees.
 */
function planAutomatic(draft: Draft, parts: PlanParts): DraftPlan {
  const { route: first } = routeFor(buildOpenRequest(draft, null), draft, parts);
  const form = bestOf(first, parts) ?? usualModel(parts.providers) ?? awayModel(parts.providers);
  const request = buildOpenRequest(draft, form);
  const { route, priced } = routeFor(request, draft, parts);
  const chosen = bestOf(route, parts) ?? form;
  return { isAutomatic: true, route, chosen, outlook: outlookOf(route), priced, request };
}

/** Whose form is shown while everybody is away. */
function awayModel(providers: readonly ProviderStatus[]): ChosenModel | null {
  const models = realProviders(providers).flatMap((provider) => provider.models.map((model) => ({ provider, model })));
  return models.find(({ model }) => model.operations.includes('textToImage')) ?? null;
}

function routeFor(
  input: GenerationRequestInput,
  { image }: Draft,
  parts: PlanParts,
): Pick<DraftPlan, 'route' | 'priced'> {
  const { providers, routing, now } = parts;
  const prompt = input.prompt?.trim() === '' ? anyPrompt : input.prompt;
  // What else may be wrong with a draft says nothing of who would do it.
  const request = GenerationRequest.safeParse({ ...input, prompt, project: undefined });
  if (!request.success) return { route: null, priced: null };
  const { width = null, height = null } = image ?? {};
  const inputSize = width === null || height === null ? null : { width, height };
  const question: RouteQuestion = { request: request.data, providers, routing, inputSize, now };
  const route = planRoute(question);
  return { route, priced: pricedInstead(question, route) };
}

function bestOf(route: Route | null, { providers }: PlanParts): ChosenModel | null {
  const [best] = route?.ranked ?? [];
  return best === undefined ? null : findModel(providers, { provider: best.provider, model: best.model.id });
}

function outlookOf(route: Route | null): Outlook {
  if (route === null) return 'never';
  if (route.ranked.length > 0) return 'now';
  return route.skipped.some(({ passes }) => passes) ? 'later' : 'never';
}
