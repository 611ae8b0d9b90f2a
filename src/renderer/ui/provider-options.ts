import type { ProviderStatus } from '../../shared/models/provider.ts';
import { translate } from '../i18n/i18n.ts';

interface ProviderOption {
  readonly value: string;
  readonly label: string;
}

/** The providers that can be chosen: those in use, and those of `kept` that no longer are, so that they are seen. */
export function providerOptions(providers: readonly ProviderStatus[], kept: readonly string[]): ProviderOption[] {
  return providers
    .filter(({ manifest, enabled }) => (enabled && manifest.kind !== 'builtin') || kept.includes(manifest.id))
    .map(({ manifest: { id, name }, enabled }) => ({
      value: id,
      label: enabled ? name : translate('ui:notInUse', { name }),
    }));
}
