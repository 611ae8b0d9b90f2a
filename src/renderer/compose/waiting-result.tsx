import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImageSummary } from '../../shared/models/image.ts';
import type { Job } from '../../shared/models/job.ts';
import { thumbnailUrl } from '../backend/picture-urls.ts';
import { queuedJobs } from '../ui/stores/jobs-store.ts';
import { jobsContext } from '../ui/stores/shared-stores.ts';
import classes from './live-result.module.css';
import { PictureFrame } from './picture-frame.tsx';
import pictures from './picture.module.css';

interface WaitingResultProps {
  readonly job: Job;
  readonly previous: ImageSummary | null;
}

/** A job that hasn't begun: because others are ahead, or because the queue is paused. */
export function WaitingResult({ job, previous }: WaitingResultProps) {
  const { t } = useTranslation('compose');
  const paused = jobsContext.useStore((state) => state.queue.paused);
  const ahead = jobsContext.useStore((state) => queuedJobs(state.jobs).findIndex(({ id }) => id === job.id));
  const { resume, cancel } = jobsContext.useStoreApi().getState();

  return (
    <PictureFrame
      status={
        <>
          <div className={classes.words}>
            <span>{paused ? t('stage.pausedTitle') : t('stage.waitingTitle')}</span>
            <span className={classes.facts}>
              {paused ? t('stage.pausedText') : ahead > 0 ? t('stage.waitingAhead', { count: ahead }) : null}
            </span>
          </div>
          {paused && (
            <Button size="xs" onClick={() => void resume()}>
              {t('stage.resume')}
            </Button>
          )}
          <Button variant="default" size="xs" onClick={() => void cancel(job.id)}>
            {t('stage.cancel')}
          </Button>
        </>
      }
    >
      {previous !== null && <img className={pictures.previous} src={thumbnailUrl(previous, 'large')} alt="" />}
    </PictureFrame>
  );
}
