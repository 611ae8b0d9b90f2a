import { useTranslation } from 'react-i18next';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import { providersContext } from '../ui/stores/shared-stores.ts';
import { standingOf, standingWords } from './provider-words.ts';
import classes from './provider-card.module.css';

/** A dot and words: whether a provider can be used now. */
export function ProviderStanding({ provider }: { readonly provider: ProviderStatus }) {
  useTranslation('providers');
  const isAsking = providersContext.useStore((state) => state.checking.has(provider.manifest.id));
  const standing = standingOf(provider, isAsking);
  return (
    <span className={classes.standing} data-standing={standing} role="status">
      <span className={classes.dot} aria-hidden />
      {standingWords(provider, standing)}
    </span>
  );
}
