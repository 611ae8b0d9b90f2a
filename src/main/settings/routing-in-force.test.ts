import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RoutingSettings } from '../../shared/models/routing.ts';
import { routingInForce } from './routing-in-force.ts';

const providers = ['comfyui', 'fal', 'runware', 'stability', 'builtin'];
const stored = RoutingSettings.parse({ primary: 'comfyui', fallbacks: ['stability'], strategy: 'fastest' });
const under = (environment: Record<string, string>) => routingInForce(stored, environment, providers);

describe('routing in force', () => {
  it('is what is stored where the environment says nothing', () => {
    expect(under({ PRIMARY_IMAGE_PROVIDER: ' ', AI_PROVIDER: '' })).toEqual({
      inForce: stored,
      overrides: [],
      notices: [],
    });
  });

  it('takes every variable, and says which decided what', () => {
    const { inForce, overrides, notices } = under({
      PRIMARY_IMAGE_PROVIDER: 'Runware',
      FALLBACK_IMAGE_PROVIDERS: 'fal, stability,fal',
      SERVICE_ROUTING_STRATEGY: 'Cost-Optimized',
      SERVICE_HEALTH_CHECK_INTERVAL: '30',
      AI_ENABLED: 'false',
      AI_FALLBACK_ENABLED: 'no',
    });
    expect(notices).toEqual([]);
    expect(inForce).toEqual({
      ...stored,
      primary: 'runware',
      fallbacks: ['fal', 'stability'],
      strategy: 'cost_optimized',
      healthCheckSeconds: 30,
      cloudOff: true,
      fallback: false,
    });
    expect(overrides).toEqual([
      { setting: 'primary', variable: 'PRIMARY_IMAGE_PROVIDER', value: 'runware' },
      { setting: 'fallbacks', variable: 'FALLBACK_IMAGE_PROVIDERS', value: 'fal, stability' },
      { setting: 'strategy', variable: 'SERVICE_ROUTING_STRATEGY', value: 'cost_optimized' },
      { setting: 'healthCheckSeconds', variable: 'SERVICE_HEALTH_CHECK_INTERVAL', value: '30' },
      { setting: 'fallback', variable: 'AI_FALLBACK_ENABLED', value: 'off' },
      { setting: 'cloudOff', variable: 'AI_ENABLED', value: 'on' },
    ]);
  });

  it.each([
    [{ AI_PROVIDER: 'fal' }, { mode: 'single', primary: 'fal' }],
    [
      { AI_PROVIDER: 'fal', PRIMARY_IMAGE_PROVIDER: 'runware' },
      { mode: 'single', primary: 'fal' },
    ],
    [
      { AI_PROVIDER: 'unified', PRIMARY_IMAGE_PROVIDER: 'runware' },
      { mode: 'unified', primary: 'runware' },
    ],
    [{ PRIMARY_IMAGE_PROVIDER: 'fal', AI_PRIMARY_PROVIDER: 'runware' }, { primary: 'fal' }],
    [{ PRIMARY_IMAGE_PROVIDER: 'nobody', AI_PRIMARY_PROVIDER: 'runware' }, { primary: 'runware' }],
    [{ FALLBACK_IMAGE_PROVIDERS: 'fal', AI_SECONDARY_PROVIDER: 'runware' }, { fallbacks: ['fal'] }],
    [{ AI_SECONDARY_PROVIDER: 'runware' }, { fallbacks: ['runware'] }],
    [{ FALLBACK_IMAGE_PROVIDERS: 'fla,runware' }, { fallbacks: ['runware'] }],
    [{ AI_FALLBACK_ENABLED: 'TRUE' }, { fallback: true }],
  ])('with %j is %j', (environment, expected) => {
    expect(under(environment).inForce).toMatchObject(expected);
  });

  it('leaves single mode where the environment says unified', () => {
    const single = RoutingSettings.parse({ mode: 'single', primary: 'fal' });
    expect(routingInForce(single, { AI_PROVIDER: 'Unified' }, providers).inForce.mode).toBe('unified');
  });

  it('never turns the cloud on again', () => {
    const off = RoutingSettings.parse({ cloudOff: true });
    expect(routingInForce(off, { AI_ENABLED: 'true' }, providers)).toEqual({
      inForce: off,
      overrides: [],
      notices: [],
    });
  });

  it.each([
    ['60', 60],
    ['999', 999],
    ['1000', null],
    ['60000', 60],
    ['60s', 60],
    ['60 S', 60],
    ['60000ms', 60],
    ['1m', 60],
    ['1.5min', 90],
    ['2h', 7200],
    ['4', null],
    ['25h', null],
    ['soon', null],
    ['-60', null],
    ['1e3', null],
  ])('reads an interval of %s as %s seconds', (text, seconds) => {
    const { inForce, notices } = under({ SERVICE_HEALTH_CHECK_INTERVAL: text });
    expect(inForce.healthCheckSeconds).toBe(seconds ?? 60);
    expect(notices).toHaveLength(seconds === null ? 1 : 0);
  });

  it('says what can not be used, what was meant, and nothing of a key that stands there by mistake', () => {
    const { notices, overrides } = under({
      SERVICE_ROUTING_STRATEGY: 'cheapest_optimized',
      AI_PRIMARY_PROVIDER: 'runwar',
      AI_PROVIDER: 'sk-0123456789abcdef0123456789abcdef',
      AI_ENABLED: 'maybe',
    });
    expect(overrides).toEqual([]);
    expect(notices).toHaveLength(4);
    expect(notices.join('\n')).toMatch(/SERVICE_ROUTING_STRATEGY.*cost_optimized/);
    expect(notices.join('\n')).toMatch(/AI_PRIMARY_PROVIDER.*Did you mean runware/);
    expect(notices.join('\n')).not.toContain('abcdef');
  });

  it('stays valid whatever the environment holds', () => {
    const names = [
      'AI_PROVIDER',
      'PRIMARY_IMAGE_PROVIDER',
      'AI_PRIMARY_PROVIDER',
      'FALLBACK_IMAGE_PROVIDERS',
      'AI_SECONDARY_PROVIDER',
      'SERVICE_ROUTING_STRATEGY',
      'SERVICE_HEALTH_CHECK_INTERVAL',
      'AI_ENABLED',
      'AI_FALLBACK_ENABLED',
    ];
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom(...providers, 'unified', '60s', 'true', '__proto__', 'toString'),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), word), (environment) => {
        const { inForce } = under(environment);
        expect(RoutingSettings.parse(inForce)).toEqual(inForce);
        expect(inForce.primary === null || providers.includes(inForce.primary)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
