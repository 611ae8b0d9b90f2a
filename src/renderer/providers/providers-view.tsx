import { Loader } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { translate } from '../i18n/i18n.ts';
import { useActions } from '../ui/actions/use-actions.ts';
import { providersContext } from '../ui/stores/shared-stores.ts';
import { Discovery } from './discovery.tsx';
import { KeyStorage } from './key-storage.tsx';
import { ProviderSection } from './provider-section.tsx';
import { providerGroups } from './provider-words.ts';
import classes from './providers-view.module.css';

/** Everything Easel can draw with, and whether it can be used now. */
export function ProvidersView() {
  const { t } = useTranslation('providers');
  const providers = providersContext.useStore((state) => state.providers);
  const isLoaded = providersContext.useStore((state) => state.loaded);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const groups = useMemo(() => providerGroups(providers, opened), [providers, opened]);
  const toggle = (id: string): void =>
    setOpened((before) =>
      before.has(id) ? new Set([...before].filter((other) => other !== id)) : new Set([...before, id]),
    );
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
      run: () => providers.filter(({ enabled }) => enabled).forEach(({ manifest }) => void check(manifest.id)),
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
          <>
            <KeyStorage />
            {groups.map((group) => (
              <ProviderSection key={group.kind} group={group} opened={opened} onToggle={toggle}>
                {group.kind === 'local' && <Discovery />}
              </ProviderSection>
            ))}
          </>
        ) : (
          <Loader m="xl" size="sm" color="gray" aria-label={t('loading')} />
        )}
      </div>
    </div>
  );
}
