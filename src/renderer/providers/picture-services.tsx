import { Loader } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { translate } from '../i18n/i18n.ts';
import { useActions } from '../ui/actions/use-actions.ts';
import { jobsContext, providersContext, routingContext, viewContext } from '../ui/stores/shared-stores.ts';
import { Discovery } from './discovery.tsx';
import { KeyStorage } from './key-storage.tsx';
import { ProviderSection } from './provider-section.tsx';
import { isKnown, providerGroups } from './provider-words.ts';
import classes from './providers-view.module.css';
import { SystemHealth } from './system-health.tsx';

/** Everything Easel can draw with, and whether it can be used now. */
export function PictureServices() {
  const { t } = useTranslation('providers');
  const providers = providersContext.useStore((state) => state.providers);
  const isLoaded = providersContext.useStore((state) => state.loaded);
  const shown = viewContext.useStore((state) => state.shownProvider);
  const isFolded = providers.some((provider) => provider.manifest.id === shown && !isKnown(provider));
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set(shown !== null && isFolded ? [shown] : []));
  const groups = useMemo(() => providerGroups(providers, opened), [providers, opened]);
  const toggle = (id: string): void =>
    setOpened((before) =>
      before.has(id) ? new Set([...before].filter((other) => other !== id)) : new Set([...before, id]),
    );
  const { discover, check } = providersContext.useStoreApi().getState();
  const checkAll = (): void =>
    providers.filter(({ enabled }) => enabled).forEach(({ manifest }) => void check(manifest.id));
  const { loadMetrics } = routingContext.useStoreApi().getState();
  const running = jobsContext.useStore((state) => state.queue.running);

  // The figures of the last day change with each job that begins or ends.
  useEffect(() => void loadMetrics(), [loadMetrics, running]);

  useEffect(() => {
    if (shown === null || !isLoaded) return;
    const heading = document.getElementById(`provider-${shown}`);
    heading?.closest('article')?.scrollIntoView({ block: 'start' });
    heading?.focus();
  }, [shown, isLoaded]);

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
      run: checkAll,
    },
  ]);

  if (!isLoaded) return <Loader m="xl" size="sm" color="gray" aria-label={t('loading')} />;
  return (
    <div className={classes.page}>
      <p className={classes.dim}>{t('intro')}</p>
      <SystemHealth onCheckAll={checkAll} />
      <KeyStorage />
      {groups.map((group) => (
        <ProviderSection key={group.kind} group={group} opened={opened} onToggle={toggle}>
          {group.kind === 'local' && <Discovery />}
        </ProviderSection>
      ))}
    </div>
  );
}
