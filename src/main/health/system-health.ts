import type { HealthRecord, SystemHealth } from '../../shared/models/metrics.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';

/** Whose health counts: those that are set up, and not the built-in one, which can't fail. */
export function isWatched({ manifest, enabled }: ProviderStatus): boolean {
  return enabled && manifest.kind !== 'builtin';
}

const unasked: ReadonlySet<ProviderStatus['health']['state']> = new Set(['notSetUp', 'checking']);

/** How all providers together are (H2), in one word and in plain ones. Who was never asked is not counted yet. */
export function systemHealth(
  providers: readonly ProviderStatus[],
  record: (provider: string) => HealthRecord,
): SystemHealth {
  const watched = providers.filter(isWatched);
  const asked = watched.filter(({ health }) => health.checkedAt !== null || !unasked.has(health.state));
  const away = asked.filter(({ health }) => health.state !== 'ready');
  const records = watched.map(({ manifest }) => record(manifest.id));
  const locked = providers.some(({ health }) => health.state === 'locked') ? ' The keys are locked.' : '';
  if (watched.length === 0) {
    return { level: 'healthy', message: `No provider is set up, so there is nothing to watch.${locked}`, records };
  }
  if (asked.length === 0) {
    return { level: 'healthy', message: `${countOf(watched.length)} not been asked yet.${locked}`, records };
  }
  if (away.length === 0) {
    const [only] = asked;
    const message =
      asked.length === 1 ? `${only?.manifest.name ?? ''} is ready.` : `All ${asked.length} providers are ready.`;
    return { level: 'healthy', message: `${message}${locked}`, records };
  }
  const reasons = away.map(({ health }) => health.message).join(' ');
  if (away.length < asked.length) {
    const names = away.map(({ manifest }) => manifest.name).join(', ');
    const message = `${asked.length - away.length} of ${asked.length} providers are ready; not ready: ${names}. ${reasons}${locked}`;
    return { level: 'degraded', message, records };
  }
  return { level: 'critical', message: `No provider can be used now. ${reasons}${locked}`, records };
}

function countOf(count: number): string {
  return count === 1 ? 'The one provider that is set up has' : `${count} providers are set up and have`;
}
