import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { createEvents } from '../events.ts';
import { createRoutingChoices } from './routing-choices.ts';
import { createSettings } from './settings.ts';

const providers = ['comfyui', 'fal', 'runware'];

function choices(environment: Record<string, string> = {}) {
  let file: unknown = { theme: 'dark' };
  const store = { read: () => file, write: (next: object) => void (file = structuredClone(next)) };
  const settings = createSettings({ store, events: createEvents(), environment, providers });
  return { routing: createRoutingChoices({ settings, providers }), settings };
}

describe('the choices of routing', () => {
  it('change what is given and nothing else', () => {
    const { routing, settings } = choices();
    routing.update({ caps: { day: 5 }, breaker: { failures: 7 }, healthCheckSeconds: 30 });
    routing.update({ caps: { month: 50, day: undefined }, strategy: 'fastest' });
    expect(routing.get().inForce).toMatchObject({
      strategy: 'fastest',
      caps: { image: null, job: null, day: 5, month: 50 },
      breaker: { failures: 7, coolDownSeconds: 30 },
      healthCheckSeconds: 30,
    });
    routing.update({ caps: { day: null } });
    expect(settings.get()).toMatchObject({ theme: 'dark', routing: { caps: { day: null, month: 50 } } });
  });

  it('refuse a longest cool-down that is shorter than the first one, by whichever of the two it became so', () => {
    const { routing } = choices();
    for (const breaker of [{ longestCoolDownSeconds: 29 }, { coolDownSeconds: 601 }])
      expect(() => routing.update({ breaker })).toThrow(/shorter than the first one/);
    routing.update({ breaker: { coolDownSeconds: 700, longestCoolDownSeconds: 700 } });
    expect(routing.get().inForce.breaker).toMatchObject({ coolDownSeconds: 700, longestCoolDownSeconds: 700 });
  });

  it('set strategy, primary and fallbacks, each once', () => {
    const { routing } = choices();
    routing.setStrategy('adaptive');
    routing.setPrimary('fal');
    expect(routing.setFallbacks(['runware', 'comfyui', 'runware']).settings).toMatchObject({
      strategy: 'adaptive',
      primary: 'fal',
      fallbacks: ['runware', 'comfyui'],
    });
    expect(routing.setFallbacks([]).settings.fallbacks).toEqual([]);
  });

  it.each([
    ['primary', (routing: ReturnType<typeof choices>['routing']) => routing.setPrimary('runwar')],
    ['fallback', (routing: ReturnType<typeof choices>['routing']) => routing.setFallbacks(['fal', 'runwar'])],
    ['limit', (routing: ReturnType<typeof choices>['routing']) => routing.update({ limits: { runwar: {} as never } })],
    [
      'price',
      (routing: ReturnType<typeof choices>['routing']) =>
        routing.update({ prices: { 'runwar/flux': { usd: 1, per: 'image' } } }),
    ],
  ])('refuse a %s of a provider that does not exist, and say what was meant', (_, change) => {
    const { routing } = choices();
    const before = routing.get();
    expect(() => change(routing)).toThrow(
      expect.objectContaining({ code: 'unknownProvider', message: expect.stringContaining('mean runware?') as string }),
    );
    expect(routing.get()).toEqual(before);
  });

  it('do not leave a single provider that is none', () => {
    const { routing } = choices();
    expect(() => routing.update({ mode: 'single' })).toThrow(AppError);
    expect(routing.update({ mode: 'single', primary: 'fal' }).settings.mode).toBe('single');
    expect(() => routing.update({ primary: null })).toThrow(/primary/);
  });

  it('are stored beside what the environment says, which stays in force and is shown', () => {
    const { routing, settings } = choices({ SERVICE_ROUTING_STRATEGY: 'fastest', AI_PROVIDER: 'nobody' });
    expect(routing.setStrategy('local_first')).toMatchObject({
      settings: { strategy: 'local_first' },
      inForce: { strategy: 'fastest' },
      overrides: [{ setting: 'strategy', variable: 'SERVICE_ROUTING_STRATEGY', value: 'fastest' }],
    });
    expect(settings.notices).toEqual([expect.stringContaining('AI_PROVIDER names no provider')]);
  });
});
