import type { HealthRecord, SystemHealth } from '../../shared/models/metrics.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { Events } from '../events.ts';
import type { Log } from '../log.ts';
import { isLoopbackHost } from '../providers/public-address.ts';
import { createHealthChecks } from './health-checks.ts';
import { createHealthRecords } from './health-records.ts';
import { createNetworkWatch, type NetworkSense } from './network-watch.ts';
import type { CheckOutcome } from './provider-checks.ts';
import type { ProviderStates } from './provider-states.ts';
import { isWatched, systemHealth } from './system-health.ts';

/** Changes within this time are told together. */
const tellAfterMs = 250;

export interface Health {
  current(): SystemHealth;
  /** For whoever runs jobs: one failed at this provider. `message` is for people and free of keys; `at` is milliseconds since 1970. */
  noteJobFailure(provider: string, failure: { code: string; message: string; at: number }): void;
  /** For the provider states: a check has ended. */
  noteCheck(outcome: CheckOutcome): void;
  /** Checks in the background until `close`. */
  start(): void;
  reinitialize(provider: string, isAtWork: () => boolean): Promise<ProviderStatus>;
  close(): void;
}

/** How the providers are: checks in the background, what they have shown, and the level of all together (H1, H2). */
export function createHealth(dependencies: {
  providers: ProviderStates;
  /** Seconds between two checks of a provider, as the settings say now. */
  checkSeconds: () => number;
  /** Whether nothing is to be sent to cloud services now. */
  cloudOff: () => boolean;
  lookForServers: () => Promise<unknown>;
  network: NetworkSense;
  events: Events;
  log: Log;
  /** Milliseconds since 1970. */
  now: () => number;
  elapsed: () => number;
  chance: () => number;
}): Health {
  const { providers, checkSeconds, cloudOff, lookForServers, network, events, log, now, elapsed, chance } =
    dependencies;
  const records = createHealthRecords({ now });
  let telling: NodeJS.Timeout | null = null;
  let told = '';

  const current = (): SystemHealth =>
    systemHealth(providers.list(), (provider): HealthRecord => records.record(provider));
  /** Tells what has changed, at most a few times a second. */
  const changed = (): void => {
    telling ??= setTimeout(() => {
      telling = null;
      const health = current();
      const text = JSON.stringify(health);
      if (text === told) return;
      told = text;
      events.emit({ kind: 'healthChanged', health });
    }, tellAfterMs).unref();
  };

  /** Whether it may be asked by itself now. */
  const mayAsk = (provider: ProviderStatus): boolean =>
    (watch.isOnline() || remoteHost(provider) === null) && !(provider.manifest.kind === 'cloud' && cloudOff());
  const inNetwork = (): ProviderStatus[] =>
    providers.list().filter((provider) => isWatched(provider) && remoteHost(provider) !== null);
  const watch = createNetworkWatch({
    sense: network,
    hosts: () => inNetwork().flatMap((provider) => remoteHost(provider) ?? []),
    onChange: (found) => {
      log.info(found.isOnline ? 'the network is back' : 'there is no network');
      if (found.isOnline) {
        checks.askRemoteNow();
        return;
      }
      for (const { manifest } of inNetwork()) records.plan(manifest.id, null);
      const message =
        found.notFound === null
          ? 'This computer has no network. It is asked again as soon as there is one.'
          : `${found.notFound} can't be found. Check its address, and that this computer is online. It is asked again as soon as it is found.`;
      providers.markOffline(
        inNetwork().map(({ manifest }) => manifest.id),
        message,
      );
      changed();
    },
  });
  const checks = createHealthChecks({
    providers,
    intervalMs: () => checkSeconds() * 1000,
    failuresInARow: (provider) => records.record(provider).failuresInARow,
    mayAsk,
    lookForServers,
    onPlan: (provider, inMs) => {
      records.plan(provider, inMs === null || !mayAsk(providers.status(provider)) ? null : now() + inMs);
      changed();
    },
    elapsed,
    chance,
    log,
  });
  let wasCloudOff = cloudOff();
  const followCloud = (): void => {
    if (cloudOff() === wasCloudOff) return;
    wasCloudOff = cloudOff();
    if (!wasCloudOff) checks.askRemoteNow();
    else for (const { manifest } of providers.list()) if (manifest.kind === 'cloud') records.plan(manifest.id, null);
  };
  const stopHearing = events.listen(({ kind }) => {
    if (kind === 'settingsChanged') followCloud();
    if (kind === 'providerChanged' || kind === 'settingsChanged' || kind === 'keysChanged') changed();
  });

  return {
    current,
    noteJobFailure: (provider, failure) => {
      records.noteJobFailure(provider, failure);
      changed();
    },
    noteCheck: (outcome) => {
      records.noteCheck(outcome);
      if (outcome.failure?.code === 'offline') watch.suspect();
      else if (outcome.failure === null && remoteHost(providers.status(outcome.provider)) !== null) watch.confirm();
      checks.noteCheck(outcome);
      changed();
    },
    start: () => {
      watch.start();
      checks.start();
    },
    reinitialize: (provider, isAtWork) => {
      records.forget(provider);
      return providers.reinitialize(provider, isAtWork);
    },
    close: () => {
      if (telling) clearTimeout(telling);
      stopHearing();
      checks.close();
      watch.close();
    },
  };
}

/** The host of a cloud service; null for what needs no network: one's own servers, and stand-ins on this machine. */
function remoteHost({ manifest, url }: ProviderStatus): string | null {
  if (manifest.kind !== 'cloud' || url === null || !URL.canParse(url)) return null;
  const { hostname } = new URL(url);
  return isLoopbackHost(hostname) ? null : hostname;
}
