import { onTestFinished, vi } from 'vitest';
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

export const pass = (seconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(seconds * 1000);

type Mood = 'well' | 'away' | 'slow' | 'refusing' | 'offline';

const failures: Record<Exclude<Mood, 'well'>, () => ProviderError> = {
  away: () => new ProviderError('network', 'Nothing answers there.'),
  slow: () => new ProviderError('timeout', 'It took too long.'),
  refusing: () => new ProviderError('auth', 'The key was refused.'),
  offline: () => new ProviderError('offline', 'It can not be found.'),
};

/** A service whose mood a test decides, and which knows when it was asked. */
export function service(id: string, kind: 'local' | 'cloud', { url = `https://${id}.example`, takesMs = 40 } = {}) {
  const manifest: ProviderManifest = {
    id,
    name: id.replace(/^./, (letter) => letter.toUpperCase()),
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
export const underWay = { now: 0, most: 0 };

/** Everything is real but the services, the network and time, which stands until `pass`. */
export function watch(
  services: ReturnType<typeof service>[],
  options: { seconds?: number; chance?: () => number; enabled?: boolean; cloudOff?: boolean } = {},
) {
  const { seconds = 60, chance = () => 0.5, enabled = true, cloudOff = false } = options;
  vi.useFakeTimers({ now: new Date('2026-03-01T12:00:00') });
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
  onTestFinished(() => {
    health.close();
    vi.useRealTimers();
  });
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
    record: (id: string): HealthRecord => {
      const found = health.current().records.find(({ provider }) => provider === id);
      if (!found) throw new Error(`There is no record of ${id}.`);
      return found;
    },
    state: (id: string) => providers.status(id).health.state,
  };
}
