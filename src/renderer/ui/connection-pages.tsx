import { Button, Loader } from '@mantine/core';
import { IconLock, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './empty-state.tsx';
import { formatTime } from './format.ts';
import { systemContext } from './stores/shared-stores.ts';
import classes from './connection-pages.module.css';

function TryAgain({ size }: { readonly size: 'sm' | 'xs' }) {
  const { t } = useTranslation('ui');
  const { tryNow } = systemContext.useStoreApi().getState();
  return (
    <Button variant="default" size={size} onClick={tryNow}>
      {t('connection.tryAgain')}
    </Button>
  );
}

/** Changes with each try, so that whoever presses the button sees that it does something. Silent: it goes on and on. */
function Tried() {
  const { t } = useTranslation('ui');
  const failedAt = systemContext.useStore((state) => state.failedAt);
  return (
    failedAt !== null && (
      <span className={classes.tried}>{t('connection.lostTried', { time: formatTime(failedAt) })}</span>
    )
  );
}

/** The program does not know this browser any more: a page is only given to those it knows, so it was started again. */
export function SignedOut() {
  const { t } = useTranslation('ui');
  return (
    <main className={classes.page}>
      <EmptyState
        icon={<IconLock size={40} stroke={1.25} />}
        title={t('connection.signedOutTitle')}
        actions={<TryAgain size="sm" />}
      >
        {t('connection.signedOutText')} {t('connection.signedOutHint')} <Tried />
      </EmptyState>
    </main>
  );
}

/** Before the program has answered for the first time. Appears late, because it nearly always answers at once. */
export function Connecting() {
  const { t } = useTranslation('ui');
  const connection = systemContext.useStore((state) => state.connection);
  if (connection === 'lost') {
    return (
      <main className={classes.page}>
        <EmptyState
          icon={<IconPlugConnectedX size={40} stroke={1.25} />}
          title={t('connection.lostTitle')}
          actions={<TryAgain size="sm" />}
        >
          {t('connection.lostText')} <Tried />
        </EmptyState>
      </main>
    );
  }
  return (
    <main className={classes.page}>
      <p className={classes.late} role="status">
        <Loader size={16} /> {t(connection === 'reconnecting' ? 'connection.reconnecting' : 'connection.connecting')}
      </p>
    </main>
  );
}

/** A quiet line while the program is gone; what is on the screen stays. */
export function ConnectionBanner() {
  const { t } = useTranslation('ui');
  const isLost = systemContext.useStore((state) => state.connection === 'lost');
  return (
    <div className={classes.banner}>
      <IconPlugConnectedX className={classes.bannerIcon} size={16} aria-hidden />
      <p role="status">
        {isLost ? `${t('connection.lost')} ${t('connection.lostText')}` : t('connection.reconnecting')}
      </p>
      {isLost && (
        <>
          <Tried />
          <TryAgain size="xs" />
        </>
      )}
    </div>
  );
}
