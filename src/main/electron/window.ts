import { BrowserWindow, app, dialog, screen } from 'electron';
import { fileURLToPath } from 'node:url';
import type { Log } from '../log.ts';
import { addContextMenu } from './context-menu.ts';
import { pageAddress } from './own-address.ts';
import { backgroundColour } from './theme.ts';
import { reachableBounds, readWindowState, smallestWindow, writeWindowState } from './window-state.ts';

const usualSize = { width: 1360, height: 880 } as const;

/** Opens the one window where it stood last. It appears once it has something to show. */
export function openWindow({ dataFolder, log }: { dataFolder: string; log: Log }): BrowserWindow {
  const state = readWindowState(dataFolder);
  const bounds =
    state &&
    reachableBounds(
      state.bounds,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    );
  const window = new BrowserWindow({
    ...(bounds ?? usualBounds()),
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: 'Easel',
    backgroundColor: backgroundColour(),
    webPreferences: {
      preload: fileURLToPath(new URL('../preload/index.cjs', import.meta.url)),
      // All of these are Electron's defaults. They are written down because everything rests on them.
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // Elsewhere Chromium would fetch dictionaries from the network; macOS checks by itself.
      spellcheck: process.platform === 'darwin',
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => {
    if (state?.isMaximised) window.maximize();
    if (state?.isFullScreen) window.setFullScreen(true);
    window.show();
  });
  rememberState(window, dataFolder, log);
  offerReloadAfterCrash(window, log);
  addContextMenu(window);
  window.loadURL(pageAddress).catch((error: unknown) => {
    // Quitting while the page loads ends here too.
    log.error('the page could not be loaded', error);
  });
  return window;
}

/** Brings the window to the front, however it was put away. */
export function showWindow(window: Electron.BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function usualBounds(): { width: number; height: number } {
  const { workAreaSize } = screen.getPrimaryDisplay();
  return {
    width: Math.max(smallestWindow.width, Math.min(usualSize.width, workAreaSize.width)),
    height: Math.max(smallestWindow.height, Math.min(usualSize.height, workAreaSize.height)),
  };
}

function rememberState(window: BrowserWindow, dataFolder: string, log: Log): void {
  // The viewer's full screen is the page's own, and no place to start in.
  let isPageFullScreen = false;
  window.on('enter-html-full-screen', () => (isPageFullScreen = true));
  window.on('leave-html-full-screen', () => (isPageFullScreen = false));
  window.on('close', () => {
    try {
      writeWindowState(dataFolder, {
        bounds: window.getNormalBounds(),
        isMaximised: window.isMaximized(),
        isFullScreen: window.isFullScreen() && !isPageFullScreen,
      });
    } catch (error) {
      log.error('the place of the window could not be saved', error);
    }
  });
}

/** The page can die alone; jobs and library live in this process and go on. */
function offerReloadAfterCrash(window: BrowserWindow, log: Log): void {
  const ask = async (): Promise<void> => {
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: 'The window of Easel has stopped working.',
      detail: 'Running jobs go on, and nothing in the library is lost. Open the window again to continue.',
      buttons: ['Open again', 'Quit Easel'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    if (response === 1) app.quit();
    else window.webContents.reload();
  };
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.warn('the page is gone', { reason, exitCode });
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    ask().catch((error: unknown) => {
      log.error('the page could not be opened again', error);
    });
  });
}
