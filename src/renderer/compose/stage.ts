import type { ImageSummary } from '../../shared/models/image.ts';
import type { Job } from '../../shared/models/job.ts';

/** What the middle of the Create view shows. */
export type StageContent =
  | { readonly kind: 'empty' }
  | { readonly kind: 'image'; readonly image: ImageSummary }
  | { readonly kind: 'running'; readonly job: Job }
  | { readonly kind: 'waiting'; readonly job: Job }
  | { readonly kind: 'failed'; readonly job: Job };

export interface StageQuestion {
  /** The image the user picked; null while the stage follows what happens. */
  readonly picked: string | null;
  readonly recent: readonly ImageSummary[];
  readonly running: readonly Job[];
  readonly queued: readonly Job[];
  readonly ended: readonly Job[];
  /** Failures the user has put away. */
  readonly dismissed: ReadonlySet<string>;
}

/** A picked image stays whatever happens; else what runs, then what went wrong last, then the newest result. */
export function stageContent(question: StageQuestion): StageContent {
  const { picked, recent, running, queued, ended, dismissed } = question;
  const kept = recent.find(({ id }) => id === picked);
  if (kept !== undefined) return { kind: 'image', image: kept };

  const [job] = running;
  if (job !== undefined) return { kind: 'running', job };

  const [last] = ended;
  const failed = last !== undefined && (last.state === 'failed' || last.state === 'needs_attention');
  if (failed && !dismissed.has(last.id)) return { kind: 'failed', job: last };

  const [waiting] = queued;
  if (waiting !== undefined) return { kind: 'waiting', job: waiting };

  const [newest] = recent;
  return newest === undefined ? { kind: 'empty' } : { kind: 'image', image: newest };
}
