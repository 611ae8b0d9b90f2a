import type { AppEvent } from '../../shared/models/events.ts';
import type { App } from '../app.ts';

const barWidth = 24;

/** Shows the progress of jobs on standard error until the returned function is called: one live line on a screen, few lines in a file. */
export function showProgress(app: App, stream: NodeJS.WriteStream = process.stderr): () => void {
  let last = '';
  const show = (event: AppEvent): void => {
    if (event.kind !== 'jobProgress') return;
    const { stage, fraction, imagesDone, imagesTotal, queuePosition, secondsLeft, provider } = event.progress;
    const place = queuePosition !== null && queuePosition > 0 ? `${ordinal(queuePosition)} in its queue` : stage;
    const count = imagesTotal > 1 ? ` ${imagesDone}/${imagesTotal}` : '';
    if (!stream.isTTY) {
      const line = `${provider}${count}: ${place}`;
      // A log wants what it does, not every step of it.
      const phase = line.replaceAll(/\d+ of \d+/g, '');
      if (phase !== last) stream.write(`${line}\n`);
      last = phase;
      return;
    }
    const filled = Math.round((fraction ?? 0) * barWidth);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
    const left = secondsLeft === null ? '' : `, about ${secondsLeft} s left`;
    stream.write(`\r\u001b[K${provider}${count} ${bar} ${place}${left}`);
  };
  const stop = app.events.listen(show);
  return () => {
    stop();
    if (stream.isTTY) stream.write('\r\u001b[K');
  };
}

function ordinal(position: number): string {
  return position === 1 ? 'next' : `number ${position}`;
}
