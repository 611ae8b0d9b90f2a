import type { Client } from '../../../src/renderer/backend/client.ts';
import { app } from './app.ts';
import { BrowserWindowDouble } from './browser-window.ts';
import { session, type Permission } from './session.ts';
import { Menu, desk, nativeTheme } from './system.ts';
import { FrameDouble, ipcMain, type WebContentsDouble } from './web-contents.ts';

/** Everything a test can look at and do while the program runs in the double. */
export const stage = {
  app,
  desk,
  nativeTheme,
  windows: (): BrowserWindowDouble[] => BrowserWindowDouble.getAllWindows(),
  /** The one window; throws when it isn't one. */
  window: (): BrowserWindowDouble => {
    const [window, ...others] = BrowserWindowDouble.getAllWindows();
    if (!window || others.length > 0) throw new Error(`There are ${others.length + (window ? 1 : 0)} windows`);
    return window;
  },
  /** What the main process listens to. */
  channels: (): string[] => ipcMain.eventNames().map(String),
  menu: (): Menu => {
    if (!Menu.application) throw new Error('There is no menu');
    return Menu.application;
  },
  /** Fetches as the page would. */
  fetch: (path: string, init: RequestInit & { initiatorOrigin?: string } = {}): Promise<Response> =>
    session.defaultSession.fetch(new URL(path, 'app://easel/').href, { initiatorOrigin: 'app://easel', ...init }),
  /** The interface's own client, as soon as its page has been loaded. */
  client: async (): Promise<Client> => {
    const { webContents } = stage.window();
    await stage.until(() => webContents.page !== null);
    if (!webContents.page) throw new Error('The page is gone');
    return webContents.page.connect();
  },
  /** A frame asks for a port; answers how many it was given. */
  askFrom: async (contents: WebContentsDouble, frame: FrameDouble | null): Promise<number> => {
    contents.send('easel:connect', [], frame);
    await new Promise((resolve) => setImmediate(resolve));
    return frame?.ports.length ?? 0;
  },
  frame: (url: string, parent: FrameDouble | null = null): FrameDouble => new FrameDouble(url, parent),
  /** Whether a page gets a permission: by asking for it, and by being checked for it. */
  permission: async (
    permission: Permission,
    requestingUrl: string,
    isMainFrame = true,
  ): Promise<{ asked: boolean; checked: boolean }> => {
    const { request, check } = session.defaultSession;
    const contents = stage.window().webContents as never;
    const asked = await new Promise<boolean>((resolve) => {
      if (request) request(contents, permission, resolve, { isMainFrame, requestingUrl });
      else resolve(true);
    });
    const checked = check?.(contents, permission, requestingUrl, { isMainFrame, requestingUrl }) ?? true;
    return { asked, checked };
  },
  until: async (isTrue: () => boolean, within = 20_000): Promise<void> => {
    for (const end = Date.now() + within; !isTrue();) {
      if (Date.now() > end) throw new Error(`It did not come true within ${within} ms: ${isTrue.toString()}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  },
};

export type Stage = typeof stage;
