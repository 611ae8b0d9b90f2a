import { unwatchFile, watch, watchFile } from 'node:fs';
import { join } from 'node:path';
import { settingsName } from './damaged-settings.ts';

/** Milliseconds: one change of the file is told as several. */
const settlesInMs = 20;
/** Milliseconds, where the system tells no changes. */
const askedEveryMs = 1_000;

/**
 * Calls back as soon as the file of settings was written, by this program or by another Easel on the same data folder. Answers
 * how to stop. Keeps no program alive.
 */
export function watchSettings(dataFolder: string, onChange: () => void): () => void {
  const name = `${settingsName}.json`;
  const path = join(dataFolder, name);
  let soon: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(soon);
    soon = setTimeout(onChange, settlesInMs).unref();
  };
  const ask = (): void => {
    watchFile(path, { persistent: false, interval: askedEveryMs }, changed);
  };
  let stopWatching: () => void = () => undefined;
  try {
    // The folder, as the file is another one each time it is written.
    const watcher = watch(dataFolder, { persistent: false }, (_what, changedName) => {
      if (changedName === null || changedName === name) changed();
    });
    watcher.on('error', ask);
    stopWatching = () => {
      watcher.close();
    };
  } catch {
    // A network drive, or too many watched folders.
    ask();
  }
  return () => {
    clearTimeout(soon);
    stopWatching();
    unwatchFile(path, changed);
  };
}
