import { Button, Loader } from '@mantine/core';
import { IconLock, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './empty-state.tsx';
import classes from './connection-pages.module.css';

/** The program does not know this browser. */
export function SignedOut() {
  const { t } = useTranslation('ui');
  return (
    <main className={classes.page}>
      <EmptyState
        icon={<IconLock size={40} stroke={1.25} />}
        title={t('connection.signedOutTitle')}
        actions={
          <Button variant="default" onClick={() => window.location.reload()}>
            {t('connection.tryAgain')}
          </Button>
        }
      >
        {t('connection.signedOutText')} {t('connection.signedOutHint')}
      </EmptyState>
    </main>
  );
}

/** Before the program has answered for the first time. Appears late, because it nearly always answers at once. */
export function Connecting({ failing }: { readonly failing: boolean }) {
  const { t } = useTranslation('ui');
  return (
    <main className={classes.page}>
      <p className={classes.late} role="status">
        <Loader size={16} /> {t(failing ? 'connection.reconnecting' : 'connection.connecting')}
      </p>
    </main>
  );
}

/** A quiet line while the program is gone; what is on the screen stays. */
export function ConnectionBanner() {
  const { t } = useTranslation('ui');
  return (
    <div className={classes.banner} role="status">
      <IconPlugConnectedX size={16} aria-hidden /> {t('connection.reconnecting')}
    </div>
  );
}
