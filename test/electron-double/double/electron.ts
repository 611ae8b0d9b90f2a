import type * as Electron from 'electron';
import { app } from './app.ts';
import { BrowserWindowDouble as BrowserWindow } from './browser-window.ts';
import { MessageChannelMain } from './ports.ts';
import { protocol, session } from './session.ts';
import { Menu, dialog, nativeTheme, screen, shell } from './system.ts';
import { safeStorage } from './safe-storage.ts';
import { ipcMain } from './web-contents.ts';

/** Stands in for the module `electron`, under its names. */
export {
  BrowserWindow,
  Menu,
  MessageChannelMain,
  app,
  dialog,
  ipcMain,
  nativeTheme,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
};

/** As a default import has it. Each name must be one that Electron has. */
const electron = {
  BrowserWindow,
  Menu,
  MessageChannelMain,
  app,
  dialog,
  ipcMain,
  nativeTheme,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
} satisfies Partial<Record<keyof typeof Electron, unknown>>;

export default electron;
