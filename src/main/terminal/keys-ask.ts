import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { ReadStream } from 'node:tty';
import { AppError } from '../../shared/errors.ts';

/** Reads a line that is not shown while it is typed; null where there is nobody to ask. Throws `cancelled`. */
export async function askSecret(question: string): Promise<string | null> {
  const terminal = openTerminal();
  if (terminal === null) return null;
  const { input, close } = terminal;
  // Readline moves its cursor and repeats what is typed; none of it is written anywhere.
  const nowhere = new Writable({
    write: (_text, _encoding, done) => {
      done();
    },
  });
  const lines = createInterface({ input, output: nowhere, terminal: true });
  process.stderr.write(question);
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve).once('close', () => {
        reject(new AppError('cancelled', 'Cancelled.'));
      });
    });
  } finally {
    process.stderr.write('\n');
    lines.close();
    close();
  }
}

/** The person's keyboard, which is not standard input where that is a pipe. They must also see the question. */
function openTerminal(): { input: ReadStream; close: () => void } | null {
  if (!process.stderr.isTTY) return null;
  if (process.stdin.isTTY) return { input: process.stdin, close: () => process.stdin.pause() };
  if (process.platform === 'win32') return null;
  let descriptor: number | null = null;
  try {
    descriptor = openSync('/dev/tty', 'r');
    const input = new ReadStream(descriptor);
    return { input, close: () => input.destroy() };
  } catch {
    // A process without a terminal of its own has nobody to ask.
    if (descriptor !== null) closeSync(descriptor);
    return null;
  }
}
