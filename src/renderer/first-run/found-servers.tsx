import { Button, Loader } from '@mantine/core';
import { IconBrush, IconPlugConnected, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { FoundServer } from '../ui/stores/providers-store.ts';
import { providersContext } from '../ui/stores/shared-stores.ts';
import classes from './found-servers.module.css';
import { FoundCard } from './found-card.tsx';
import { ServerCard } from './server-card.tsx';

/** Local providers that were set up before this page: by the environment, or on another try. */
function useKnownProviders(found: readonly FoundServer[]): readonly ProviderStatus[] {
  const providers = providersContext.useStore((state) => state.providers);
  return providers.filter(
    ({ manifest, enabled, health }) =>
      manifest.kind !== 'builtin' &&
      enabled &&
      health.state === 'ready' &&
      !found.some(({ service }) => service === manifest.id),
  );
}

/** What can make images here: the local servers that answered, and what is built in. */
export function FoundServers() {
  const { t } = useTranslation('firstRun');
  const found = providersContext.useStore((state) => state.found);
  const looking = providersContext.useStore((state) => state.discovering);
  const { discover } = providersContext.useStoreApi().getState();
  const known = useKnownProviders(found);
  const builtin = providersContext.useStore((state) =>
    state.providers.find(({ manifest }) => manifest.kind === 'builtin'),
  );

  return (
    <>
      <ul className={classes.list}>
        {known.map(({ manifest, url, health }) => (
          <ServerCard
            key={manifest.id}
            icon={<IconPlugConnected size={20} stroke={1.5} aria-hidden />}
            name={manifest.name}
            fact={url?.replace(/^https?:\/\//, '') ?? ''}
            note={health.message}
          >
            <span className={classes.state}>{t('inUse')}</span>
          </ServerCard>
        ))}
        {found.map((server) => (
          <FoundCard key={server.url} server={server} />
        ))}
        {builtin !== undefined && (
          <ServerCard
            icon={<IconBrush size={20} stroke={1.5} aria-hidden />}
            name={builtin.manifest.name}
            fact=""
            note={builtin.manifest.summary}
          >
            <span className={classes.state}>{t('always')}</span>
          </ServerCard>
        )}
      </ul>
      <div className={classes.foot} role="status">
        {looking ? (
          <>
            <Loader size={14} /> {t('looking')}
          </>
        ) : (
          <>
            {found.length + known.length === 0 && <span>{t('none')}</span>}
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              leftSection={<IconRefresh size={14} aria-hidden />}
              onClick={() => void discover()}
            >
              {t('lookAgain')}
            </Button>
          </>
        )}
      </div>
    </>
  );
}
