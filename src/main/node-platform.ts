import Conf from 'conf';
import envPaths from 'env-paths';
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
  const dataFolder = resolve(chosenData ?? envPaths('easel', { suffix: '' }).config);
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
