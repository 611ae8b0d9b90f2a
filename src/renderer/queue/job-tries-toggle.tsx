import { Collapse, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../shared/models/job.ts';
import { JobTries } from './job-tries.tsx';
import classes from './job-tries.module.css';

/** Opens to each try of a job; they are read when they are asked for. */
export function JobTriesToggle({ job }: { readonly job: Job }) {
  const { t } = useTranslation('queue');
  const [open, { toggle }] = useDisclosure(false);
  return (
    <div>
      <UnstyledButton className={classes.toggle} aria-expanded={open} onClick={toggle}>
        <IconChevronRight className={classes.chevron} data-open={open || undefined} size={12} aria-hidden />
        {t('tries')}
      </UnstyledButton>
      <Collapse expanded={open} transitionDuration={100}>
        {open && <JobTries job={job} />}
      </Collapse>
    </div>
  );
}
