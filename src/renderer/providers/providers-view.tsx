import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { translate } from '../i18n/i18n.ts';
import { useActions } from '../ui/actions/use-actions.ts';
import { providersContext } from '../ui/stores/shared-stores.ts';
import { Discovery } from './discovery.tsx';
import { ProviderCard } from './provider-card.tsx';
import classes from './providers-view.module.css';

/** Everything Easel can draw with, and whether it can be used now. */
export function ProvidersView() {
  const { t } = useTranslation('providers');
  const providers = providersContext.useStore((state) => state.providers);
  const isLoaded = providersContext.useStore((state) => state.loaded);
  const { discover, check } = providersContext.useStoreApi().getState();

  useActions([
    {
      name: 'providers.discover',
      label: translate('providers:actions.discover'),
      section: 'providers',
      keys: [],
      run: () => void discover(),
    },
    {
      name: 'providers.checkAll',
      label: translate('providers:actions.checkAll'),
      section: 'providers',
      keys: [],
      run: () => providers.forEach(({ manifest }) => void check(manifest.id)),
    },
  ]);

  return (
    <div className={classes.view}>
      <div className={classes.column}>
        <div>
          <h1>{t('title')}</h1>
          <p className={classes.dim}>{t('intro')}</p>
        </div>
        {isLoaded ? (
          <div className={classes.cards}>
            {providers.map((provider) => (
              <ProviderCard key={provider.manifest.id} provider={provider} />
            ))}
          </div>
        ) : (
          <Loader m="xl" size="sm" color="gray" aria-label={t('loading')} />
        )}
        <Discovery />
      </div>
    </div>
  );
}
