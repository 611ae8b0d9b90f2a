import { Menu, dialog, shell, type MenuItemConstructorOptions } from 'electron';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Log } from '../log.ts';
import type { DesktopApp } from './desktop-app.ts';
import { openTrustedLink } from './security.ts';
import type { Theme } from './theme.ts';

const comfyuiDocumentation = 'https://docs.comfy.org/';

const themes: readonly { readonly theme: Theme; readonly label: string }[] = [
  { theme: 'system', label: 'As the system' },
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
];

/** Sets the native menu. It is there from the first moment; what needs the program waits for it. */
export function setMenu(options: {
  desktop: Promise<DesktopApp>;
  theme: Theme;
  dataFolder: string;
  isDevelopment: boolean;
  log: Log;
}): void {
  const { desktop, log } = options;
  const when = (action: (desktop: DesktopApp) => unknown) => () => {
    desktop.then(action).catch((error: unknown) => {
      explain(error, log);
    });
  };
  const separator = { type: 'separator' } as const;
  const isMac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Open library folder…', accelerator: 'CmdOrCtrl+O', click: when(openLibrary) },
        { label: 'Show library folder', accelerator: 'CmdOrCtrl+Shift+O', click: when(showLibrary) },
        separator,
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        {
          label: 'Appearance',
          submenu: themes.map(({ theme, label }) => ({
            label,
            type: 'radio',
            checked: theme === options.theme,
            click: when(({ app: { settings } }) => settings.update({ theme })),
          })),
        },
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(options.isDevelopment ? [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        {
          label: 'ComfyUI documentation',
          click: () => {
            openTrustedLink(comfyuiDocumentation, log);
          },
        },
        {
          label: 'Show log files',
          click: () => {
            void openFolder(join(options.dataFolder, 'logs'), log);
          },
        },
        ...(isMac ? [] : [separator, { role: 'about' } as const]),
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

async function openLibrary({ app: easel, chooseFolder }: DesktopApp): Promise<void> {
  const folder = await chooseFolder();
  if (folder !== null) await easel.openLibrary(folder);
}

async function showLibrary({ app: easel }: DesktopApp): Promise<void> {
  const problem = await shell.openPath(easel.library().root);
  if (problem !== '') throw new AppError('libraryMissing', `The library folder can't be shown: ${problem}`);
}

async function openFolder(path: string, log: Log): Promise<void> {
  const problem = await shell.openPath(path);
  if (problem !== '') log.warn('a folder could not be shown', { problem });
}

function explain(error: unknown, log: Log): void {
  if (!(error instanceof AppError)) log.error('a menu item failed', error);
  dialog.showErrorBox(
    'Easel',
    error instanceof AppError ? error.message : 'Something went wrong inside Easel. The log has the details.',
  );
}
