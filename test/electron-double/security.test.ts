import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providerKinds } from '../../src/main/providers/registry.ts';
import { launchDesktop, type Desktop } from './launch-desktop.ts';

let desktop: Desktop;
beforeAll(() => {
  desktop = launchDesktop();
});
afterAll(async () => {
  desktop.kill();
  await desktop.ended;
  desktop.place.remove();
});

describe('what the page may not do', () => {
  it.each([
    ['https://example.com/', true],
    ['https://docs.comfy.org/', true],
    ['file:///etc/passwd', true],
    ['app://elsewhere/', true],
    ['app://easel/images/1', true],
    ['javascript:alert(1)', true],
    ['data:text/html,x', true],
    ['app://easel/', false],
    ['about:blank', false],
  ])('navigate to %s (main frame: %s)', async (url, isMainFrame) => {
    const isAllowed = await desktop.act(({ window }, where) => window().webContents.navigate(where.url, where), {
      url,
      isMainFrame,
    });
    expect(isAllowed).toBe(false);
  });

  it('be redirected or embed a webview', async () => {
    const allowed = await desktop.act(({ window }) => [
      window().webContents.redirect('https://example.com/'),
      window().webContents.attachWebview(),
    ]);
    expect(allowed).toEqual([false, false]);
  });

  it('open a window', async () => {
    const urls = [
      'https://example.com/',
      'http://docs.comfy.org/',
      'https://docs.comfy.org.example.com/',
      'https://docs.comfy.org@example.com/',
      'https://someone@docs.comfy.org/',
      'https://docs.comfy.org:444/',
      'file:///etc/passwd',
      'smb://server/share',
      'app://easel/',
      'not an address',
    ];
    const seen = await desktop.act(({ window, desk }, tried) => {
      const actions = tried.map((url) => window().webContents.openWindow(url));
      return { actions, opened: desk.opened };
    }, urls);
    expect(new Set(seen.actions)).toEqual(new Set(['deny']));
    expect(seen.opened).toEqual([]);
  });

  it.each([
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'openExternal',
    'fileSystem',
    'hid',
    'unknown',
  ] as const)('have the permission "%s"', async (permission) => {
    const granted = await desktop.act(({ permission: ask }, name) => ask(name, 'app://easel/'), permission);
    expect(granted).toEqual({ asked: false, checked: false });
  });

  it('pass its permissions on to others', async () => {
    const granted = await desktop.act(async ({ permission }) => [
      await permission('fullscreen', 'https://example.com/'),
      await permission('fullscreen', 'app://easel/', false),
    ]);
    expect(granted).toEqual([
      { asked: false, checked: false },
      { asked: false, checked: false },
    ]);
  });

  it('reach a device, download, or load anything from the network', async () => {
    const seen = await desktop.act(async ({ window, fetch }) => {
      const { session } = window().webContents;
      let isDownloadStopped = false;
      session.emit(
        'will-download',
        { preventDefault: () => (isDownloadStopped = true) },
        { getURL: () => 'https://example.org/a.zip' },
      );
      const refusals = await Promise.all(
        ['https://example.com/x.js', 'http://127.0.0.1:1/', 'wss://example.com/'].map((url) =>
          fetch(url).then(
            () => 'loaded',
            (error: unknown) => (error as Error).message,
          ),
        ),
      );
      return { device: session.device?.({} as never), isDownloadStopped, refusals };
    });
    expect(seen).toEqual({
      device: false,
      isDownloadStopped: true,
      refusals: Array(3).fill('net::ERR_BLOCKED_BY_CLIENT'),
    });
  });

  it('get a port for any frame but its own main frame', async () => {
    const ports = await desktop.act(async ({ window, frame, askFrom, client }) => {
      await client();
      const { webContents } = window();
      const counts = [
        await askFrom(webContents, frame('https://example.com/')),
        await askFrom(webContents, frame('app://easel/', webContents.mainFrame)),
        await askFrom(webContents, frame('app://elsewhere/')),
        await askFrom(webContents, frame('app://easel/')),
        await askFrom(webContents, null),
      ];
      // The page's own port goes on as if nothing had been.
      const { library } = await (await client()).system.info();
      return { counts, state: library.state };
    });
    expect(ports).toEqual({ counts: [0, 0, 0, 0, 0], state: 'open' });
  });

  it('ask anything else of the main process: there is only one channel', async () => {
    const answered = await desktop.act(async ({ client, channels }) => {
      await client();
      return channels();
    });
    expect(answered).toEqual(['easel:connect']);
  });
});

describe('what the page may do', () => {
  it('load itself anew', async () => {
    const isAllowed = await desktop.act(({ window }) => window().webContents.navigate('app://easel/#queue'));
    expect(isAllowed).toBe(true);
  });

  it.each(['fullscreen', 'clipboard-sanitized-write'] as const)('have the permission "%s"', async (permission) => {
    const granted = await desktop.act(({ permission: ask }, name) => ask(name, 'app://easel/'), permission);
    expect(granted).toEqual({ asked: true, checked: true });
  });

  it('open the documentation of each provider, in the user’s own browser', async () => {
    const links = providerKinds.flatMap(({ manifest }) =>
      [manifest.docsUrl ?? [], manifest.keysUrl ?? [], manifest.usageUrl ?? []].flat(),
    );
    expect(links.length).toBeGreaterThan(0);
    const seen = await desktop.act(async ({ window, desk }, urls) => {
      const actions = urls.map((url) => window().webContents.openWindow(url));
      // The list of trusted pages is loaded with the first link.
      for (let asked = 0; desk.opened.length < urls.length && asked < 100; asked += 1) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return { actions, opened: desk.opened };
    }, links);
    expect(new Set(seen.actions)).toEqual(new Set(['deny']));
    expect(seen.opened).toEqual(links);
  });
});
