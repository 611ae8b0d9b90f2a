import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { emptyRoutingState, type RoutingState } from '../../shared/models/routing.ts';
import { closedBreaker } from '../../shared/routing/breaker.ts';
import { exampleModel, exampleProvider, exampleStanding } from '../ui/examples-for-tests.ts';
import type { ProvidersState } from '../ui/stores/providers-store.ts';
import type { RoutingStore } from '../ui/stores/routing-store.ts';
import type { ComposeState } from './compose-store.ts';
import { emptyDraft, type Draft } from './draft.ts';
import { createRouteStore } from './route-store.ts';

beforeEach(() => vi.useFakeTimers({ now: 1000 }));
afterEach(() => vi.useRealTimers());

function setUp(routing: RoutingState = emptyRoutingState) {
  const compose = createStore(() => ({ draft: emptyDraft }));
  const providers = createStore(() => ({
    providers: [exampleProvider(), exampleProvider({ id: 'fal', models: [exampleModel({ id: 'flux' })] })],
  }));
  const settings = createStore(() => ({ routing }));
  const store = createRouteStore({
    compose: compose as unknown as Parameters<typeof createRouteStore>[0]['compose'],
    providers: providers as unknown as Parameters<typeof createRouteStore>[0]['providers'],
    routing: settings as unknown as Parameters<typeof createRouteStore>[0]['routing'],
    now: Date.now,
  });
  const plans = vi.fn();
  store.subscribe(plans);
  return {
    store,
    plans,
    change: (change: Partial<Draft>) =>
      compose.setState((state: Pick<ComposeState, 'draft'>) => ({ draft: { ...state.draft, ...change } })),
    providersChanged: (list: ProvidersState['providers']) => providers.setState({ providers: [...list] }),
    routingChanged: (next: RoutingStore['routing']) => settings.setState({ routing: next }),
  };
}

it('plans once for many key presses, when they pause', () => {
  const { plans, change, store } = setUp();
  for (const prompt of ['a', 'a f', 'a fo', 'a fox']) change({ prompt });
  expect(plans).not.toHaveBeenCalled();
  vi.advanceTimersByTime(200);
  expect(plans).toHaveBeenCalledOnce();
  expect(store.getState().plan.request?.prompt).toBe('a fox');
});

it('follows another choice, another provider and another setting at once', () => {
  const { change, providersChanged, routingChanged, store } = setUp();
  change({ choice: { provider: 'fal', model: 'flux' } });
  expect(store.getState().plan).toMatchObject({ isAutomatic: false, chosen: { model: { id: 'flux' } } });
  providersChanged([exampleProvider()]);
  expect(store.getState().plan).toMatchObject({ chosen: null, outlook: 'never' });
  change({ choice: null });
  routingChanged({ ...emptyRoutingState, turn: 3 });
  expect(store.getState().plan.chosen?.model.id).toBe('sdxl');
});

it('does not draw the form anew while its model stays', () => {
  const { change, store } = setUp();
  const { chosen } = store.getState().plan;
  change({ count: 3 });
  expect(store.getState().plan.chosen).toBe(chosen);
});

it('counts down while something cools down, and rests after it', () => {
  const open = { ...closedBreaker, state: 'open' as const, until: 3500, openings: 1, reason: 'server' as const };
  const { plans } = setUp({ ...emptyRoutingState, standings: [exampleStanding({ breaker: open })] });
  vi.advanceTimersByTime(2000);
  expect(plans).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(60_000);
  expect(plans).toHaveBeenCalledTimes(3);
});
