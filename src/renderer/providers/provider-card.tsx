import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../shared/errors.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { formatDateTime } from '../ui/format.ts';
import { providersContext } from '../ui/stores/shared-stores.ts';
import { ProviderFacts } from './provider-facts.tsx';
import { standingOf } from './provider-words.ts';
import classes from './provider-card.module.css';

/** One provider: whether it can be used now, what it has, and what can be done about it. */
export function ProviderCard({ provider }: { readonly provider: ProviderStatus }) {
  const { t } = useTranslation('providers');
  const { manifest, health, enabled, url, urlSource } = provider;
  const isAsking = providersContext.useStore((state) => state.checking.has(manifest.id));
  const { check, setUp } = providersContext.useStoreApi().getState();
  const [error, setError] = useState<ErrorReport | null>(null);
  const standing = standingOf(provider, isAsking);
  const isBuiltIn = manifest.kind === 'builtin';
  const titleId = `provider-${manifest.id}`;

  const use = async (wanted: boolean): Promise<void> => {
    // What was found is accepted by its address; a usual address stays the usual one.
    const keepsUrl = urlSource === 'settings' || (wanted && urlSource === 'found');
    setError(await setUp(manifest.id, { enabled: wanted, url: keepsUrl ? url : null }));
  };

  return (
    <article className={classes.card} aria-labelledby={titleId}>
      <header className={classes.header}>
        <h2 id={titleId}>{manifest.name}</h2>
        <span className={classes.kind}>{t(`kind.${manifest.kind}`)}</span>
        <span className={classes.standing} data-standing={standing} role="status">
          <span className={classes.dot} aria-hidden />
          {t(`state.${standing}`)}
        </span>
      </header>
      <p className={classes.dim}>{manifest.summary}</p>
      {standing !== 'off' && (
        <p>
          {health.message} {standing === 'unreachable' && manifest.kind === 'local' && t('whatToDo')}{' '}
          <span className={classes.dim}>
            {health.checkedAt !== null && !isBuiltIn && t('checkedAt', { when: formatDateTime(health.checkedAt) })}
          </span>
        </p>
      )}
      {error !== null && <ErrorNote error={error} />}
      <ProviderFacts provider={provider} />
      {!isBuiltIn && (
        <footer className={classes.footer}>
          {!enabled && (
            <Button size="xs" onClick={() => void use(true)}>
              {t(health.state === 'found' ? 'useFound' : 'use')}
            </Button>
          )}
          <Button
            size="xs"
            variant="default"
            loading={isAsking}
            leftSection={<IconRefresh size={14} stroke={1.75} aria-hidden />}
            onClick={() => void check(manifest.id)}
          >
            {t('checkNow')}
          </Button>
          {enabled && urlSource !== 'environment' && (
            <Button size="xs" variant="subtle" color="gray" onClick={() => void use(false)}>
              {t('doNotUse')}
            </Button>
          )}
        </footer>
      )}
    </article>
  );
}
