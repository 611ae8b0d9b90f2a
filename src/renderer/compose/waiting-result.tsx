import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImageSummary } from '../../shared/models/image.ts';
import type { Job } from '../../shared/models/job.ts';
import { thumbnailUrl } from '../backend/picture-urls.ts';
import { queuedJobs } from '../ui/stores/jobs-store.ts';
import { jobsContext, providersContext } from '../ui/stores/shared-stores.ts';
import { waitingReason } from '../ui/waiting-reason.ts';
import classes from './live-result.module.css';
import { PictureFrame } from './picture-frame.tsx';
import pictures from './picture.module.css';

interface WaitingResultProps {
  readonly job: Job;
  readonly previous: ImageSummary | null;
}

/** A job that hasn't begun: because others are ahead, its provider is away, or the queue is paused. */
export function WaitingResult({ job, previous }: WaitingResultProps) {
  const { t } = useTranslation('stage');
  const paused = jobsContext.useStore((state) => state.queue.paused);
  const ahead = jobsContext.useStore((state) => queuedJobs(state.jobs).findIndex(({ id }) => id === job.id));
  const providers = providersContext.useStore((state) => state.providers);
  const reason = waitingReason(job, providers);
  const provider = providers.find(({ manifest }) => manifest.id === job.request.provider);
  const titleOf = (): string => {
    if (paused) return t('pausedTitle');
    if (reason === null) return t('waitingTitle');
    return reason.kind === 'provider' ? t('awayTitle', reason) : t(`waitsFor.${reason.kind}`);
  };
  const factsOf = (): string | null => {
    if (paused) return t('pausedText');
    if (reason !== null) return provider?.health.message ?? null;
    return ahead > 0 ? t('waitingAhead', { count: ahead }) : null;
  };
  const { resume, cancel } = jobsContext.useStoreApi().getState();

  return (
    <PictureFrame
      status={
        <>
          <div className={classes.words}>
            <span>{titleOf()}</span>
            <span className={classes.facts}>{factsOf()}</span>
          </div>
          {paused && (
            <Button size="xs" onClick={() => void resume()}>
              {t('resume')}
            </Button>
          )}
          <Button variant="default" size="xs" onClick={() => void cancel(job.id)}>
            {t('cancel')}
          </Button>
        </>
      }
    >
      {previous !== null && <img className={pictures.previous} src={thumbnailUrl(previous, 'large')} alt="" />}
    </PictureFrame>
  );
}
