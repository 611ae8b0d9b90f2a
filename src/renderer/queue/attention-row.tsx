import { IconCurrencyDollar, IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../shared/models/job.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { JobAnswers } from '../ui/job-answers.tsx';
import classes from './attention-row.module.css';
import { JobTriesToggle } from './job-tries-toggle.tsx';

/** A job that goes on only when its user says how. */
export function AttentionRow({ job }: { readonly job: Job }) {
  const { t } = useTranslation('queue');
  const hasPriceRisen = job.error?.code === 'priceRose';
  const Icon = hasPriceRisen ? IconCurrencyDollar : IconHelpCircle;
  return (
    <li className={classes.row} data-state="needs_attention">
      <h4 className={classes.title}>
        <Icon size={16} stroke={1.75} aria-hidden />
        {t(hasPriceRisen ? 'attention.priceRose' : 'attention.charged')}
      </h4>
      <p className={classes.prompt} title={job.request.prompt}>
        {job.request.prompt === '' ? t('noPrompt') : job.request.prompt}
      </p>
      {job.error !== null && <ErrorNote plain error={job.error} />}
      <JobAnswers job={job} />
      {!hasPriceRisen && <JobTriesToggle job={job} />}
    </li>
  );
}
