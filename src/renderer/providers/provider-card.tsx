import { Button } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../shared/errors.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { formatDateTime } from '../ui/format.ts';
import { providersContext } from '../ui/stores/shared-stores.ts';
import { KeyField } from '../ui/key-field.tsx';
import { ProviderFacts } from './provider-facts.tsx';
import { ProviderStanding } from './provider-standing.tsx';
import { standingOf } from './provider-words.ts';
import classes from './provider-card.module.css';

interface ProviderCardProps {
  readonly provider: ProviderStatus;
  /** It was opened to enter its key: the keyboard goes there. */
  readonly focusKey?: boolean;
  /** Makes it one line again. */
  readonly onFold?: (() => void) | undefined;
}

/** One provider: whether it can be used now, its keys, what it has and costs, and what can be done about it. */
export function ProviderCard({ provider, focusKey = false, onFold }: ProviderCardProps) {
  const { t } = useTranslation('providers');
  const { manifest, health, enabled, url, urlSource, credentials } = provider;
  const isAsking = providersContext.useStore((state) => state.checking.has(manifest.id));
  const { check, setUp } = providersContext.useStoreApi().getState();
  const [error, setError] = useState<ErrorReport | null>(null);
  const standing = standingOf(provider, isAsking);
  const isBuiltIn = manifest.kind === 'builtin';
  const isBarred = standing === 'keyMissing' || standing === 'locked';
  const titleId = `provider-${manifest.id}`;

  const use = async (wanted: boolean): Promise<void> => {
    // What was found is accepted by its address; a usual address stays the usual one.
    const keepsUrl = urlSource === 'settings' || (wanted && urlSource === 'found');
    setError(await setUp(manifest.id, { enabled: wanted, url: keepsUrl ? url : null }));
  };

  return (
    <article className={classes.card} aria-labelledby={titleId}>
      <header className={classes.header}>
        <h3 id={titleId}>{manifest.name}</h3>
        <ProviderStanding provider={provider} />
      </header>
      <p className={classes.dim}>{manifest.summary}</p>
      {standing !== 'off' && !isBuiltIn && standing !== 'keyMissing' && (
        <p role="status">
          {health.message} {standing === 'unreachable' && manifest.kind === 'local' && t('whatToDo')}{' '}
          <span className={classes.dim}>
            {health.checkedAt !== null && t('checkedAt', { when: formatDateTime(health.checkedAt) })}
          </span>
        </p>
      )}
      {error !== null && <ErrorNote error={error} />}
      {manifest.credentials.map((credential, index) => (
        <KeyField
          key={credential.field}
          provider={manifest}
          credential={credential}
          status={credentials.find(({ field }) => field === credential.field)}
          autoFocus={focusKey && index === 0}
        />
      ))}
      <ProviderFacts provider={provider} />
      {!isBuiltIn && (
        <footer className={classes.footer}>
          {!enabled && !isBarred && (
            <Button size="xs" onClick={() => void use(true)}>
              {t(health.state === 'found' ? 'useFound' : 'use')}
            </Button>
          )}
          {!isBarred && (
            <Button
              size="xs"
              variant="default"
              loading={isAsking}
              leftSection={<IconPlugConnected size={14} stroke={1.75} aria-hidden />}
              aria-label={t('testOf', { name: manifest.name })}
              onClick={() => void check(manifest.id)}
            >
              {t('test')}
            </Button>
          )}
          {enabled && (manifest.kind === 'cloud' || urlSource !== 'environment') && (
            <Button size="xs" variant="subtle" color="gray" onClick={() => void use(false)}>
              {t('doNotUse')}
            </Button>
          )}
          {onFold && (
            <Button size="xs" variant="subtle" color="gray" onClick={onFold}>
              {t('fold')}
            </Button>
          )}
          <span className={classes.links}>
            {manifest.keysUrl !== null && <ExternalLink href={manifest.keysUrl}>{t('getKey')}</ExternalLink>}
            {manifest.usageUrl !== undefined && <ExternalLink href={manifest.usageUrl}>{t('usage')}</ExternalLink>}
            {manifest.docsUrl !== null && <ExternalLink href={manifest.docsUrl}>{t('docs')}</ExternalLink>}
          </span>
        </footer>
      )}
    </article>
  );
}
