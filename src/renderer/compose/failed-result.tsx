import { Button } from '@mantine/core';
import { IconAlertTriangle, IconHelpCircle, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../shared/models/job.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { JobAnswers } from '../ui/job-answers.tsx';
import { jobsContext } from '../ui/stores/shared-stores.ts';
import { stageContext } from './compose-context.ts';
import classes from './failed-result.module.css';

/** What went wrong, in short words and in the provider's own, and what can be done. */
export function FailedResult({ job }: { readonly job: Job }) {
  const { t } = useTranslation('stage');
  const { retry } = jobsContext.useStoreApi().getState();
  const { dismiss } = stageContext.useStoreApi().getState();
  const needsAnswer = job.state === 'needs_attention';
  const hasPriceRisen = job.error?.code === 'priceRose';
  const putAway = (
    <Button variant="default" onClick={() => dismiss(job.id)}>
      {t('dismiss')}
    </Button>
  );
  const Icon = needsAnswer ? IconHelpCircle : IconAlertTriangle;

  return (
    <div className={classes.failed} data-attention={needsAnswer || undefined}>
      <Icon className={classes.icon} size={32} stroke={1.5} aria-hidden />
      <h2 className={classes.title}>
        {t(!needsAnswer ? 'failedTitle' : hasPriceRisen ? 'priceTitle' : 'attentionTitle')}
      </h2>
      {job.request.prompt !== '' && <p className={classes.prompt}>{job.request.prompt}</p>}
      {job.error !== null && <ErrorNote plain listed error={job.error} />}
      {needsAnswer ? (
        <JobAnswers job={job} size="sm" more={putAway} />
      ) : (
        <div className={classes.actions}>
          <Button leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => void retry(job.id)}>
            {t('retry')}
          </Button>
          {putAway}
        </div>
      )}
    </div>
  );
}
