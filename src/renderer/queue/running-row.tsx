import { Loader, Progress } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../shared/models/job.ts';
import { previewUrl } from '../backend/picture-urls.ts';
import { formatSeconds } from '../ui/format.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { LivePreview } from '../ui/live-preview.tsx';
import { overallFraction } from '../ui/progress.ts';
import { jobsContext } from '../ui/stores/shared-stores.ts';
import { JobRow } from './job-row.tsx';

/** A job under way. */
export function RunningRow({ job }: { readonly job: Job }) {
  const { t } = useTranslation('queue');
  const progress = jobsContext.useStore((state) => state.progress[job.id]);
  const { cancel } = jobsContext.useStoreApi().getState();
  const fraction = progress === undefined ? null : overallFraction(progress);
  const preview = progress?.previewVersion ?? 0;
  const waiting = <Loader size={16} color="gray" />;
  const facts = [
    progress === undefined || progress.stage === '' ? t('starting') : progress.stage,
    progress !== undefined && progress.imagesTotal > 1
      ? t('imagesDone', { done: progress.imagesDone, total: progress.imagesTotal })
      : null,
    typeof progress?.secondsLeft === 'number'
      ? t('secondsLeft', { time: formatSeconds(Math.ceil(progress.secondsLeft)) })
      : null,
  ].filter((fact) => fact !== null);

  return (
    <li>
      <JobRow
        job={job}
        picture={preview > 0 ? <LivePreview src={previewUrl(job.id, preview)} alt="" instead={waiting} /> : waiting}
        facts={facts.join(' · ')}
        buttons={
          <IconButton label={t('cancel')} icon={<IconX size={16} aria-hidden />} onClick={() => void cancel(job.id)} />
        }
      >
        <Progress
          mt={8}
          size={4}
          value={fraction === null ? 100 : fraction * 100}
          animated={fraction === null}
          transitionDuration={100}
          aria-label={t('progress', { prompt: job.request.prompt })}
        />
      </JobRow>
    </li>
  );
}
