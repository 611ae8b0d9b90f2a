import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GenerationRequest } from '../models/generation-request.ts';
import type { Model, ProviderStatus } from '../models/provider.ts';
import { emptyRoutingState, type Caps } from '../models/routing.ts';
import { planRoute, type Route } from './plan-route.ts';

const model = (id: string, max = 2048): Model => ({
  id,
  name: id,
  family: 'sdxl',
  tier: 'standard',
  operations: ['textToImage'],
  parameters: ['size', 'seed'],
  limits: { promptCharacters: 1000, imagesPerRequest: 1, side: { min: 64, max, multipleOf: 8 } },
  defaults: { width: 512, height: 512 },
  choices: { samplers: [], schedulers: [], loras: [] },
  price: null,
  typicalSeconds: null,
});

interface Changes {
  readonly kind?: 'builtin' | 'local' | 'cloud';
  readonly enabled?: boolean;
  readonly state?: ProviderStatus['health']['state'];
  readonly models?: readonly Model[];
}

const provider = (
  id: string,
  { kind = 'local', enabled = true, state = 'ready', models = [model('m')] }: Changes = {},
): ProviderStatus => ({
  manifest: {
    id,
    name: `The ${id}`,
    summary: '',
    kind,
    docsUrl: null,
    keysUrl: null,
    defaultUrls: [],
    credentials: [],
    limits: { perMinute: null, atOnce: 1 },
    abilities: {
      cancel: false,
      listModels: false,
      watch: false,
      ownTaskIds: false,
      find: false,
      balance: false,
      train: false,
    },
    notAi: kind === 'builtin',
    keepsTasksForHours: null,
    pricesCheckedOn: null,
    models: [...models],
  },
  url: null,
  urlSource: null,
  urlVariable: null,
  credentials: [],
  balance: null,
  enabled,
  health: { state, message: `The ${id} is ${state}.`, version: null, checkedAt: 0 },
  models: [...models],
});

const route = (providers: readonly ProviderStatus[], request: Partial<GenerationRequest> = {}): Route =>
  planRoute({
    request: GenerationRequest.parse({ prompt: 'x', ...request }),
    providers,
    routing: emptyRoutingState,
    inputSize: null,
    now: 0,
  });
const chosen = ({ ranked }: Route): string[] =>
  ranked.map(({ provider: id, model: { id: engine } }) => `${id}/${engine}`);

describe('planRoute', () => {
  it('takes those that are set up, in the order of their list', () => {
    expect(chosen(route([provider('a'), provider('b')]))).toEqual(['a/m', 'b/m']);
  });

  it('takes the built-in one by itself only where no real one is set up', () => {
    const builtin = provider('builtin', { kind: 'builtin' });
    expect(chosen(route([provider('a'), builtin]))).toEqual(['a/m']);
    expect(chosen(route([provider('a', { enabled: false }), builtin]))).toEqual(['builtin/m']);
    // Set up but away is no reason to hand over a drawing in the place of a picture.
    expect(chosen(route([provider('a', { state: 'unreachable' }), builtin]))).toEqual([]);
    expect(chosen(route([provider('a'), builtin], { provider: 'builtin' }))).toEqual(['builtin/m']);
  });

  it('takes the named one and no other, set up or not', () => {
    expect(chosen(route([provider('a'), provider('b', { enabled: false })], { provider: 'b' }))).toEqual(['b/m']);
  });

  it('takes the first model that can do it', () => {
    const models = [model('small', 512), model('large', 4096)];
    expect(chosen(route([provider('a', { models })], { width: 1024, height: 1024 }))).toEqual(['a/large']);
  });

  it('names the cheapest that only costs too much, and the limit in its way', () => {
    const at = (id: string, usd: number, max?: number): Model => ({ ...model(id, max), price: { usd, per: 'image' } });
    const services = [
      provider('a', { kind: 'cloud', models: [at('dear', 0.03), at('small', 0.001, 128), at('cheap', 0.002)] }),
      provider('b', { kind: 'cloud', models: [{ ...model('m'), price: null }] }),
    ];
    const dearOf = (caps: Partial<Caps>, spent = 0, maxUsd?: number) => {
      const { settings, spending } = emptyRoutingState;
      return planRoute({
        request: GenerationRequest.parse({ prompt: 'a', width: 512, height: 512, count: 2, wishes: { maxUsd } }),
        providers: services,
        routing: {
          ...emptyRoutingState,
          settings: { ...settings, caps: { ...settings.caps, ...caps } },
          spending: { ...spending, day: spent },
        },
        inputSize: null,
        now: 0,
      }).skipped.map(({ tooDear }) => tooDear);
    };
    const cheap = { model: 'cheap', cost: { kind: 'estimated', usd: 0.004 } };
    const unknown = { model: 'm', cost: { kind: 'unknown' }, limit: null };
    expect(dearOf({ day: 0.01 }, 0.008)).toEqual([{ ...cheap, limit: { of: 'day', usd: 0.01 } }, unknown]);
    expect(dearOf({ image: 0.001, day: 0.001 })).toEqual([{ ...cheap, limit: { of: 'image', usd: 0.001 } }, unknown]);
    expect(dearOf({ job: 0.003, image: 0.01 })).toEqual([{ ...cheap, limit: { of: 'job', usd: 0.003 } }, unknown]);
    expect(dearOf({ month: 0.001 }, 0, 0.002)).toEqual([{ ...cheap, limit: { of: 'topPrice', usd: 0.002 } }, unknown]);
    expect(dearOf({})).toEqual([]);
  });

  it('says of each that is passed over why', () => {
    const { skipped } = route([
      provider('off', { enabled: false }),
      provider('away', { state: 'unreachable' }),
      provider('empty', { models: [] }),
      provider('small', { models: [model('s', 128)] }),
    ]);
    expect(skipped.map(({ provider: id, code }) => [id, code])).toEqual([
      ['off', 'noProvider'],
      ['away', 'network'],
      ['empty', 'noProvider'],
      ['small', 'sizeNotSupported'],
    ]);
    expect(skipped.map(({ reason }) => reason)).toEqual([
      'The off is not set up.',
      'The away is unreachable.',
      expect.stringContaining('no models'),
      expect.stringContaining('128 pixels'),
    ]);
  });

  it('names the models that are near a wrong one', () => {
    const models = [model('sd_xl_base_1.0'), model('flux1-dev'), model('v1-5-pruned')];
    const { skipped } = route([provider('a', { models })], { model: 'flux-dev' });
    expect(skipped[0]).toMatchObject({
      code: 'unknownModel',
      reason: expect.stringContaining('Did you mean flux1-dev?') as string,
    });
  });

  it('ranks or skips every provider that could be asked, and never both', () => {
    const anyProvider = fc.record({
      kind: fc.constantFrom('builtin', 'local', 'cloud'),
      enabled: fc.boolean(),
      state: fc.constantFrom('ready', 'unreachable', 'notSetUp', 'found', 'checking'),
      models: fc.subarray([model('a'), model('b', 128)]),
    });
    fc.assert(
      fc.property(fc.array(anyProvider, { maxLength: 6 }), fc.integer({ min: 16, max: 4096 }), (list, width) => {
        const { ranked, skipped } = route(
          list.map((changes, index) => provider(`p${index}`, changes)),
          { width },
        );
        const ids = [...ranked, ...skipped].map(({ provider: id }) => id);
        expect([...ids].sort()).toEqual(list.map((_, index) => `p${index}`));
        for (const { reason } of skipped) expect(reason).not.toBe('');
      }),
    );
  });
});
