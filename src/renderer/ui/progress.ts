import type { JobProgress } from '../../shared/models/job.ts';

/** How far the whole job is, 0 to 1; null while the service tells nothing. */
export function overallFraction({ imagesDone, imagesTotal, fraction }: JobProgress): number | null {
  if (fraction === null && imagesDone === 0) return null;
  return Math.min(1, (imagesDone + (fraction ?? 0)) / Math.max(1, imagesTotal));
}
