import Conf from 'conf';
import { settingsName } from './damaged-settings.ts';

/**
 * Calls back soon after the file of settings was written, by this program or by another Easel on the same data folder. Answers
 * how to stop. Keeps no program alive.
 */
export function watchSettings(dataFolder: string, onChange: () => void): () => void {
  const file = new Conf({ cwd: dataFolder, configName: settingsName, configFileMode: 0o600, watch: true });
  const stop = file.onDidAnyChange(onChange);
  return () => {
    stop();
    file._closeWatcher();
  };
}
