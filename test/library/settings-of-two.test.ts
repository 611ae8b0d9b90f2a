import { beforeEach, describe, expect, it } from 'vitest';
import { createBudget } from '../../src/main/costs/budget.ts';
import { createPrices } from '../../src/main/costs/prices.ts';
import { createEvents } from '../../src/main/events.ts';
import { createAddressLogins } from '../../src/main/health/address-logins.ts';
import { silentLog } from '../../src/main/log.ts';
import { createRoutingChoices } from '../../src/main/settings/routing-choices.ts';
import { createSettings } from '../../src/main/settings/settings.ts';
import type { ProviderStatus } from '../../src/shared/models/provider.ts';
import { Settings } from '../../src/shared/models/settings.ts';

/** One file of settings, which every Easel on its data folder reads and writes. */
let file: unknown;

function openEasel() {
  const events = createEvents();
  const providers = ['fal', 'painter'];
  const store = { read: () => file, write: (next: object) => (file = next) };
  const settings = createSettings({ store, events, environment: {}, providers });
  const status = {
    manifest: { id: 'fal', name: 'fal', kind: 'cloud' },
    enabled: true,
    models: [{ id: 'flux', price: null }],
  } as unknown as ProviderStatus;
  const keys = {
    setAddressLogin: () => Promise.resolve(),
    addressLogin: () => null,
    state: () => ({ isLocked: false }),
  };
  return {
    budget: createBudget({ settings, spent: () => ({ day: 0, month: 0 }) }),
    prices: createPrices({
      settings,
      providers: { list: () => [status], status: () => status, ensureFresh: () => Promise.resolve() },
      events,
    }),
    routing: createRoutingChoices({ settings, providers }),
    logins: createAddressLogins({ keys: keys as never, settings, log: silentLog }),
  };
}
type Easel = ReturnType<typeof openEasel>;

const price = { usd: 0.5, per: 'image' } as const;
const painter = { enabled: true, url: 'http://host:8188/' };
const changes: { what: string; make: (easel: Easel) => unknown; stored: object }[] = [
  { what: 'a cap', make: ({ budget }) => budget.set({ day: 5 }), stored: { routing: { caps: { day: 5 } } } },
  {
    what: 'another cap',
    make: ({ budget }) => budget.set({ month: 50 }),
    stored: { routing: { caps: { month: 50 } } },
  },
  {
    what: 'a strategy',
    make: ({ routing }) => routing.setStrategy('local_first'),
    stored: { routing: { strategy: 'local_first' } },
  },
  {
    what: 'a price',
    make: ({ prices }) => prices.set({ provider: 'fal', model: 'flux', price }),
    stored: { routing: { prices: { 'fal/flux': price } } },
  },
  { what: 'an address', make: ({ logins }) => logins.choose('painter', painter), stored: { providers: { painter } } },
  {
    what: 'who is switched off',
    make: ({ logins }) => logins.choose('fal', { enabled: false, url: null }),
    stored: { providers: { fal: { enabled: false } } },
  },
];

describe('what one Easel stores', () => {
  beforeEach(() => {
    file = {};
  });

  const pairs = changes.flatMap((first) =>
    changes.filter((other) => other !== first).map((second) => ({ first, second })),
  );
  it.each(pairs)('stays when another one stores $second.what: $first.what', async ({ first, second }) => {
    const [one, other] = [openEasel(), openEasel()];
    await first.make(one);
    await second.make(other);
    expect(Settings.parse(file)).toMatchObject(first.stored);
    expect(Settings.parse(file)).toMatchObject(second.stored);
  });

  it('stays when another one takes a price away again', async () => {
    const one = openEasel();
    await one.prices.set({ provider: 'fal', model: 'flux', price });
    const other = openEasel();
    one.budget.set({ day: 5 });
    await other.prices.set({ provider: 'fal', model: 'flux', price: null });
    expect(Settings.parse(file).routing).toMatchObject({ caps: { day: 5 }, prices: {} });
  });

  it('stays when another one moves a login to the keys', async () => {
    file = { providers: { painter: { enabled: true, url: 'http://me:secret@host:8188' } } };
    const [one, other] = [openEasel(), openEasel()];
    await one.logins.choose('fal', { enabled: false, url: null });
    await other.logins.moveStored();
    expect(Settings.parse(file).providers).toEqual({
      fal: { enabled: false, url: null },
      painter: { ...painter, hasLogin: true },
    });
  });

  it('changes only the caps that are given', () => {
    const { budget } = openEasel();
    budget.set({ day: 5, image: 0 });
    budget.set({ month: 20 });
    expect(budget.set({ day: null })).toEqual({
      caps: { image: 0, job: null, day: null, month: 20 },
      spent: { day: 0, month: 0 },
    });
  });
});
