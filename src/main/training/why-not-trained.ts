import { AppError } from '../../shared/errors.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { RoutingSettings } from '../../shared/models/routing.ts';
import { whyNotInCloud, whyNotInMode } from '../../shared/routing/skip-reasons.ts';

/** What the settings say against a training with this provider; null: nothing. */
export function whyNotTrained(
  provider: string,
  providers: readonly ProviderStatus[],
  settings: RoutingSettings,
): AppError | null {
  const manifestOf = (id: string | null) => providers.find(({ manifest }) => manifest.id === id)?.manifest;
  const manifest = manifestOf(provider);
  const primaryName = manifestOf(settings.primary)?.name ?? null;
  const skip = manifest && (whyNotInMode(manifest, settings, primaryName) ?? whyNotInCloud(manifest, settings));
  if (skip) return new AppError(skip.code, `${skip.reason} ${skip.help}`, { provider });
  // No service tells beforehand what a training costs, and what is not known passes no cap (H6).
  const { job, day, month } = settings.caps;
  if (job === null && day === null && month === null) return null;
  return new AppError(
    'overBudget',
    'What a training costs is not known beforehand, and there is a cap. Take the caps for a job, a day and a month away while you train.',
  );
}
