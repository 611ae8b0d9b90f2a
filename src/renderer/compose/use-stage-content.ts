import { useMemo } from 'react';
import type { ImageSummary } from '../../shared/models/image.ts';
import { endedJobs, queuedJobs, runningJobs } from '../ui/stores/jobs-store.ts';
import { jobsContext, recentContext } from '../ui/stores/shared-stores.ts';
import { stageContext } from './compose-context.ts';
import { stageContent, type StageContent } from './stage.ts';

interface Stage {
  readonly content: StageContent;
  readonly newest: ImageSummary | null;
  readonly picked: string | null;
}

/** What the stage shows now. */
export function useStageContent(): Stage {
  const jobs = jobsContext.useStore((state) => state.jobs);
  const recent = recentContext.useStore((state) => state.images);
  const picked = stageContext.useStore((state) => state.picked);
  const dismissed = stageContext.useStore((state) => state.dismissed);

  return useMemo(
    () => ({
      content: stageContent({
        picked,
        dismissed,
        recent,
        running: runningJobs(jobs),
        queued: queuedJobs(jobs),
        ended: endedJobs(jobs),
      }),
      newest: recent[0] ?? null,
      picked,
    }),
    [jobs, recent, picked, dismissed],
  );
}
