import type { Training } from '../../shared/models/training.ts';
import type { App } from '../app.ts';
import { printable } from './plain-words.ts';

const signOfLifeMs = 60_000;

interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Shows how far trainings are on standard error until the returned function is called: on a screen one live line, in a file
 * one line for each thing that the service does, and one a minute as a sign of life.
 */
export function showTraining(app: App, stream: Screen = process.stderr): () => void {
  let last = '';
  let toldAt = 0;
  const stop = app.events.listen((event) => {
    if (event.kind !== 'trainingChanged') return;
    const line = lineOf(event.training);
    if (line === null) return;
    if (stream.isTTY) {
      stream.write(`\r\u001b[K${line}`);
      return;
    }
    const phase = line.replaceAll(/\d+/g, '');
    if (phase === last && Date.now() - toldAt < signOfLifeMs) return;
    stream.write(`${line}\n`);
    [last, toldAt] = [phase, Date.now()];
  });
  return () => {
    stop();
    if (stream.isTTY) stream.write('\r\u001b[K');
  };
}

function lineOf({ state, provider, name, progress }: Training): string | null {
  const what = `${provider}: “${name}”`;
  if (state === 'sending') return printable(`${what}: sending the pictures`);
  if (state !== 'pending') return null;
  if (!progress) return printable(`${what}: accepted`);
  const { stage, fraction, queuePosition } = progress;
  const place = queuePosition !== null && queuePosition > 1 ? `, number ${queuePosition} in its queue` : '';
  return printable(`${what}: ${stage}${fraction === null ? '' : `, ${Math.floor(fraction * 100)} %`}${place}`);
}
