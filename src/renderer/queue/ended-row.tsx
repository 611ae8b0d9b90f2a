import { useInViewport } from '@mantine/hooks';
import { IconAlertTriangle, IconBan, IconCheck, IconRefresh } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { totalCost } from '../../shared/models/cost.ts';
import type { Job } from '../../shared/models/job.ts';
import { formatCost, formatSeconds } from '../ui/format.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { jobsContext, providersContext } from '../ui/stores/shared-stores.ts';
import { tookOverWords } from '../ui/took-over.ts';
import classes from './ended-row.module.css';
import { JobRow } from './job-row.tsx';
import { JobTriesToggle } from './job-tries-toggle.tsx';
import { ResultThumbnail } from './result-thumbnail.tsx';

interface EndedRowProps {
  readonly job: Job;
  readonly onShowImage: (imageId: string) => void;
}

const icons = { succeeded: IconCheck, failed: IconAlertTriangle, cancelled: IconBan };
type EndState = keyof typeof icons;

/** A job that ended: how, with what, and what can still be done. */
export function EndedRow({ job, onShowImage }: EndedRowProps) {
  const { t } = useTranslation('queue');
  const providers = providersContext.useStore((store) => store.providers);
  const attempts = jobsContext.useStore((store) => store.tried[job.id]?.attempts);
  const { ref, inViewport } = useInViewport<HTMLLIElement>();
  const { retry, loadTried } = jobsContext.useStoreApi().getState();
  const state = job.state as EndState;
  const Icon = icons[state];
  const isWanted = inViewport && state === 'succeeded';
  useEffect(() => {
    if (isWanted) void loadTried(job.id);
  }, [isWanted, loadTried, job.id]);
  const last = state === 'succeeded' ? attempts?.at(-1) : undefined;
  const hasStory = attempts?.some(({ stages }) => stages !== null) ?? false;
  const [imageId] = job.imageIds;
  const facts = [
    t(`states.${state}`),
    last && (providers.find(({ manifest }) => manifest.id === last.provider)?.manifest.name ?? last.provider),
    last && attempts && formatCost(totalCost(attempts.map(({ cost }) => cost))),
    job.imageIds.length > 1 ? t('images', { count: job.imageIds.length }) : null,
    job.startedAt !== null && job.endedAt !== null && state === 'succeeded'
      ? formatSeconds((job.endedAt - job.startedAt) / 1000)
      : null,
    job.error?.message ?? null,
    last ? tookOverWords(last.route, last.provider, providers) : null,
  ].filter((fact) => fact !== null && fact !== undefined);

  return (
    <li ref={ref} className={classes.item} data-state={state}>
      <JobRow
        job={job}
        long={job.error !== null || (last?.route?.fellBackFrom.length ?? 0) > 0}
        picture={
          imageId === undefined ? (
            <Icon className={classes.icon} size={20} stroke={1.75} aria-hidden />
          ) : (
            <ResultThumbnail imageId={imageId} onShow={() => onShowImage(imageId)} />
          )
        }
        facts={facts.join(' · ')}
        buttons={
          state !== 'succeeded' && (
            <IconButton
              label={t('retry')}
              icon={<IconRefresh size={16} aria-hidden />}
              onClick={() => void retry(job.id)}
            />
          )
        }
      >
        {(job.error !== null || hasStory) && (
          <div className={classes.tries}>
            <JobTriesToggle job={job} />
          </div>
        )}
      </JobRow>
    </li>
  );
}
