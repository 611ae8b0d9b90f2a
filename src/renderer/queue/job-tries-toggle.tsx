import { Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../shared/models/job.ts';
import { JobTries } from './job-tries.tsx';
import { DisclosureButton } from '../ui/disclosure-button.tsx';

/** Opens to each try of a job; they are read when they are asked for. */
export function JobTriesToggle({ job }: { readonly job: Job }) {
  const { t } = useTranslation('queue');
  const [open, { toggle }] = useDisclosure(false);
  return (
    <div>
      <DisclosureButton open={open} onToggle={toggle}>
        {t('tries')}
      </DisclosureButton>
      <Collapse expanded={open} transitionDuration={100}>
        {open && <JobTries job={job} />}
      </Collapse>
    </div>
  );
}
