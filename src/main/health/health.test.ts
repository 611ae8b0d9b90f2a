import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppEvent } from '../../shared/models/events.ts';
import type { HealthRecord } from '../../shared/models/metrics.ts';
import type { Model, ProviderManifest } from '../../shared/models/provider.ts';
import { PublicSettings, Settings } from '../../shared/models/settings.ts';
import { createEvents } from '../events.ts';
import { silentLog } from '../log.ts';
import { ProviderError, type ImageProvider } from '../providers/provider.ts';
import type { ProviderKind } from '../providers/registry.ts';
import { createHealth } from './health.ts';
import { createProviderStates, type ProviderStates } from './provider-states.ts';

beforeEach(() => vi.useFakeTimers({ now: new Date('2026-03-01T12:00:00') }));
afterEach(() => {
  for (const close of closers.splice(0)) close();
  vi.useRealTimers();
});
const closers: (() => void)[] = [];
const pass = (seconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(seconds * 1000);

type Mood = 'well' | 'away' | 'slow' | 'refusing' | 'offline';

const failures: Record<Exclude<Mood, 'well'>, () => ProviderError> = {
  away: () => new ProviderError('network', 'Nothing answers there.'),
  slow: () => new ProviderError('timeout', 'It took too long.'),
  refusing: () => new ProviderError('auth', 'The key was refused.'),
  offline: () => new ProviderError('offline', 'It can not be found.'),
};

/** A service whose mood a test decides, and which knows when it was asked. */
function service(id: string, kind: 'local' | 'cloud', { url = `https://${id}.example`, takesMs = 40 } = {}) {
  const manifest: ProviderManifest = {
    id,
    name: id[0]!.toUpperCase() + id.slice(1),
    summary: '',
    kind,
    docsUrl: null,
    keysUrl: null,
    defaultUrls: [url],
    credentials:
      kind === 'cloud'
        ? [{ field: 'key', label: 'key', environment: [], isSecret: true, isOptional: false, help: '' }]
        : [],
    limits: { perMinute: null, atOnce: 2 },
    abilities: {
      cancel: false,
      listModels: true,
      watch: false,
      ownTaskIds: false,
      find: false,
      balance: false,
      train: false,
    },
    keepsTasksForHours: null,
    notAi: false,
    pricesCheckedOn: null,
    models: [],
  };
  const self = {
    id,
    mood: 'well' as Mood,
    asked: [] as number[],
    modelsRead: 0,
    closed: 0,
    kind: { manifest } as ProviderKind,
  };
  const provider = {
    manifest,
    checkHealth: async () => {
      self.asked.push(Date.now());
      underWay.now += 1;
      underWay.most = Math.max(underWay.most, underWay.now);
      await new Promise((resolve) => setTimeout(resolve, takesMs));
      underWay.now -= 1;
      if (self.mood !== 'well') throw failures[self.mood]();
      return { version: '1', message: `${manifest.name} is ready.` };
    },
    listModels: () => {
      self.modelsRead += 1;
      return Promise.resolve<Model[]>([]);
    },
    close: () => {
      self.closed += 1;
      return Promise.resolve();
    },
  } as unknown as ImageProvider;
  self.kind = { manifest, open: () => Promise.resolve(provider) };
  return self;
}
const underWay = { now: 0, most: 0 };

/** Everything is real but the services, the network and time. */
function watch(
  services: ReturnType<typeof service>[],
  options: { seconds?: number; chance?: () => number; enabled?: boolean; cloudOff?: boolean } = {},
) {
  const { seconds = 60, chance = () => 0.5, enabled = true, cloudOff = false } = options;
  underWay.now = underWay.most = 0;
  const network = { leadsOut: true, finds: true };
  const interval = { seconds };
  const cloud = { off: cloudOff };
  const switchCloud = (off: boolean): void => {
    cloud.off = off;
    events.emit({ kind: 'settingsChanged', settings: PublicSettings.parse({}) });
  };
  let tellOfKeys: (ids: string[]) => void = () => undefined;
  const events = createEvents();
  const told: { at: number; event: AppEvent }[] = [];
  events.listen((event) => told.push({ at: Date.now(), event }));
  let settings = Settings.parse({
    providers: Object.fromEntries(services.map(({ id }) => [id, { enabled }])),
  });
  const lookedForServers = vi.fn(() => Promise.resolve());
  const providers: ProviderStates = createProviderStates({
    kinds: services.map(({ kind }) => kind),
    keys: {
      of: () => ({ key: 'secret' }),
      status: () => [],
      state: () => ({ isLocked: false }) as never,
      addressLogin: () => null,
      setAddressLogin: () => Promise.resolve(),
      onChange: (listener) => {
        tellOfKeys = listener;
        return () => undefined;
      },
    },
    settings: { get: () => settings, updateProvider: () => settings },
    environment: {},
    cloudOff: () => cloud.off,
    trainedModels: () => [],
    events,
    log: silentLog,
    now: Date.now,
    onChecked: (outcome) => health.noteCheck(outcome),
  });
  const health = createHealth({
    providers,
    checkSeconds: () => interval.seconds,
    cloudOff: () => cloud.off,
    lookForServers: lookedForServers,
    network: { leadsOut: () => network.leadsOut, finds: () => Promise.resolve(network.finds) },
    events,
    log: silentLog,
    now: Date.now,
    elapsed: () => performance.now(),
    chance,
  });
  closers.push(() => health.close());
  health.start();
  return {
    health,
    providers,
    network,
    interval,
    change: (changed: object): void => {
      settings = Settings.parse({ ...settings, ...changed });
      events.emit({ kind: 'settingsChanged', settings: PublicSettings.parse({}) });
    },
    switchCloud,
    changeKeys: (ids: string[]) => tellOfKeys(ids),
    lookedForServers,
    told: (kind: AppEvent['kind']) => told.filter(({ event }) => event.kind === kind),
    record: (id: string): HealthRecord => health.current().records.find(({ provider }) => provider === id)!,
    state: (id: string) => providers.status(id).health.state,
  };
}

describe('checks in the background', () => {
  it('ask every cloud service at its interval, give or take, and never two at once', async () => {
    const services = ['one', 'two', 'three', 'four'].map((id) => service(id, 'cloud'));
    let seed = 1;
    const { record } = watch(services, { chance: () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647 });
    await pass(1200);
    for (const { id, asked } of services) {
      expect(asked.length, id).toBeGreaterThanOrEqual(16);
      expect(asked.length, id).toBeLessThanOrEqual(26);
      const gaps = asked.slice(1).map((at, index) => (at - asked[index]!) / 1000);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(47);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(74);
      expect(new Set(gaps.map(Math.round)).size).toBeGreaterThan(5);
      expect(record(id)).toMatchObject({ checks: asked.length, uptime: 1, failuresInARow: 0, errors: [] });
      expect(record(id).nextCheckAt).toBeGreaterThanOrEqual(Date.now());
    }
    expect(underWay.most).toBe(1);
  });

  it('follow a new interval at once, and do not stop because the clock was set back', async () => {
    const one = service('one', 'cloud');
    const { interval } = watch([one], { seconds: 3600 });
    await pass(100);
    expect(one.asked).toHaveLength(1);
    interval.seconds = 10;
    await pass(60);
    expect(one.asked.length).toBeGreaterThanOrEqual(5);
    vi.setSystemTime(new Date('2026-02-28T12:00:00'));
    const before = one.asked.length;
    await pass(60);
    expect(one.asked.length - before).toBeGreaterThanOrEqual(4);
  });

  it('count from the last answer, whoever asked for it', async () => {
    const one = service('one', 'cloud');
    const { providers } = watch([one]);
    await pass(50);
    const forced = providers.check('one');
    await pass(1);
    await forced;
    await pass(50);
    expect(one.asked).toHaveLength(2);
  });

  it('leave alone who is not set up, and end with the program', async () => {
    const [off, one] = [service('off', 'cloud'), service('one', 'cloud')];
    watch([off], { enabled: false });
    const { health, providers } = watch([one]);
    await pass(5);
    await providers.ensureFresh('one');
    health.close();
    await pass(600);
    expect([off.asked.length, one.asked.length]).toEqual([0, 1]);
    expect(providers.use('one').checks).toEqual({ fromCache: 1, asked: 1 });
  });

  it('look again sooner after a failure, and ever later while it goes on', async () => {
    const one = service('one', 'cloud');
    one.mood = 'away';
    const { health, record } = watch([one]);
    await pass(300);
    const gaps = one.asked.slice(1).map((at, index) => Math.round((at - one.asked[index]!) / 1000));
    expect(gaps.slice(0, 3).map((gap) => Math.round(gap / 10))).toEqual([1, 2, 4]);
    expect(Math.round(gaps[3]! / 10)).toBe(6);
    expect(record('one')).toMatchObject({ uptime: 0, failuresInARow: one.asked.length, lastSuccessAt: null });
    // The same words again and again are one error.
    expect(record('one').errors).toEqual([
      { code: 'network', message: 'Nothing answers there.', at: one.asked.at(-1)! + 40, source: 'check' },
    ]);
    expect(health.current()).toMatchObject({ level: 'critical' });
  });
});

describe('a server on this machine', () => {
  it('is seen to go and to come back within seconds, at the price of one small call each time', async () => {
    const local = service('local', 'local', { url: 'http://127.0.0.1:8188' });
    const { state, record, told } = watch([local]);
    await pass(30);
    expect(state('local')).toBe('ready');
    expect(local.asked.length).toBeGreaterThan(7);
    expect(local.modelsRead).toBe(1);
    expect(told('providerChanged').length).toBeLessThan(4);
    local.mood = 'away';
    await pass(5);
    expect(state('local')).toBe('unreachable');
    local.mood = 'well';
    await pass(5);
    expect(state('local')).toBe('ready');
    expect(local.modelsRead).toBe(2);
    expect(record('local').errors).toMatchObject([{ code: 'network', source: 'check' }]);
    expect(record('local').uptime).toBeGreaterThan(0.7);
    await pass(70);
    expect(local.modelsRead).toBe(3);
  });

  it('is seen to go while another one swallows what it is asked', async () => {
    const one = service('one', 'local', { url: 'http://127.0.0.1:8188' });
    const silent = service('silent', 'local', { url: 'http://10.0.0.9:7860', takesMs: 15_000 });
    silent.mood = 'slow';
    const { state } = watch([silent, one]);
    await pass(60);
    expect(state('one')).toBe('ready');
    expect(one.asked.length).toBeGreaterThan(15);
    expect(silent.asked.length).toBeGreaterThan(2);
    one.mood = 'away';
    await pass(5);
    expect(state('one')).toBe('unreachable');
  });

  it('may be slow for a while, as one that works is, before it counts as away', async () => {
    const local = service('local', 'local', { url: 'http://127.0.0.1:8188' });
    const { state } = watch([local]);
    await pass(5);
    local.mood = 'slow';
    await pass(5.5);
    expect(state('local')).toBe('ready');
    await pass(8);
    expect(state('local')).toBe('unreachable');
  });

  it('is looked for while it is not set up', async () => {
    const local = service('local', 'local', { url: 'http://127.0.0.1:8188' });
    const { lookedForServers, providers, state } = watch([local], { enabled: false });
    await pass(30);
    expect(lookedForServers.mock.calls.length).toBeGreaterThanOrEqual(3);
    providers.offer('local', { url: 'http://127.0.0.1:8000', version: '1' });
    expect(state('local')).toBe('found');
    providers.withdrawOffers(['local']);
    expect(state('local')).toBe('found');
    providers.withdrawOffers([]);
    expect(state('local')).toBe('notSetUp');
    // Nothing but a look, until it is accepted.
    expect(local.asked).toEqual([]);
    const accepted = watch([local]);
    await pass(30);
    expect(accepted.lookedForServers).not.toHaveBeenCalled();
  });
});

describe('the level', () => {
  it('falls with those that are away, and says who', async () => {
    const [one, two] = [service('one', 'cloud'), service('two', 'cloud')];
    const { health, told } = watch([one, two]);
    expect(health.current()).toMatchObject({ level: 'healthy', message: expect.stringContaining('not been asked') });
    await pass(5);
    expect(health.current()).toMatchObject({ level: 'healthy', message: 'All 2 providers are ready.' });
    one.mood = 'refusing';
    await pass(80);
    expect(health.current()).toMatchObject({ level: 'degraded', message: expect.stringContaining('not ready: One') });
    two.mood = 'away';
    await pass(80);
    expect(health.current()).toMatchObject({ level: 'critical', message: expect.stringContaining('Nothing answers') });
    const levels = told('healthChanged').map(({ event }) => event.kind === 'healthChanged' && event.health.level);
    expect(levels.filter((level, index) => level !== levels[index - 1])).toEqual(['healthy', 'degraded', 'critical']);
  });

  it('stays where a provider answers checks and fails at jobs: its record shows the failures, the newest 20', async () => {
    const liar = service('liar', 'cloud');
    const { health, record, told } = watch([liar]);
    await pass(5);
    for (let number = 1; number <= 30; number += 1) {
      health.noteJobFailure('liar', { code: 'server', message: `It broke ${number}.`, at: Date.now() });
    }
    await pass(1);
    expect(health.current().level).toBe('healthy');
    expect(record('liar')).toMatchObject({ uptime: 1, failuresInARow: 0 });
    expect(record('liar').errors).toHaveLength(20);
    expect(record('liar').errors[0]).toMatchObject({ message: 'It broke 30.', source: 'job' });
    expect(told('healthChanged').at(-1)).toMatchObject({
      event: { health: { records: [{ errors: { length: 20 } }] } },
    });
  });

  it('follows one that flaps, without flooding anybody', async () => {
    const flapping = service('local', 'local', { url: 'http://127.0.0.1:8188', takesMs: 1 });
    const { told, record } = watch([flapping]);
    for (let round = 0; round < 60; round += 1) {
      flapping.mood = round % 2 === 0 ? 'away' : 'well';
      await pass(4);
    }
    const times = told('healthChanged').map(({ at }) => at);
    for (const [index, at] of times.entries()) expect(times[index + 4] ?? Infinity).toBeGreaterThanOrEqual(at + 1000);
    expect(record('local').uptime).toBeGreaterThan(0.3);
    expect(record('local').uptime).toBeLessThan(0.7);
    expect(record('local').errors.length).toBe(1);
  });
});

describe('without a network', () => {
  it('nobody out there is asked; servers on this machine are', async () => {
    const [cloud, local] = [service('cloud', 'cloud'), service('local', 'local', { url: 'http://127.0.0.1:8188' })];
    const { network, state, record, health } = watch([cloud, local]);
    await pass(5);
    network.leadsOut = false;
    await pass(6);
    expect(state('cloud')).toBe('offline');
    expect(record('cloud').nextCheckAt).toBeNull();
    const [cloudAsked, localAsked] = [cloud.asked.length, local.asked.length];
    await pass(600);
    expect(cloud.asked).toHaveLength(cloudAsked);
    expect(local.asked.length - localAsked).toBeGreaterThan(140);
    expect(health.current()).toMatchObject({ level: 'degraded', message: expect.stringContaining('no network') });
    // It is not the provider's fault.
    expect(record('cloud')).toMatchObject({ uptime: 1, failuresInARow: 0 });
    network.leadsOut = true;
    await pass(8);
    expect(state('cloud')).toBe('ready');
    expect(cloud.asked).toHaveLength(cloudAsked + 1);
  });

  it('is told from one host that is gone', async () => {
    const [gone, other] = [service('gone', 'cloud'), service('other', 'cloud')];
    gone.mood = 'offline';
    const { network, state } = watch([gone, other]);
    await pass(200);
    expect([state('gone'), state('other')]).toEqual(['offline', 'ready']);
    expect(other.asked.length).toBeGreaterThan(2);
    network.finds = false;
    other.mood = 'offline';
    await pass(80);
    const asked = other.asked.length;
    await pass(600);
    expect(other.asked).toHaveLength(asked);
    network.finds = true;
    other.mood = 'well';
    await pass(8);
    expect(state('other')).toBe('ready');
  });

  it('is not claimed where the name of the only service can not be found', async () => {
    const one = service('one', 'cloud');
    const { network, providers, state } = watch([one]);
    const message = (): string => providers.status('one').health.message;
    await pass(5);
    network.finds = false;
    one.mood = 'offline';
    await pass(80);
    expect(state('one')).toBe('offline');
    expect(message()).toMatch(/^one\.example can't be found\. Check its address/);
    const asked = one.asked.length;
    await pass(600);
    expect(one.asked).toHaveLength(asked);
    network.leadsOut = false;
    await pass(6);
    expect(message()).toMatch(/^This computer has no network/);
    network.leadsOut = true;
    await pass(6);
    expect(message()).toMatch(/^one\.example can't be found/);
    network.finds = true;
    one.mood = 'well';
    await pass(8);
    expect(state('one')).toBe('ready');
  });

  it('changes nothing for what is on this machine, whatever it is', async () => {
    const standIn = service('cloud', 'cloud', { url: 'http://127.0.0.1:9000' });
    const { network, state } = watch([standIn]);
    network.leadsOut = network.finds = false;
    await pass(200);
    expect(state('cloud')).toBe('ready');
    expect(standIn.asked.length).toBeGreaterThan(2);
  });
});

describe('settings that another Easel has changed', () => {
  it('are told of the provider that they concern', async () => {
    const [one, two] = [service('one', 'cloud'), service('two', 'cloud')];
    const { change, told } = watch([one, two]);
    await pass(5);
    const before = told('providerChanged').length;
    const news = () =>
      told('providerChanged')
        .slice(before)
        .map(({ event }) => event.kind === 'providerChanged' && [event.provider.manifest.id, event.provider.enabled]);
    change({ theme: 'dark' });
    expect(news()).toEqual([]);
    change({ providers: { one: { enabled: true }, two: { enabled: false } } });
    expect(news()).toEqual([['two', false]]);
  });
});

describe('while cloud services are switched off', () => {
  it('none is asked by itself; servers on this machine are, and all are as soon as they are on again', async () => {
    const [one, two] = [service('one', 'cloud'), service('two', 'cloud', { url: 'http://127.0.0.1:9000' })];
    const local = service('local', 'local', { url: 'http://127.0.0.1:8188' });
    const { switchCloud, record, state } = watch([one, two, local]);
    await pass(5);
    expect([one.asked.length, two.asked.length]).toEqual([1, 1]);
    switchCloud(true);
    expect([record('one').nextCheckAt, record('two').nextCheckAt]).toEqual([null, null]);
    const localAsked = local.asked.length;
    await pass(600);
    expect([one.asked.length, two.asked.length]).toEqual([1, 1]);
    expect(local.asked.length - localAsked).toBeGreaterThan(140);
    expect(state('one')).toBe('ready');
    switchCloud(false);
    await pass(3);
    expect([one.asked.length, two.asked.length]).toEqual([2, 2]);
    expect(record('one').nextCheckAt).not.toBeNull();
  });

  it('none is asked at the start, nor for a job or a new key; the user may still ask for one', async () => {
    const one = service('one', 'cloud');
    const { providers, changeKeys } = watch([one], { cloudOff: true });
    await pass(100);
    changeKeys(['one']);
    await Promise.all([providers.ensureFresh(), providers.ensureFresh('one'), providers.ensureChecked()]);
    await pass(1);
    expect(one.asked).toEqual([]);
    const asked = providers.check('one');
    await pass(1);
    expect((await asked).health.state).toBe('ready');
    expect(one.asked).toHaveLength(1);
  });
});

describe('a provider that begins anew', () => {
  it('is asked anew, its record is empty, and old connections are closed once nobody works with them', async () => {
    const one = service('one', 'cloud');
    const { health, record } = watch([one]);
    await pass(1);
    health.noteJobFailure('one', { code: 'server', message: 'It broke.', at: Date.now() });
    let isAtWork = true;
    const anew = health.reinitialize('one', () => isAtWork);
    await pass(1);
    expect(await anew).toMatchObject({ health: { state: 'ready' } });
    expect(record('one')).toMatchObject({ checks: 1, errors: [] });
    await pass(30);
    expect(one.closed).toBe(0);
    isAtWork = false;
    await pass(6);
    expect(one.closed).toBe(1);
  });
});
