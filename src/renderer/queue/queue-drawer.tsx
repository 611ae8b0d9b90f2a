import { Menu } from '@mantine/core';
import {
  IconDots,
  IconListCheck,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { endedJobs, queuedJobs, runningJobs } from '../ui/stores/jobs-store.ts';
import { jobsContext } from '../ui/stores/shared-stores.ts';
import { AttentionRow } from './attention-row.tsx';
import { EndedRow } from './ended-row.tsx';
import classes from './queue-drawer.module.css';
import { QueuedList } from './queued-list.tsx';
import { RunningRow } from './running-row.tsx';

interface QueueDrawerProps {
  readonly onClose: () => void;
  readonly onShowImage: (imageId: string) => void;
}

const iconSize = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

/** What runs, what waits and what ended, with everything that can be done to it. */
export function QueueDrawer({ onClose, onShowImage }: QueueDrawerProps) {
  const { t } = useTranslation('queue');
  const jobs = jobsContext.useStore((state) => state.jobs);
  const paused = jobsContext.useStore((state) => state.queue.paused);
  const { pause, resume, cancelQueued, clearEnded, retry } = jobsContext.useStoreApi().getState();
  const { running, queued, asking, ended } = useMemo(() => {
    const over = endedJobs(jobs);
    return {
      running: runningJobs(jobs),
      queued: queuedJobs(jobs),
      asking: over.filter(({ state }) => state === 'needs_attention'),
      ended: over.filter(({ state }) => state !== 'needs_attention'),
    };
  }, [jobs]);
  const failed = ended.filter(({ state }) => state === 'failed');
  const loaded = jobsContext.useStore((state) => state.loaded);
  // A queue that could not be read is not an empty one.
  const empty = loaded && running.length + queued.length + asking.length + ended.length === 0;

  return (
    <aside className={classes.drawer} aria-label={t('title')} data-drawer>
      <header className={classes.head}>
        <h2 className={classes.title}>{t('title')}</h2>
        <IconButton
          label={paused ? t('resume') : t('pause')}
          icon={paused ? <IconPlayerPlay {...iconSize} /> : <IconPlayerPause {...iconSize} />}
          variant={paused ? 'light' : 'subtle'}
          color={paused ? 'ultramarine' : 'gray'}
          onClick={() => void (paused ? resume() : pause())}
        />
        <Menu position="bottom-end">
          <Menu.Target>
            <IconButton label={t('more')} icon={<IconDots {...iconSize} />} />
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconRefresh size={16} aria-hidden />}
              disabled={failed.length === 0}
              onClick={() => failed.forEach(({ id }) => void retry(id))}
            >
              {t('retryFailed', { count: failed.length })}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconPlayerStop size={16} aria-hidden />}
              disabled={queued.length === 0}
              onClick={() => void cancelQueued()}
            >
              {t('cancelQueued')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTrash size={16} aria-hidden />}
              disabled={ended.length === 0}
              onClick={() => void clearEnded()}
            >
              {t('clearEnded')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <IconButton label={t('close')} icon={<IconX {...iconSize} />} onClick={onClose} />
      </header>
      {paused && <p className={classes.paused}>{t('pausedText')}</p>}
      <div className={classes.scroll}>
        {empty && (
          <EmptyState compact icon={<IconListCheck size={28} stroke={1.25} />} title={t('emptyTitle')}>
            {t('emptyText')}
          </EmptyState>
        )}
        {running.length > 0 && (
          <section>
            <h3 className={classes.heading}>{t('running')}</h3>
            <ul className={classes.list}>
              {running.map((job) => (
                <RunningRow key={job.id} job={job} />
              ))}
            </ul>
          </section>
        )}
        {queued.length > 0 && (
          <section>
            <h3 className={classes.heading}>
              {t('queued')} <span className={classes.count}>{queued.length}</span>
            </h3>
            <QueuedList jobs={queued} />
          </section>
        )}
        {asking.length > 0 && (
          <section>
            <h3 className={classes.heading}>
              {t('attention.heading')} <span className={classes.count}>{asking.length}</span>
            </h3>
            <ul className={classes.list}>
              {asking.map((job) => (
                <AttentionRow key={job.id} job={job} />
              ))}
            </ul>
          </section>
        )}
        {ended.length > 0 && (
          <section>
            <h3 className={classes.heading}>
              {t('ended')} <span className={classes.count}>{ended.length}</span>
            </h3>
            <ul className={classes.list}>
              {ended.map((job) => (
                <EndedRow key={job.id} job={job} onShowImage={onShowImage} />
              ))}
            </ul>
          </section>
        )}
      </div>
    </aside>
  );
}
