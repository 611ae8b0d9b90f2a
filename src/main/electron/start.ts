import { BrowserWindow, app, dialog, session } from 'electron';
import { join } from 'node:path';
import { AppError, errorTable } from '../../shared/errors.ts';
import { openLog, type Log } from '../log.ts';
import type { DesktopApp } from './desktop-app.ts';
import { chooseFolders, prepareFolders, type Folders } from './folders.ts';
import { setMenu } from './menu.ts';
import { handOutPorts } from './page-ports.ts';
import { answerPageScheme, registerPageScheme } from './page-scheme.ts';
import { closeBeforeQuit } from './quit.ts';
import { guardPages, guardSession } from './security.ts';
import { applyTheme, keepBackgroundsInTheme, rememberedTheme, type Theme } from './theme.ts';
import { openWindow, showWindow } from './window.ts';

/** Starts the desktop program. Runs without a pause up to what has to wait for Electron. */
export function startDesktop(): void {
  const folders = chooseFolders({
    words: process.argv.slice(1),
    environment: process.env,
    usualDataFolder: app.getPath('userData'),
    usualLibraryFolder: join(picturesFolder(), 'Easel'),
  });
  const log = openLog(join(folders.dataFolder, 'logs'));
  let notices: string[];
  try {
    notices = prepareFolders(folders);
  } catch (error) {
    void fail(error, log);
    return;
  }
  // One program to a data folder: the lock below goes by it.
  app.setPath('userData', folders.dataFolder);
  app.setPath('sessionData', folders.browserFolder);
  // Only now: the usual folders go by the name in package.json.
  app.setName('Easel');
  registerPageScheme();
  app.enableSandbox();
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  log.info('the desktop starts', { version: app.getVersion(), electron: process.versions.electron });
  process.on('uncaughtExceptionMonitor', (error) => {
    log.error('nobody caught an error', error);
  });
  guardPages(log);
  app
    .whenReady()
    .then(() => openDesktop({ folders, notices, log }))
    .catch((error: unknown) => fail(error, log));
}

async function openDesktop({
  folders,
  notices,
  log,
}: {
  folders: Folders;
  notices: string[];
  log: Log;
}): Promise<void> {
  const developmentServer = app.isPackaged ? null : (process.env.ELECTRON_RENDERER_URL ?? null);
  const isDevelopment = developmentServer !== null;
  const { dataFolder } = folders;
  const desktop = Promise.withResolvers<DesktopApp>();
  const begun = Promise.withResolvers<DesktopApp>();
  // Each of those who wait is told; without a waiter yet, a failure must not end the program before `fail` explains it.
  for (const { promise } of [desktop, begun]) promise.catch(() => undefined);

  const showMenu = (theme: Theme): void => {
    setMenu({ desktop: begun.promise, theme, dataFolder, isDevelopment, log });
  };
  const remembered = rememberedTheme(dataFolder);
  applyTheme(remembered);
  keepBackgroundsInTheme();
  guardSession(session.defaultSession, { isDevelopment });
  answerPageScheme(desktop.promise);
  handOutPorts(begun.promise, log);
  showMenu(remembered);
  keepOneWindow(() => openWindow({ dataFolder, log }));
  closeBeforeQuit(async () => {
    await (await begun.promise).app.close();
  }, log);

  // The window comes first; everything else loads while it appears.
  try {
    const { createDesktopApp } = await import('./desktop-app.ts');
    const created = createDesktopApp({ folders, notices, log, developmentServer });
    desktop.resolve(created);
    applyTheme(created.app.settings.get().theme);
    created.app.events.listen((event) => {
      if (event.kind !== 'settingsChanged') return;
      applyTheme(event.settings.theme);
      showMenu(event.settings.theme);
    });
    await created.begin();
    begun.resolve(created);
  } catch (error) {
    desktop.reject(error);
    begun.reject(error);
    throw error;
  }
}

/** Opens the window, brings it back where another start or the dock asks for it, and quits with it where that is the custom. */
function keepOneWindow(open: () => unknown): void {
  const show = (): void => {
    const [window] = BrowserWindow.getAllWindows();
    if (window) showWindow(window);
    else open();
  };
  app.on('second-instance', show);
  app.on('activate', show);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  open();
}

/** Says why Easel can't start and ends it with the error table's exit code. */
async function fail(error: unknown, log: Log): Promise<void> {
  const known = error instanceof AppError ? error : null;
  const message = known?.message ?? `Something went wrong inside Easel. ${String(error)}`;
  log.error('the program could not start', error);
  await log.close();
  process.stderr.write(`easel: ${message}\n`);
  // Before it is ready, Electron shows no dialogue on Linux.
  await app.whenReady();
  dialog.showErrorBox('Easel could not start', message);
  app.exit(errorTable[known?.code ?? 'internal'].exitCode);
}

/** Some systems have no such folder, and then Electron throws. */
function picturesFolder(): string {
  try {
    return app.getPath('pictures');
  } catch {
    return join(app.getPath('home'), 'Pictures');
  }
}
