import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImageSummary } from '../../shared/models/image.ts';
import type { Job } from '../../shared/models/job.ts';
import { previewUrl, thumbnailUrl } from '../backend/picture-urls.ts';
import { formatSeconds } from '../ui/format.ts';
import { LivePreview } from '../ui/live-preview.tsx';
import { overallFraction } from '../ui/progress.ts';
import { jobsContext } from '../ui/stores/shared-stores.ts';
import classes from './live-result.module.css';
import { PictureFrame } from './picture-frame.tsx';
import pictures from './picture.module.css';

interface LiveResultProps {
  readonly job: Job;
  /** Stays dimly in place until the first preview, so that the picture never blinks. */
  readonly previous: ImageSummary | null;
}

/** A job under way: its preview, how far it is, and a way to stop it. */
export function LiveResult({ job, previous }: LiveResultProps) {
  const { t } = useTranslation('stage');
  const progress = jobsContext.useStore((state) => state.progress[job.id]);
  const { cancel } = jobsContext.useStoreApi().getState();
  const fraction = progress === undefined ? null : overallFraction(progress);

  const facts = [
    progress !== undefined && progress.imagesTotal > 1
      ? t('imageOf', {
          number: Math.min(progress.imagesDone + 1, progress.imagesTotal),
          total: progress.imagesTotal,
        })
      : null,
    typeof progress?.queuePosition === 'number' && progress.queuePosition > 0
      ? t('place', { position: progress.queuePosition })
      : null,
    typeof progress?.secondsLeft === 'number'
      ? t('secondsLeft', { time: formatSeconds(Math.ceil(progress.secondsLeft)) })
      : null,
  ].filter((fact) => fact !== null);

  const before =
    previous === null ? null : <img className={pictures.previous} src={thumbnailUrl(previous, 'large')} alt="" />;

  return (
    <PictureFrame
      status={
        <>
          <div className={classes.words}>
            <div className={classes.line}>
              <span className={classes.stage}>
                {progress === undefined || progress.stage === '' ? t('starting') : progress.stage}
              </span>
              <span className={classes.facts}>{facts.join(' · ')}</span>
            </div>
            <Progress
              size={4}
              value={fraction === null ? 100 : fraction * 100}
              animated={fraction === null}
              transitionDuration={100}
              aria-label={t('started')}
            />
          </div>
          <Button variant="default" size="xs" onClick={() => void cancel(job.id)}>
            {t('cancel')}
          </Button>
        </>
      }
    >
      {progress !== undefined && progress.previewVersion > 0 ? (
        <LivePreview
          className={pictures.picture}
          src={previewUrl(job.id, progress.previewVersion)}
          alt={t('preview')}
          instead={before}
        />
      ) : (
        before
      )}
    </PictureFrame>
  );
}
