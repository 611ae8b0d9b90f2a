import { useEffect } from 'react';
import type { Job } from '../../shared/models/job.ts';
import { translate } from '../i18n/i18n.ts';
import { announce } from '../ui/announcer.tsx';
import { jobsContext } from '../ui/stores/shared-stores.ts';

/** What to say of a job that got into another state; null when it is no news. */
export function jobNews(before: Job | undefined, job: Job): string | null {
  if (before?.state === job.state) return null;
  const prompt = job.request.prompt.slice(0, 80);
  switch (job.state) {
    case 'succeeded':
      return translate('queue:announce.succeeded', { count: job.imageIds.length, prompt });
    case 'failed':
      return translate('queue:announce.failed', { prompt, message: job.error?.message ?? '' });
    case 'needs_attention':
      return translate('queue:announce.needs_attention', { prompt, message: job.error?.message ?? '' });
    case 'cancelled':
      return translate('queue:announce.cancelled', { prompt });
    case 'running':
      return translate('queue:announce.running', { prompt });
    case 'queued':
      return translate('queue:announce.queued', { prompt });
  }
}

/** Tells people who can't see the progress what became of their jobs. */
export function useJobNews(onFailed: (job: Job) => void): void {
  const store = jobsContext.useStoreApi();
  useEffect(
    () =>
      store.subscribe((state, before) => {
        // What was loaded anew is not news.
        if (state.jobs === before.jobs || !before.loaded || state.loads !== before.loads) return;
        for (const job of Object.values(state.jobs)) {
          const known = before.jobs[job.id];
          if (known === job) continue;
          const news = jobNews(known, job);
          if (news === null) continue;
          announce(news);
          if (job.state === 'failed' || job.state === 'needs_attention') onFailed(job);
        }
      }),
    [store, onFailed],
  );
}
