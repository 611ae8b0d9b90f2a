import { Button, Group } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../shared/models/job.ts';
import { formatExactUsd } from './format.ts';
import classes from './job-answers.module.css';
import { jobsContext } from './stores/shared-stores.ts';

interface JobAnswersProps {
  readonly job: Job;
  readonly size?: 'xs' | 'sm';
  /** Further buttons. */
  readonly more?: ReactNode;
}

/** The price a job waits for a yes to, in US dollars; null where it waits for something else. */
function newPriceOf({ error }: Job): number | null {
  const usd = error?.code === 'priceRose' ? error.details?.usd : undefined;
  return typeof usd === 'number' ? usd : null;
}

/** What a user can answer to a job that may have been charged, or whose price rose. A second charge takes a second click. */
export function JobAnswers({ job, size = 'xs', more }: JobAnswersProps) {
  const { t } = useTranslation('ui');
  const { check, sendAgain, giveUp } = jobsContext.useStoreApi().getState();
  const isChecking = jobsContext.useStore((state) => state.checking.has(job.id));
  const answer = jobsContext.useStore((state) => state.checked[job.id]);
  const [isWarned, setIsWarned] = useState(false);
  const price = newPriceOf(job);
  const hasPriceRisen = job.error?.code === 'priceRose';

  return (
    <div className={classes.answers}>
      <Group gap={8}>
        {!hasPriceRisen && (
          <Button size={size} loading={isChecking} onClick={() => void check(job.id)}>
            {t('answers.check')}
          </Button>
        )}
        {hasPriceRisen ? (
          <Button size={size} onClick={() => void sendAgain(job.id)}>
            {price === null ? t('answers.sendAgain') : t('answers.sendAt', { price: formatExactUsd(price) })}
          </Button>
        ) : (
          <Button
            size={size}
            variant="default"
            className={isWarned ? classes.warned : undefined}
            onBlur={() => setIsWarned(false)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || !isWarned) return;
              event.stopPropagation();
              setIsWarned(false);
            }}
            onClick={() => (isWarned ? void sendAgain(job.id) : setIsWarned(true))}
          >
            {t(isWarned ? 'answers.sendAllTheSame' : 'answers.sendAgain')}
          </Button>
        )}
        <Button size={size} variant="subtle" color="gray" onClick={() => void giveUp(job.id)}>
          {t('answers.giveUp')}
        </Button>
        {more}
      </Group>
      {/* Below, so that the button stays under the pointer for the second click. */}
      <p className={classes.words} role="status">
        {isWarned ? t('answers.twice') : answer?.message}
      </p>
    </div>
  );
}
