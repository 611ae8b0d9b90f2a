import { BrowserWindow, app, dialog, ipcMain, shell, type OpenDialogOptions } from 'electron';
import Store from 'electron-store';
import type { Platform, SettingsStore } from '../platform.ts';
import { settingsName } from '../settings/damaged-settings.ts';
import type { Folders } from './folders.ts';
import { openKeychain } from './keychain.ts';

/** The host with a window. `notices` are what `prepareFolders` answered. */
export function createElectronPlatform(folders: Folders, notices: readonly string[]): Platform {
  return {
    version: app.getVersion(),
    dataFolder: folders.dataFolder,
    libraryFolder: folders.libraryFolder,
    usualLibraryFolder: folders.usualLibraryFolder,
    environment: process.env,
    settings: openSettings(folders.dataFolder),
    notices,
    revealFile: (path) => {
      shell.showItemInFolder(path);
    },
    chooseFolder,
    sealing: openKeychain,
  };
}

/** Asks for a library folder; null when the user changed their mind. */
export async function chooseFolder(): Promise<string | null> {
  const options: OpenDialogOptions = {
    title: 'Choose the library folder',
    properties: ['openDirectory', 'createDirectory'],
  };
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? null : (filePaths[0] ?? null);
}

function openSettings(dataFolder: string): SettingsStore {
  const store = new Store<Record<string, unknown>>({ cwd: dataFolder, name: settingsName, configFileMode: 0o600 });
  // The package answers on this channel whoever asks; nobody here needs to.
  ipcMain.removeAllListeners('electron-store-get-data');
  return {
    read: () => store.store,
    write: (settings) => {
      store.store = { ...settings };
    },
  };
}
