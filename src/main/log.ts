import { createWriteStream, mkdirSync, statSync, renameSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';

type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A line is a fixed phrase plus fields. Keys, prompts and bodies never go in. */
export interface Log {
  info(phrase: string, fields?: Fields): void;
  warn(phrase: string, fields?: Fields): void;
  /** `error` is written with its stack: the log is the only place that has it. */
  error(phrase: string, error: unknown, fields?: Fields): void;
  close(): Promise<void>;
}

const largestLogBytes = 5_000_000;

/** Writes JSON lines to `<folder>/easel.log` and keeps one older file. A log that can't be written never stops the app. */
export function openLog(folder: string): Log {
  const path = join(folder, 'easel.log');
  let stream: WriteStream | null = null;
  let writtenBytes = 0;
  let isClosed = false;
  const open = (): WriteStream => {
    mkdirSync(folder, { recursive: true });
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largestLogBytes) renameSync(path, `${path}.old`);
    writtenBytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    const opened = createWriteStream(path, { flags: 'a' });
    opened.on('error', () => undefined);
    return opened;
  };
  const write = (level: string, phrase: string, fields: Fields): void => {
    // A line after the end would break off those still being written.
    if (isClosed) return;
    try {
      if (writtenBytes > largestLogBytes) {
        stream?.end();
        stream = null;
      }
      stream ??= open();
      const line = `${JSON.stringify({ time: new Date().toISOString(), level, phrase, ...fields })}\n`;
      writtenBytes += Buffer.byteLength(line);
      stream.write(line);
    } catch {
      // A full or read-only disk must not take the app down with it.
    }
  };
  return {
    info: (phrase, fields = {}) => {
      write('info', phrase, fields);
    },
    warn: (phrase, fields = {}) => {
      write('warn', phrase, fields);
    },
    error: (phrase, error, fields = {}) => {
      write('error', phrase, {
        ...fields,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    },
    close: () =>
      new Promise((resolve) => {
        isClosed = true;
        if (stream) stream.end(resolve);
        else resolve();
      }),
  };
}

/** For tests and for parts that run before the data folder is known. */
export const silentLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  close: () => Promise.resolve(),
};
