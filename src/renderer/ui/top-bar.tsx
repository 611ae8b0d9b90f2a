import { UnstyledButton } from '@mantine/core';
import { IconHelp, IconListCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ariaKeys } from './actions/key-combination.ts';
import { IconButton } from './icon-button.tsx';
import { isMac } from './is-mac.ts';
import { Logo } from './logo.tsx';
import { jobsContext, viewContext } from './stores/shared-stores.ts';
import { views } from './stores/view-store.ts';
import { ThemeMenu } from './theme-menu.tsx';
import classes from './top-bar.module.css';

function QueueButton() {
  const { t } = useTranslation('ui');
  const open = viewContext.useStore((state) => state.queueOpen);
  const { setQueueOpen } = viewContext.useStoreApi().getState();
  const { queued, running, failed, paused } = jobsContext.useStore((state) => state.queue);
  const count = queued + running;
  const label = [
    count > 0 ? t('bar.queueWith', { count }) : t('bar.queue'),
    ...(failed > 0 ? [t('bar.failed', { count: failed })] : []),
  ].join(', ');

  return (
    <UnstyledButton
      className={classes.queue}
      aria-expanded={open}
      aria-keyshortcuts="Q"
      aria-label={label}
      data-open={open || undefined}
      onClick={() => setQueueOpen(!open)}
    >
      <IconListCheck size={18} stroke={1.75} aria-hidden />
      <span className={classes.word}>{t('bar.queue')}</span>
      {count > 0 && (
        <span className={classes.badge} data-paused={paused || undefined}>
          {count}
        </span>
      )}
      {failed > 0 && <span className={classes.dot} />}
    </UnstyledButton>
  );
}

/** Where to go, and what is going on. */
export function TopBar() {
  const { t } = useTranslation('ui');
  const view = viewContext.useStore((state) => state.view);
  const { go, setOverlay } = viewContext.useStoreApi().getState();

  return (
    <nav className={classes.bar} aria-label={t('bar.label')}>
      <div className={classes.name}>
        <Logo size={24} />
        <span className={classes.word}>{t('name')}</span>
      </div>
      <div className={classes.views}>
        {views.map((name, index) => (
          <UnstyledButton
            key={name}
            className={classes.view}
            aria-current={view === name ? 'page' : undefined}
            aria-keyshortcuts={ariaKeys(`Mod+Digit${index + 1}`, isMac)}
            onClick={() => go(name)}
          >
            {t(`views.${name}`)}
          </UnstyledButton>
        ))}
      </div>
      <div className={classes.tools}>
        <QueueButton />
        <ThemeMenu />
        <IconButton
          label={t('bar.help')}
          keys="?"
          icon={<IconHelp size={18} stroke={1.75} aria-hidden />}
          onClick={() => setOverlay('help')}
        />
      </div>
    </nav>
  );
}
