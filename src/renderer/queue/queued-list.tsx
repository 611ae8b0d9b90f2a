import { UnstyledButton } from '@mantine/core';
import { IconArrowBarToUp, IconGripVertical, IconX } from '@tabler/icons-react';
import { useState, type DragEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../shared/models/job.ts';
import { announce } from '../ui/announcer.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { jobsContext, providersContext } from '../ui/stores/shared-stores.ts';
import { waitingReason } from '../ui/waiting-reason.ts';
import { JobRow } from './job-row.tsx';
import { targetOfDrop, targetOfMove } from '../ui/reorder.ts';
import classes from './queued-list.module.css';

interface Drop {
  readonly over: string;
  readonly half: 'upper' | 'lower';
}

/** The waiting jobs in order; moved by dragging, or by the arrow keys on the handle. */
export function QueuedList({ jobs }: { readonly jobs: readonly Job[] }) {
  const { t } = useTranslation('queue');
  const providers = providersContext.useStore((state) => state.providers);
  const { move, putFirst, cancel } = jobsContext.useStoreApi().getState();
  const [dragged, setDragged] = useState<string | null>(null);
  const [drop, setDrop] = useState<Drop | null>(null);
  const ids = jobs.map(({ id }) => id);

  const walk = (event: KeyboardEvent, job: Job, index: number): void => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const by = event.key === 'ArrowUp' ? -1 : 1;
    const target = targetOfMove(ids, job.id, by);
    if (target === undefined) return;
    void move(job.id, target);
    announce(t('moved', { prompt: job.request.prompt, position: index + by + 1, total: ids.length }));
  };
  const hover = (event: DragEvent<HTMLLIElement>, over: string): void => {
    if (dragged === null) return;
    event.preventDefault();
    const { top, height } = event.currentTarget.getBoundingClientRect();
    setDrop({ over, half: event.clientY < top + height / 2 ? 'upper' : 'lower' });
  };
  const release = (): void => {
    if (dragged !== null && drop !== null) {
      const target = targetOfDrop(ids, dragged, drop.over, drop.half);
      if (target !== undefined) void move(dragged, target);
    }
    setDragged(null);
    setDrop(null);
  };
  const waitOf = (job: Job): string | null => {
    const reason = waitingReason(job, providers);
    if (reason === null) return null;
    return reason.kind === 'provider' ? t('waits.provider', reason) : t(`waits.${reason.kind}`);
  };
  const factsOf = (job: Job): string => {
    const { request } = job;
    const provider = providers.find(({ manifest }) => manifest.id === request.provider);
    const model = provider?.models.find(({ id }) => id === request.model)?.name ?? request.model;
    return [waitOf(job), t('images', { count: request.count }), model]
      .filter((fact) => fact !== undefined && fact !== null)
      .join(' · ');
  };

  return (
    <ol className={classes.list}>
      {jobs.map((job, index) => (
        <li
          key={job.id}
          className={classes.item}
          draggable
          data-dragged={dragged === job.id || undefined}
          data-drop={drop?.over === job.id && dragged !== job.id ? drop.half : undefined}
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'move';
            setDragged(job.id);
          }}
          onDragOver={(event) => hover(event, job.id)}
          onDrop={(event) => {
            event.preventDefault();
            release();
          }}
          onDragEnd={() => {
            setDragged(null);
            setDrop(null);
          }}
        >
          <UnstyledButton
            className={classes.handle}
            aria-label={t('move', { prompt: job.request.prompt, position: index + 1, total: ids.length })}
            onKeyDown={(event) => walk(event, job, index)}
          >
            <IconGripVertical size={16} aria-hidden />
          </UnstyledButton>
          <div className={classes.row}>
            <JobRow
              job={job}
              facts={factsOf(job)}
              buttons={
                <>
                  {index > 0 && (
                    <IconButton
                      label={t('putFirst')}
                      icon={<IconArrowBarToUp size={16} aria-hidden />}
                      onClick={() => void putFirst(job.id)}
                    />
                  )}
                  <IconButton
                    label={t('cancel')}
                    icon={<IconX size={16} aria-hidden />}
                    onClick={() => void cancel(job.id)}
                  />
                </>
              }
            />
          </div>
        </li>
      ))}
    </ol>
  );
}
