import type {
  Dialog,
  Display,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  NativeTheme,
  OpenDialogOptions,
  Screen,
  Shell,
} from 'electron';
import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { given, note } from './given.ts';

/** What the user would have been shown or had opened, and what they answer. */
export const desk = {
  opened: [] as string[],
  shown: [] as string[],
  messageBoxes: [] as MessageBoxOptions[],
  messageAnswer: 0,
  openDialogs: [] as OpenDialogOptions[],
  chosenFolder: null as string | null,
  popups: [] as MenuItemConstructorOptions[][],
};

export const dialog = {
  showErrorBox: (title: string, content: string): void => {
    note({ what: 'errorBox', title, content });
  },
  showMessageBox: (...words: unknown[]) => {
    desk.messageBoxes.push(words.at(-1) as MessageBoxOptions);
    return Promise.resolve({ response: desk.messageAnswer, checkboxChecked: false });
  },
  showOpenDialog: (...words: unknown[]) => {
    desk.openDialogs.push(words.at(-1) as OpenDialogOptions);
    return Promise.resolve({
      canceled: desk.chosenFolder === null,
      filePaths: desk.chosenFolder === null ? [] : [desk.chosenFolder],
    });
  },
} satisfies Pick<Dialog, 'showErrorBox' | 'showMessageBox' | 'showOpenDialog'>;

export const shell = {
  openExternal: (url: string) => {
    desk.opened.push(url);
    return Promise.resolve();
  },
  openPath: (path: string) => {
    desk.shown.push(path);
    return Promise.resolve('');
  },
  showItemInFolder: (path: string): void => {
    desk.shown.push(path);
  },
} satisfies Pick<Shell, 'openExternal' | 'openPath' | 'showItemInFolder'>;

/** @public Its type is part of what the stage offers. */
export class NativeThemeDouble
  extends EventEmitter
  implements Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors'>
{
  private source: NativeTheme['themeSource'] = 'system';

  get themeSource(): NativeTheme['themeSource'] {
    return this.source;
  }

  set themeSource(source: NativeTheme['themeSource']) {
    this.source = source;
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.source === 'system' ? given.isSystemDark : this.source === 'dark';
  }
}

export const nativeTheme = new NativeThemeDouble();

function displays(): Display[] {
  if (!app.isReady()) throw new Error("The 'screen' module can't be used before the app 'ready' event");
  return given.displays.map(
    (area) => ({ workArea: area, workAreaSize: { width: area.width, height: area.height } }) as Display,
  );
}

export const screen = {
  getAllDisplays: () => displays(),
  getPrimaryDisplay: () => {
    const [primary] = displays();
    if (!primary) throw new Error('There is no display');
    return primary;
  },
} satisfies Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>;

/** A menu is its template; `click` runs what a user would choose by its labels. */
export class Menu {
  static application: Menu | null = null;
  readonly items: MenuItemConstructorOptions[];

  constructor(items: MenuItemConstructorOptions[]) {
    this.items = items;
  }

  static buildFromTemplate(template: MenuItemConstructorOptions[]): Menu {
    return new Menu(template);
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.application = menu;
  }

  popup(): void {
    desk.popups.push(this.items);
  }

  find(...labels: readonly string[]): MenuItemConstructorOptions {
    let items = this.items;
    let found: MenuItemConstructorOptions | undefined;
    for (const label of labels) {
      found = items.find((item) => item.label?.replace('&', '') === label || item.role === label);
      items = (found?.submenu ?? []) as MenuItemConstructorOptions[];
    }
    if (!found) throw new Error(`There is no menu item ${labels.join(' > ')}`);
    return found;
  }

  click(...labels: readonly string[]): void {
    (this.find(...labels).click as (() => void) | undefined)?.();
  }
}
