import { dollars } from '../../shared/dollars.ts';
import type { ModelMetrics, ProviderMetrics, SystemHealth } from '../../shared/models/metrics.ts';
import { counted } from './plain-words.ts';

/** How all providers are: the level, then what the checks of each have shown. */
export function healthLines({ level, message, records }: SystemHealth): string[] {
  return [
    // Where nothing is watched, nothing is well either.
    records.length === 0 ? message : `${level}: ${message}`,
    ...records.flatMap((record) => {
      const { provider, checks, uptime, failuresInARow, lastCheckMs, errors } = record;
      const up = uptime === null ? 'not asked yet' : `${percent(uptime)} of ${counted(checks, 'check')}`;
      const took = lastCheckMs === null ? '' : `, the last one in ${lastCheckMs} ms`;
      const failing = failuresInARow === 0 ? '' : `, failed ${failuresInARow} in a row`;
      const [newest] = errors;
      return [
        `${provider.padEnd(13)} ${up}${took}${failing}`,
        ...(newest ? [`   last error (${newest.source}, ${newest.code}): ${newest.message}`] : []),
      ];
    }),
  ];
}

/** How each provider and its models did. */
export function metricsLines({
  providers,
  promptCache: { hits, misses },
}: {
  readonly providers: readonly ProviderMetrics[];
  readonly promptCache: { readonly hits: number; readonly misses: number };
}): string[] {
  if (providers.length === 0) return ['No provider is set up, and nothing has been made.'];
  const ofProviders = providers.flatMap((provider) => {
    const { breaker, running, atOnce, pool } = provider;
    const load = `${running}/${atOnce} at once${pool === null ? '' : `, ${pool.open}/${pool.most} connections`}`;
    const state = breaker === 'closed' ? '' : `, breaker ${breaker.replace('_', ' ')}`;
    return [
      `${provider.provider.padEnd(13)} ${figures(provider)}; ${load}${state}`,
      ...provider.models.map((model) => `   ${model.model}: ${figures(model)}`),
    ];
  });
  const styled = hits + misses;
  return styled === 0
    ? ofProviders
    : [...ofProviders, `${counted(styled, 'prompt')} with styles, ${hits} of them at hand`];
}

function figures(did: Omit<ModelMetrics, 'model'>): string {
  const { attempts, succeeded, failed, fallbacks, images, times } = did;
  if (attempts === 0) return 'nothing was asked of it';
  const ended = succeeded + failed;
  return [
    counted(attempts, 'attempt'),
    ...(ended === 0 ? [] : [`${percent(succeeded / ended)} succeeded`]),
    ...(fallbacks === 0 ? [] : [`${fallbacks} took over`]),
    counted(images, 'image'),
    ...(times === null
      ? []
      : [`${seconds(times.average)} on average, p50 ${seconds(times.p50)}, p95 ${seconds(times.p95)}`]),
    spent(did),
  ].join(', ');
}

/** Unknown amounts are named, never counted as nothing (H5). */
function spent({ reportedUsd, estimatedUsd, unknownCosts }: Omit<ModelMetrics, 'model'>): string {
  const known = reportedUsd + estimatedUsd;
  const usd = `${estimatedUsd > 0 ? '≈ ' : ''}${dollars(known)}`;
  if (known === 0) return unknownCosts === 0 ? 'nothing charged' : counted(unknownCosts, 'unknown cost');
  return unknownCosts === 0 ? usd : `${usd} and ${counted(unknownCosts, 'unknown cost')}`;
}

function percent(part: number): string {
  const rounded = Math.round(part * 1000) / 10;
  // What failed once did not always succeed.
  return `${part < 1 ? Math.min(99.9, rounded) : rounded} %`;
}

function seconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
