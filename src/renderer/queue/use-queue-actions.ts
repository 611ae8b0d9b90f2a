import { useTranslation } from 'react-i18next';
import { useActions } from '../ui/actions/use-actions.ts';
import { endedJobs, queuedJobs, runningJobs } from '../ui/stores/jobs-store.ts';
import { jobsContext } from '../ui/stores/shared-stores.ts';

/** What can be done to the queue from anywhere. */
export function useQueueActions(): void {
  const { t } = useTranslation('queue');
  const store = jobsContext.useStoreApi();
  const jobs = () => store.getState().jobs;

  useActions([
    {
      name: 'queue.cancelCurrent',
      label: t('actions.cancelCurrent'),
      section: 'queue',
      keys: ['Shift+KeyX'],
      when: () => runningJobs(jobs()).length > 0,
      run: () => {
        const [job] = runningJobs(jobs());
        if (job !== undefined) void store.getState().cancel(job.id);
      },
    },
    {
      name: 'queue.cancelQueued',
      label: t('actions.cancelQueued'),
      section: 'queue',
      keys: ['Mod+Shift+KeyX'],
      when: () => queuedJobs(jobs()).length > 0,
      run: () => void store.getState().cancelQueued(),
    },
    {
      name: 'queue.pause',
      label: t('actions.pause'),
      section: 'queue',
      keys: [],
      when: () => !store.getState().queue.paused,
      run: () => void store.getState().pause(),
    },
    {
      name: 'queue.resume',
      label: t('actions.resume'),
      section: 'queue',
      keys: [],
      when: () => store.getState().queue.paused,
      run: () => void store.getState().resume(),
    },
    {
      name: 'queue.clear',
      label: t('actions.clear'),
      section: 'queue',
      keys: [],
      when: () => endedJobs(jobs()).length > 0,
      run: () => void store.getState().clearEnded(),
    },
  ]);
}
