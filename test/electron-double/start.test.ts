import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { newPlace } from '../run-easel.ts';
import { launchDesktop, quit, type Desktop } from './launch-desktop.ts';

let desktop: Desktop;
afterEach(async () => {
  desktop.kill();
  await desktop.ended;
  desktop.place.remove();
});

describe('the desktop at its start', () => {
  it('opens one window, as safe as Electron can make it', async () => {
    desktop = launchDesktop();
    const { options, isSandboxed } = await desktop.act(({ app, window }) => ({
      options: window().options,
      isSandboxed: app.isSandboxed,
    }));
    expect(isSandboxed).toBe(true);
    expect(options).toMatchObject({ show: false, minWidth: 900, minHeight: 600 });
    const { preload, ...preferences } = options.webPreferences!;
    expect(preferences).toEqual({
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
      spellcheck: process.platform === 'darwin',
      devTools: false,
    });
    expect(existsSync(preload!)).toBe(true);
  });

  it('registers its scheme, sets its folders and takes the lock, in this order, before Electron is ready', async () => {
    desktop = launchDesktop();
    await desktop.act(({ window }) => window().deeds.length);
    const { data } = desktop.place;
    expect(desktop.notes()).toEqual([
      { what: 'path', name: 'userData', path: data },
      { what: 'path', name: 'sessionData', path: join(data, 'browser') },
      {
        what: 'schemes',
        schemes: [
          {
            scheme: 'app',
            privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
          },
        ],
      },
      { what: 'lock', userData: data },
      { what: 'window', url: 'app://easel/' },
    ]);
  });

  it('shows the window once there is something to show', async () => {
    desktop = launchDesktop();
    const deeds = await desktop.act(async ({ window, until }) => {
      const before = [...window().deeds];
      await until(() => window().deeds.length > 0);
      return { before, after: window().deeds };
    });
    expect(deeds).toEqual({ before: [], after: ['show'] });
  });

  it('opens the window before it loads what lies behind it', () => {
    const main = join(import.meta.dirname, '..', '..', 'out', 'main');
    const waiting = ['./index.js'];
    const loaded = new Map<string, number>();
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (loaded.has(name)) continue;
      const text = readFileSync(join(main, name), 'utf8');
      loaded.set(name, text.length);
      const imports = [...text.matchAll(/^import (?:.* from )?"(.+)";$/gm)].map(([, other]) => other!);
      expect(imports.filter((other) => !/^(electron$|node:|\.\/)/.test(other))).toEqual([]);
      waiting.push(...imports.filter((other) => other.startsWith('./')));
    }
    expect([...loaded.values()].reduce((sum, length) => sum + length)).toBeLessThan(60_000);
  });

  it('uses the usual folders where none are given, and then asks where the library shall be', async () => {
    desktop = launchDesktop({ withoutFolders: true });
    const info = await desktop.act(async ({ client }) => (await client()).system.info());
    const usual = join(dirname(desktop.place.data), 'usual');
    expect(info.library).toMatchObject({ state: 'setup', folder: join(usual, 'pictures', 'Easel') });
    expect(existsSync(join(usual, 'easel', 'browser'))).toBe(true);
  });

  it('takes the folders from the environment', async () => {
    const place = newPlace();
    desktop = launchDesktop({
      place,
      withoutFolders: true,
      environment: { EASEL_DATA: place.data, EASEL_LIBRARY: place.library },
    });
    const info = await desktop.act(async ({ client }) => (await client()).system.info());
    expect(info).toMatchObject({ version: '0.0.0-double', library: { state: 'open', folder: place.library } });
    expect(info.abilities).toEqual({ revealFile: true, chooseFolder: true });
    expect(existsSync(join(place.data, 'browser'))).toBe(true);
  });

  it('shows a library that is missing in the page, and still starts', async () => {
    const place = newPlace();
    mkdirSync(place.data, { recursive: true });
    const gone = join(place.data, 'unplugged');
    writeFileSync(join(place.data, 'settings.json'), JSON.stringify({ libraryFolder: gone }));
    desktop = launchDesktop({ place, withoutFolders: true, words: ['--data', place.data] });
    const info = await desktop.act(async ({ client }) => (await client()).system.info());
    expect(info.library).toMatchObject({ state: 'failed', folder: gone, problem: { code: 'libraryMissing' } });
  });

  it('sets damaged settings aside, says so, and starts with the defaults', async () => {
    const place = newPlace();
    mkdirSync(place.data, { recursive: true });
    writeFileSync(join(place.data, 'settings.json'), '{"theme": "dark", ');
    desktop = launchDesktop({ place });
    const { info, settings } = await desktop.act(async ({ client }) => {
      const easel = await client();
      return { info: await easel.system.info(), settings: await easel.settings.get() };
    });
    expect(info.notices).toEqual([expect.stringContaining('set aside')]);
    expect(settings.theme).toBe('system');
    expect(readdirSync(place.data).filter((name) => name.startsWith('settings.damaged-'))).toHaveLength(1);
  });

  it('explains a data folder that it can not use, and ends with an exit code', async () => {
    const place = newPlace();
    mkdirSync(dirname(place.data), { recursive: true });
    writeFileSync(place.data, 'a file where the folder should be');
    desktop = launchDesktop({ place });
    const { code, notes } = await desktop.ended;
    expect(code).toBe(4);
    expect(notes).toEqual([
      {
        what: 'errorBox',
        title: 'Easel could not start',
        content: expect.stringContaining(place.data) as string,
      },
      { what: 'end', exitCode: 4 },
    ]);
  });

  it('explains what else keeps it from starting, after the window was opened', async () => {
    desktop = launchDesktop({ given: { isBroken: true } });
    const { code, notes } = await desktop.ended;
    expect(code).toBe(1);
    expect(notes.map(({ what }) => what).slice(-3)).toEqual(['window', 'errorBox', 'end']);
    const log = readFileSync(join(desktop.place.data, 'logs', 'easel.log'), 'utf8');
    expect(log).toContain('This Electron is broken');
  });

  it('follows the chosen theme from the first moment on, so that nothing flashes', async () => {
    const place = newPlace();
    mkdirSync(place.data, { recursive: true });
    writeFileSync(join(place.data, 'settings.json'), JSON.stringify({ theme: 'dark' }));
    desktop = launchDesktop({ place });
    const seen = await desktop.act(async ({ client, menu, nativeTheme, window, until }) => {
      const first = { theme: nativeTheme.themeSource, background: window().options.backgroundColor };
      const easel = await client();
      await easel.settings.update({ theme: 'light' });
      const changed = { theme: nativeTheme.themeSource, background: window().backgroundColor };
      menu().click('View', 'Appearance', 'As the system');
      await until(() => nativeTheme.themeSource === 'system');
      const { theme } = await easel.settings.get();
      return { first, changed, theme, checked: menu().find('View', 'Appearance', 'As the system').checked };
    });
    expect(seen).toEqual({
      first: { theme: 'dark', background: '#161616' },
      changed: { theme: 'light', background: '#fbfbfb' },
      theme: 'system',
      checked: true,
    });
  });

  it('takes the page from the development server while developing, and pictures from the program', async () => {
    const server = createServer((request, response) => response.end(`from the server: ${request.url}`));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      desktop = launchDesktop({ given: { isPackaged: false }, environment: { ELECTRON_RENDERER_URL: url } });
      const answers = await desktop.act(async ({ fetch, menu }) => ({
        page: await (await fetch('/main.tsx?x=1')).text(),
        picture: await (await fetch('/images/none')).json(),
        reload: menu().find('View', 'reload').role,
      }));
      expect(answers).toEqual({
        page: 'from the server: /main.tsx?x=1',
        picture: expect.objectContaining({ code: expect.any(String) }) as unknown,
        reload: 'reload',
      });
    } finally {
      server.close();
    }
  });

  it('ignores a development server once it is packaged', async () => {
    desktop = launchDesktop({ environment: { ELECTRON_RENDERER_URL: 'http://127.0.0.1:9' } });
    const status = await desktop.act(async ({ fetch }) => (await fetch('/')).status);
    expect(status).toBe(200);
    await expect(desktop.act(({ menu }) => menu().find('View', 'reload').role)).rejects.toThrow('no menu item');
  });
});

describe('the only one of its kind', () => {
  it('ends at once where another one holds the lock, and leaves everything alone', async () => {
    desktop = launchDesktop({ given: { isLockHeld: true } });
    const { code, notes } = await desktop.ended;
    expect(code).toBe(0);
    expect(notes.filter(({ what }) => what === 'window' || what === 'errorBox')).toEqual([]);
    expect(existsSync(desktop.place.library)).toBe(false);
  });

  it('brings its window to the front when it is started again', async () => {
    desktop = launchDesktop();
    const deeds = await desktop.act(async ({ app, window, until }) => {
      await until(() => window().deeds.includes('show'));
      window().isMinimisedNow = true;
      app.emit('second-instance', {}, [], '', null);
      return window().deeds;
    });
    expect(deeds).toEqual(['show', 'restore', 'show', 'focus']);
  });

  it('quits when its window is closed, except on macOS, where the dock brings it back', async () => {
    desktop = launchDesktop();
    await desktop.act(async ({ client, window }) => {
      await client();
      setImmediate(() => window().close());
    });
    if (process.platform !== 'darwin') {
      expect((await desktop.ended).code).toBe(0);
      return;
    }
    const windows = await desktop.act(async (stage) => {
      await stage.until(() => stage.windows().length === 0);
      stage.app.emit('activate', {}, false);
      return stage.windows().length;
    });
    expect(windows).toBe(1);
    expect((await quit(desktop)).code).toBe(0);
  });
});
