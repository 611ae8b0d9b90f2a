import { Button } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../ui/error-note.tsx';
import type { ErrorReport } from '../../shared/errors.ts';
import type { FoundServer } from '../ui/stores/providers-store.ts';
import { providersContext } from '../ui/stores/shared-stores.ts';
import classes from './found-servers.module.css';
import { ServerCard } from './server-card.tsx';

/** A local server that answered: it is used only when the user says so. */
export function FoundCard({ server }: { readonly server: FoundServer }) {
  const { t } = useTranslation('firstRun');
  const provider = providersContext.useStore((state) =>
    state.providers.find(({ manifest }) => manifest.id === server.service),
  );
  const { setUp } = providersContext.useStoreApi().getState();
  const [answer, setAnswer] = useState<'open' | 'used' | 'declined'>('open');
  const [error, setError] = useState<ErrorReport | null>(null);
  const canUse = server.usable && provider !== undefined;

  const accept = async (enabled: boolean): Promise<void> => {
    const problem = await setUp(server.service, { enabled, url: server.url });
    setError(problem);
    if (problem === null) setAnswer(enabled ? 'used' : 'declined');
  };
  const version = server.version === null ? null : t('version', { version: server.version });

  return (
    <ServerCard
      icon={<IconPlugConnected size={20} stroke={1.5} aria-hidden />}
      name={server.name}
      fact={[version, server.url.replace(/^https?:\/\//, '')].filter((part) => part !== null).join(' · ')}
      note={server.note}
    >
      {error !== null && <ErrorNote error={error} />}
      {canUse && answer !== 'used' && (
        <div className={classes.buttons}>
          {answer === 'open' && (
            <Button variant="subtle" color="gray" onClick={() => setAnswer('declined')}>
              {t('notNow')}
            </Button>
          )}
          <Button variant="default" onClick={() => void accept(true)}>
            {t('use')}
          </Button>
        </div>
      )}
      {canUse && answer === 'used' && (
        <Button variant="light" onClick={() => void accept(false)}>
          {t('inUse')}
        </Button>
      )}
      {!canUse && <span className={classes.state}>{t('noted')}</span>}
    </ServerCard>
  );
}
