import { Button } from '@mantine/core';
import { IconRadar2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../shared/errors.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import type { FoundServer } from '../ui/stores/providers-store.ts';
import { providersContext } from '../ui/stores/shared-stores.ts';
import classes from './providers-view.module.css';

function Found({ server }: { readonly server: FoundServer }) {
  const { t } = useTranslation('providers');
  const provider = providersContext.useStore((state) =>
    state.providers.find(({ manifest }) => manifest.id === server.service),
  );
  const { setUp } = providersContext.useStoreApi().getState();
  const [error, setError] = useState<ErrorReport | null>(null);
  const isInUse = provider?.enabled === true && provider.url === server.url;
  const canUse = server.usable && provider !== undefined && provider.urlSource !== 'environment';
  return (
    <li className={classes.found}>
      <div>
        <p>
          <strong>{server.name}</strong>{' '}
          {server.version !== null && <span className={classes.dim}>{t('version', { version: server.version })}</span>}{' '}
          <span className={classes.dim}>{server.url}</span>
        </p>
        <p className={classes.dim}>{server.note}</p>
        {error !== null && <ErrorNote error={error} />}
      </div>
      {isInUse && <span className={classes.dim}>{t('inUse')}</span>}
      {!isInUse && canUse && (
        <Button size="xs" onClick={() => void setUp(server.service, { enabled: true, url: server.url }).then(setError)}>
          {t('useFound')}
        </Button>
      )}
    </li>
  );
}

/** Looks for servers on this machine and offers what answered. */
export function Discovery() {
  const { t } = useTranslation('providers');
  const found = providersContext.useStore((state) => state.found);
  const isLooking = providersContext.useStore((state) => state.discovering);
  const { discover } = providersContext.useStoreApi().getState();
  const [hasLooked, setHasLooked] = useState(false);

  const look = async (): Promise<void> => {
    await discover();
    setHasLooked(true);
  };

  return (
    <section className={classes.discovery} aria-label={t('discover')}>
      <div className={classes.look}>
        <p className={classes.dim}>{t('discoverText')}</p>
        <Button
          variant="default"
          loading={isLooking}
          leftSection={<IconRadar2 size={16} stroke={1.75} aria-hidden />}
          onClick={() => void look()}
        >
          {t('discover')}
        </Button>
      </div>
      <div role="status">
        {hasLooked && !isLooking && found.length === 0 && <p>{t('foundNone')}</p>}
        {found.length > 0 && (
          <ul className={classes.list}>
            {found.map((server) => (
              <Found key={server.url} server={server} />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
