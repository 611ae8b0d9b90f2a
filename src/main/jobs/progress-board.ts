import { LRUCache } from 'lru-cache';
import type { JobProgress } from '../../shared/models/job.ts';
import type { Events } from '../events.ts';
import type { TaskProgress } from '../providers/provider.ts';

/** No interface draws faster than this. */
const tellEveryMs = 80;
/** Below this the pace says little about the rest. */
const smallestFractionForGuess = 0.08;

/** Kept a little longer than their jobs run: an interface may still be fetching the last one. */
const keptPreviews = 16;

interface Preview {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
}

interface RunningEntry {
  progress: JobProgress;
  imageStartedAt: number | null;
  readonly imageMs: number[];
  toldAt: number;
  timer: NodeJS.Timeout | null;
}

/** What is known of running jobs beyond their rows: progress and the latest preview. Nothing of it is stored. */
export interface ProgressBoard {
  begin(jobId: string, provider: string, images: { done: number; total: number }): void;
  progress(jobId: string, progress: TaskProgress): void;
  preview(jobId: string, preview: { bytes: Uint8Array; mimeType: string }): void;
  imagesDone(jobId: string, done: number): void;
  end(jobId: string): void;
  all(): JobProgress[];
  previewOf(jobId: string): { bytes: Uint8Array; mimeType: string } | null;
}

export function createProgressBoard({ events, now }: { events: Events; now: () => number }): ProgressBoard {
  const entries = new Map<string, RunningEntry>();
  const previews = new LRUCache<string, Preview>({ max: keptPreviews });

  const tell = (entry: RunningEntry): void => {
    if (entry.timer) return;
    const inMs = Math.max(0, entry.toldAt + tellEveryMs - now());
    entry.timer = setTimeout(() => {
      entry.timer = null;
      entry.toldAt = now();
      events.emit({ kind: 'jobProgress', progress: entry.progress });
    }, inMs);
  };

  const secondsLeft = (entry: RunningEntry, fraction: number | null): number | null => {
    const { imagesDone, imagesTotal } = entry.progress;
    const average =
      entry.imageMs.length > 0 ? entry.imageMs.reduce((sum, ms) => sum + ms, 0) / entry.imageMs.length : null;
    let current = average;
    if (fraction !== null && fraction >= smallestFractionForGuess && entry.imageStartedAt !== null) {
      current = ((now() - entry.imageStartedAt) / fraction) * (1 - fraction);
    }
    if (current === null) return null;
    const whole = average ?? (fraction ? current / (1 - Math.min(fraction, 0.999)) : current);
    const after = Math.max(0, imagesTotal - imagesDone - 1) * whole;
    return Math.max(1, Math.round((current + after) / 1000));
  };

  const newEntry = (jobId: string): RunningEntry => {
    const nothing = { jobId, provider: '', imagesDone: 0, imagesTotal: 0, stage: '', previewVersion: 0 };
    const progress: JobProgress = { ...nothing, fraction: null, queuePosition: null, secondsLeft: null };
    const entry: RunningEntry = { progress, imageStartedAt: null, imageMs: [], toldAt: 0, timer: null };
    entries.set(jobId, entry);
    return entry;
  };

  return {
    begin: (jobId, provider, { done, total }) => {
      const entry = entries.get(jobId) ?? newEntry(jobId);
      // Changed in place: a message that is on its way belongs to this very entry.
      entry.imageStartedAt = null;
      entry.progress = {
        jobId,
        provider,
        imagesDone: done,
        imagesTotal: total,
        fraction: null,
        stage: 'Starting',
        queuePosition: null,
        previewVersion: entry.progress.previewVersion,
        secondsLeft: null,
      };
      tell(entry);
    },
    progress: (jobId, { fraction, stage, queuePosition }) => {
      const entry = entries.get(jobId);
      if (!entry) return;
      if (queuePosition === 0 || fraction !== null) entry.imageStartedAt ??= now();
      // Polling knows less than the socket: what it doesn't know doesn't undo what is known.
      const known = fraction ?? (queuePosition === 0 ? entry.progress.fraction : null);
      entry.progress = {
        ...entry.progress,
        fraction: known,
        stage: fraction === null && known !== null ? entry.progress.stage : stage,
        queuePosition,
        secondsLeft: secondsLeft(entry, known),
      };
      tell(entry);
    },
    preview: (jobId, preview) => {
      const entry = entries.get(jobId);
      if (!entry) return;
      previews.set(jobId, preview);
      entry.progress = { ...entry.progress, previewVersion: entry.progress.previewVersion + 1 };
      tell(entry);
    },
    imagesDone: (jobId, done) => {
      const entry = entries.get(jobId);
      if (!entry) return;
      if (entry.imageStartedAt !== null) entry.imageMs.push(now() - entry.imageStartedAt);
      entry.imageStartedAt = null;
      entry.progress = { ...entry.progress, imagesDone: done, fraction: null };
      tell(entry);
    },
    end: (jobId) => {
      const entry = entries.get(jobId);
      if (entry?.timer) clearTimeout(entry.timer);
      entries.delete(jobId);
    },
    all: () => [...entries.values()].map(({ progress }) => progress),
    previewOf: (jobId) => previews.get(jobId) ?? null,
  };
}
