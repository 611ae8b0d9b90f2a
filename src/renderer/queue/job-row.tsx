import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../shared/models/job.ts';
import classes from './job-row.module.css';

interface JobRowProps {
  readonly job: Job;
  /** A square of 48 pixels: a picture or an icon. */
  readonly picture?: ReactNode;
  readonly facts: ReactNode;
  readonly buttons: ReactNode;
  /** Below the line. */
  readonly children?: ReactNode;
  /** Two lines of facts instead of one. */
  readonly long?: boolean;
}

/** One job in the drawer: what it shows, how it stands, what can be done. */
export function JobRow({ job, picture, facts, buttons, children, long = false }: JobRowProps) {
  const { t } = useTranslation('queue');
  return (
    <div className={classes.row}>
      <div className={classes.main}>
        {picture !== undefined && <div className={classes.picture}>{picture}</div>}
        <div className={classes.words}>
          <p className={classes.prompt} title={job.request.prompt}>
            {job.request.prompt === '' ? t('noPrompt') : job.request.prompt}
          </p>
          <p className={classes.facts} data-long={long || undefined}>
            {facts}
          </p>
        </div>
        <div className={classes.buttons}>{buttons}</div>
      </div>
      {children}
    </div>
  );
}
