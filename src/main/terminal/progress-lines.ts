import type { AppEvent } from '../../shared/models/events.ts';
import type { JobProgress } from '../../shared/models/job.ts';
import type { App } from '../app.ts';
import { previewBlocks } from './preview-blocks.ts';

const barWidth = 24;
const signOfLifeMs = 10_000;
const previewSize = { columns: 48, rows: 16 } as const;

interface Screen {
  readonly isTTY?: boolean;
  /** Bits; a picture needs 24. */
  getColorDepth?(): number;
  write(text: string): unknown;
}

/**
 * Shows the progress of jobs on standard error until the returned function is called: on a screen one live line under the
 * latest preview, in a file one line for each phase.
 */
export function showProgress(app: App, stream: Screen = process.stderr): () => void {
  const show = stream.isTTY ? liveDisplay(app, stream) : phaseLines(stream);
  const stop = app.events.listen((event: AppEvent) => {
    if (event.kind === 'jobProgress') show.progress(event.progress);
  });
  return () => {
    stop();
    show.end();
  };
}

interface Display {
  progress(progress: JobProgress): void;
  end(): void;
}

/** A log wants what it does, not every step of it, and a sign of life now and then. */
function phaseLines(stream: Screen): Display {
  let last = '';
  let toldAt = 0;
  return {
    progress: (progress) => {
      const line = `${progress.provider}${count(progress)}: ${place(progress)}`;
      const phase = line.replaceAll(/\d+ of \d+/g, '');
      if (phase === last && Date.now() - toldAt < signOfLifeMs) return;
      stream.write(`${line}\n`);
      last = phase;
      toldAt = Date.now();
    },
    end: () => undefined,
  };
}

function liveDisplay(app: App, stream: Screen): Display {
  const hasColours = (stream.getColorDepth?.() ?? 1) >= 24;
  let preview: string[] = [];
  let shownVersion = 0;
  let linesAbove = 0;
  let isDrawing = false;
  let isOver = false;
  const draw = (line: string): void => {
    const up = linesAbove > 0 ? `\u001b[${linesAbove}A` : '';
    stream.write(`\r${up}${preview.map((text) => `\u001b[K${text}\n`).join('')}\u001b[K${line}`);
    linesAbove = preview.length;
  };
  const refreshPreview = async ({ jobId, previewVersion }: JobProgress): Promise<void> => {
    const picture = app.library().jobs.preview(jobId);
    if (!hasColours || isDrawing || previewVersion === shownVersion || !picture) return;
    isDrawing = true;
    shownVersion = previewVersion;
    // A preview that can't be drawn is no reason to say anything: the picture itself is on its way.
    const next = await previewBlocks(picture.bytes, previewSize.columns, previewSize.rows).catch(() => preview);
    if (next.length >= preview.length) preview = next;
    isDrawing = false;
  };
  return {
    progress: (progress) => {
      void refreshPreview(progress).then(() => {
        if (!isOver) draw(bar(progress));
      });
    },
    end: () => {
      isOver = true;
      stream.write('\r\u001b[K');
    },
  };
}

function bar(progress: JobProgress): string {
  const filled = Math.round((progress.fraction ?? 0) * barWidth);
  const left = progress.secondsLeft === null ? '' : `, about ${progress.secondsLeft} s left`;
  return `${progress.provider}${count(progress)} ${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)} ${place(progress)}${left}`;
}

function count({ imagesDone, imagesTotal }: JobProgress): string {
  return imagesTotal > 1 ? ` ${imagesDone}/${imagesTotal}` : '';
}

function place({ queuePosition, stage }: JobProgress): string {
  if (queuePosition === null || queuePosition === 0) return stage;
  return queuePosition === 1 ? 'next in its queue' : `number ${queuePosition} in its queue`;
}
