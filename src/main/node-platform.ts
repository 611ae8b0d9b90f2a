import Conf from 'conf';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import type { Platform, SettingsStore } from './platform.ts';
import { setDamagedSettingsAside, settingsName } from './settings/damaged-settings.ts';

export const easelVersion = packageJson.version;

/** The host without a window: a terminal or a server. Folders given from outside win over the environment. */
export function createNodePlatform(given: {
  dataFolder?: string | undefined;
  libraryFolder?: string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
}): Platform {
  const { environment } = given;
  const chosenData = given.dataFolder ?? nonEmpty(environment.EASEL_DATA);
  const dataFolder = resolve(chosenData ?? usualDataFolder(environment));
  const library = given.libraryFolder ?? nonEmpty(environment.EASEL_LIBRARY);
  const notices = setDamagedSettingsAside(dataFolder);
  return {
    version: easelVersion,
    dataFolder,
    libraryFolder: library === undefined ? null : resolve(library),
    // A data folder of one's own means that everything stays together.
    usualLibraryFolder: chosenData === undefined ? join(homedir(), 'Pictures', 'Easel') : join(dataFolder, 'library'),
    environment,
    settings: openSettings(dataFolder),
    notices,
  };
}

/** Where Electron keeps an app's own data, so that the window and the terminal share settings: electronjs.org/docs/latest/api/app#appgetpathname */
function usualDataFolder(environment: Readonly<Record<string, string | undefined>>): string {
  switch (process.platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'easel');
    case 'win32':
      return join(nonEmpty(environment.APPDATA) ?? join(homedir(), 'AppData', 'Roaming'), 'easel');
    default:
      return join(nonEmpty(environment.XDG_CONFIG_HOME) ?? join(homedir(), '.config'), 'easel');
  }
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function openSettings(dataFolder: string): SettingsStore {
  const store = new Conf<Record<string, unknown>>({ cwd: dataFolder, configName: settingsName, configFileMode: 0o600 });
  return {
    read: () => store.store,
    write: (settings) => {
      store.store = { ...settings };
    },
  };
}
