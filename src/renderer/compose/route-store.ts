import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ProvidersState } from '../ui/stores/providers-store.ts';
import type { RoutingStore } from '../ui/stores/routing-store.ts';
import { countsDown } from '../ui/standing.ts';
import type { ComposeState } from './compose-store.ts';
import type { Draft } from './draft.ts';
import { planDraft, type DraftPlan } from './plan-draft.ts';

/** Who would do the draft, kept up with the draft, the providers and the clock. It costs no call. */
export interface RouteState {
  readonly plan: DraftPlan;
  /** When it was planned, in milliseconds since 1970. */
  readonly now: number;
}

/** While somebody types. */
const pauseMs = 150;
/** While something cools down. */
const tickMs = 1000;

const onlyWordsChanged = (one: Draft, other: Draft): boolean =>
  (Object.keys(one) as (keyof Draft)[]).every(
    (name) => name === 'prompt' || name === 'negativePrompt' || one[name] === other[name],
  );

export function createRouteStore(parts: {
  readonly compose: StoreApi<ComposeState>;
  readonly providers: StoreApi<ProvidersState>;
  readonly routing: StoreApi<RoutingStore>;
  readonly now: () => number;
}): StoreApi<RouteState> {
  const { compose, providers, routing } = parts;
  const look = (): RouteState => {
    const now = parts.now();
    const known = { providers: providers.getState().providers, routing: routing.getState().routing, now };
    return { plan: planDraft(compose.getState().draft, known), now };
  };
  const store = createStore<RouteState>(look);
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** The form is drawn anew only when its model is another one. */
  const steady = ({ plan, now }: RouteState): RouteState => {
    const { chosen } = store.getState().plan;
    const isSame = chosen?.provider === plan.chosen?.provider && chosen?.model === plan.chosen?.model;
    return { plan: isSame ? { ...plan, chosen } : plan, now };
  };
  const plan = (): void => {
    clearTimeout(timer);
    const next = steady(look());
    store.setState(next);
    const { standings } = routing.getState().routing;
    timer = standings.some((standing) => countsDown(standing, next.now)) ? setTimeout(plan, tickMs) : undefined;
  };

  compose.subscribe(({ draft }, before) => {
    if (draft === before.draft) return;
    if (!onlyWordsChanged(draft, before.draft)) {
      plan();
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(plan, pauseMs);
  });
  providers.subscribe((state, before) => {
    if (state.providers !== before.providers) plan();
  });
  routing.subscribe((state, before) => {
    if (state.routing !== before.routing) plan();
  });
  plan();
  return store;
}
