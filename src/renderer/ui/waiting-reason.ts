import type { Job } from '../../shared/models/job.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';

/** What a waiting job needs before it can be sent; `provider` is the name of the one that is away. */
export type WaitingReason =
  { readonly kind: 'network' | 'keys' } | { readonly kind: 'provider'; readonly provider: string };

/** Why a job waits although nothing is ahead of it; null where its provider is there, or where any may take it. */
export function waitingReason({ request }: Job, providers: readonly ProviderStatus[]): WaitingReason | null {
  const provider = providers.find(({ manifest }) => manifest.id === request.provider);
  switch (provider?.health.state) {
    case 'offline':
      return { kind: 'network' };
    case 'locked':
      return { kind: 'keys' };
    case 'unreachable':
      return { kind: 'provider', provider: provider.manifest.name };
    default:
      return null;
  }
}
