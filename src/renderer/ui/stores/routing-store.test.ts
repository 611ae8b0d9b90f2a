import { describe, expect, it, vi } from 'vitest';
import { emptyRoutingState, type RoutingSettings, type RoutingState } from '../../../shared/models/routing.ts';
import { exampleStanding } from '../examples-for-tests.ts';
import { createRoutingStore, type RoutingChange } from './routing-store.ts';

type Client = Parameters<typeof createRoutingStore>[0]['client'];

const told = (change: Partial<RoutingState> = {}): RoutingState => ({ ...emptyRoutingState, ...change });
const settingsWith = (change: RoutingChange): RoutingSettings => ({ ...emptyRoutingState.settings, ...change });

function setUp(routing: Record<string, unknown> = {}) {
  const notify = vi.fn();
  const client = {
    routing: { state: () => Promise.resolve(told()), ...routing },
    providers: { health: () => Promise.resolve({ level: 'degraded', message: 'fal is away.', records: [] }) },
  } as unknown as Client;
  return { store: createRoutingStore({ client, notify }), notify };
}

describe('settings of routing', () => {
  it('are shown at once, and as the program took them afterwards', async () => {
    const answer = Promise.withResolvers<unknown>();
    const { store } = setUp({ update: () => answer.promise });
    const saved = store.getState().update({ strategy: 'fastest' });
    expect(store.getState().routing.settings.strategy).toBe('fastest');
    const overrides = [{ setting: 'strategy', variable: 'SERVICE_ROUTING_STRATEGY', value: 'adaptive' }];
    answer.resolve({ settings: {}, inForce: settingsWith({ strategy: 'adaptive' }), overrides });
    await expect(saved).resolves.toBeNull();
    expect(store.getState().routing).toMatchObject({ settings: { strategy: 'adaptive' }, overrides });
  });

  it('that were refused are taken back, and the field is told why', async () => {
    const { store, notify } = setUp({ update: () => Promise.reject(new Error('Choose the primary one first.')) });
    await expect(store.getState().update({ mode: 'single' })).resolves.toMatchObject({
      message: 'Choose the primary one first.',
    });
    expect(store.getState().routing.settings.mode).toBe('unified');
    expect(notify).not.toHaveBeenCalled();
  });

  it('are saved one after the other, and an early answer undoes no later change', async () => {
    const answers: ((value: unknown) => void)[] = [];
    const update = vi.fn((change: RoutingChange) => {
      const answer = Promise.withResolvers<unknown>();
      answers.push(() => answer.resolve({ settings: {}, inForce: settingsWith(change), overrides: [] }));
      return answer.promise;
    });
    const { store } = setUp({ update });
    const first = store.getState().update({ strategy: 'fastest' });
    const second = store.getState().update({ strategy: 'adaptive' });
    await vi.waitFor(() => expect(update).toHaveBeenCalledOnce());
    answers[0]?.(undefined);
    await first;
    expect(store.getState().routing.settings.strategy).toBe('adaptive');
    await vi.waitFor(() => expect(update).toHaveBeenCalledTimes(2));
    answers[1]?.(undefined);
    await second;
    expect(store.getState().routing.settings.strategy).toBe('adaptive');
  });

  it('on their way stay in sight when news of the load arrive', () => {
    const { store } = setUp({ update: () => new Promise(() => undefined) });
    void store.getState().update({ strategy: 'fastest' });
    store.getState().routingChanged(told({ turn: 7 }));
    expect(store.getState().routing).toMatchObject({ turn: 7, settings: { strategy: 'fastest' } });
  });
});

describe('a breaker', () => {
  const standings = [exampleStanding({ running: 2 })];

  it('is reset, and the answer shown', async () => {
    const { store } = setUp({ reset: () => Promise.resolve(told({ standings })) });
    await store.getState().reset('comfyui');
    expect(store.getState().routing.standings).toEqual(standings);
  });

  it('that was pushed meanwhile is not undone by an older answer', async () => {
    const answer = Promise.withResolvers<RoutingState>();
    const { store } = setUp({ reset: () => answer.promise });
    const done = store.getState().reset('comfyui');
    store.getState().routingChanged(told({ standings }));
    answer.resolve(told());
    await done;
    expect(store.getState().routing.standings).toEqual(standings);
  });

  it('that can’t be reset says why', async () => {
    const { store, notify } = setUp({ reset: () => Promise.reject(new Error('No.')) });
    await store.getState().reset('comfyui');
    expect(notify).toHaveBeenCalledWith({ kind: 'error', error: { code: 'internal', message: 'No.' } });
  });
});

describe('the figures of the last day', () => {
  const figures = (level: string) => ({ providers: [], health: { level, message: '', records: [] } });

  it('are asked for once more when they changed while they were read', async () => {
    const slow = Promise.withResolvers<unknown>();
    const metrics = vi.fn(() => Promise.resolve(figures('healthy'))).mockReturnValueOnce(slow.promise as never);
    const { store } = setUp({ metrics });
    const first = store.getState().loadMetrics();
    const others = [store.getState().loadMetrics(), store.getState().loadMetrics()];
    slow.resolve(figures('critical'));
    await Promise.all([first, ...others]);
    expect(metrics).toHaveBeenCalledTimes(2);
    expect(store.getState().health?.level).toBe('healthy');
  });

  it('that can’t be read leave everything as it was', async () => {
    const { store, notify } = setUp({ metrics: () => Promise.reject(new Error('No.')) });
    await store.getState().loadHealth();
    await store.getState().loadMetrics();
    expect(store.getState().health?.level).toBe('degraded');
    expect(notify).not.toHaveBeenCalled();
  });
});

it('forgets what was spent and learned in another library', async () => {
  const { store } = setUp({ state: () => Promise.resolve(told({ spending: { day: 1, month: 2 } })) });
  await store.getState().load();
  expect(store.getState()).toMatchObject({ loaded: true, routing: { spending: { day: 1 } } });
  store.getState().forget();
  expect(store.getState()).toMatchObject({ loaded: false, health: null, routing: { spending: { day: 0 } } });
});

describe('what began in the last minute', () => {
  it('is forgotten a minute after it was told last, and not before', () => {
    vi.useFakeTimers();
    const { store } = setUp();
    const busy = (count: number): RoutingState =>
      told({ standings: [exampleStanding({ startedLastMinute: count, perMinute: 60, running: 1 })] });
    const shown = (): number | undefined => store.getState().routing.standings[0]?.startedLastMinute;
    store.getState().routingChanged(busy(1));
    vi.advanceTimersByTime(50_000);
    store.getState().routingChanged(busy(2));
    vi.advanceTimersByTime(59_000);
    expect(shown()).toBe(2);
    vi.advanceTimersByTime(1_000);
    expect(store.getState().routing).toEqual(busy(0));
    store.getState().routingChanged(busy(1));
    store.getState().forget();
    vi.advanceTimersByTime(60_000);
    expect(store.getState().routing).toBe(emptyRoutingState);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
});
