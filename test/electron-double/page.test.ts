import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

describe('app://easel/', () => {
  it('serves the page with a strict policy and a fresh nonce', async () => {
    const load = () =>
      desktop.act(async ({ fetch }) => {
        const response = await fetch('/');
        return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
      });
    const [first, second] = [await load(), await load()];
    expect(first.status).toBe(200);
    expect(first.headers['content-type']).toBe('text/html; charset=utf-8');
    const policy = first.headers['content-security-policy']!;
    expect(policy).toContain(`default-src 'none'`);
    expect(policy).toContain(`script-src 'self'`);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    const nonce = /'nonce-([^']+)'/.exec(policy)![1]!;
    expect(first.text).toContain(nonce);
    expect(second.headers['content-security-policy']).not.toContain(nonce);
  });

  it('serves every file that the page asks for, with its right type', async () => {
    const files = await desktop.act(async ({ fetch }) => {
      const html = await (await fetch('/')).text();
      const paths = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!);
      return Promise.all(
        paths.map(async (path) => {
          const response = await fetch(path);
          return { path, status: response.status, type: response.headers.get('content-type') };
        }),
      );
    });
    expect(files.some(({ path }) => path.endsWith('.js'))).toBe(true);
    expect(files.some(({ path }) => path.endsWith('.css'))).toBe(true);
    for (const { path, status, type } of files) {
      expect(path).not.toMatch(/^https?:/);
      expect(status, path).toBe(200);
      const expected = path.endsWith('.js') ? 'text/javascript' : path.endsWith('.css') ? 'text/css' : 'image/';
      expect(type, path).toContain(expected);
    }
  });

  it('refuses other hosts of its scheme, and whoever is not its own page', async () => {
    const statuses = await desktop.act(async ({ fetch }) => ({
      otherHost: (await fetch('app://elsewhere/')).status,
      foreignPage: (await fetch('/', { initiatorOrigin: 'https://example.com' })).status,
      nobody: (await fetch('/', { initiatorOrigin: 'null' })).status,
      outside: (await fetch('/..%2f..%2fpackage.json')).status,
    }));
    expect(statuses).toEqual({ otherHost: 403, foreignPage: 403, nobody: 403, outside: 404 });
  });

  it('gives the page one flag and one port, and calls go through it', async () => {
    const { exposed, info } = await desktop.act(async ({ client, window }) => {
      const info = await (await client()).system.info();
      const own = ['location'];
      const exposed = Object.entries(window().webContents.page!.window).filter(([name]) => !own.includes(name));
      return { exposed: exposed.filter(([name]) => /^[a-z]/i.test(name)), info };
    });
    expect(exposed).toEqual([['easelDesktop', true]]);
    expect(info.library).toMatchObject({ state: 'open', folder: desktop.place.library });
  });

  it('passes failures on in the user’s words', async () => {
    const error = await desktop.act(async ({ client }) => {
      const easel = await client();
      return easel.jobs.show({ id: '0197a5c0-0000-7000-8000-000000000000' }).then(
        () => null,
        (error: unknown) => ({ ...(error as { code: string }), message: (error as Error).message }),
      );
    });
    expect(error).toMatchObject({ code: 'notFound', message: expect.stringContaining('no job') as string });
  });

  it('generates a picture, tells of it as it happens, and serves it', async () => {
    const seen = await desktop.act(async ({ client, fetch, app, desk }) => {
      const easel = await client();
      const stop = new AbortController();
      const events = await easel.system.events(undefined, { signal: stop.signal });
      const request = { prompt: 'a lighthouse', provider: 'builtin', model: 'sketch', width: 128, height: 96 };
      const job = await easel.jobs.create(request);
      const kinds: string[] = [];
      let image: { id: string; hash: string; width: number; height: number } | null = null;
      for await (const event of events) {
        kinds.push(event.kind);
        if (event.kind === 'imageAdded') image = event.image;
        if (event.kind === 'jobChanged' && event.job.state !== 'queued' && event.job.state !== 'running') break;
      }
      stop.abort();
      if (!image)
        throw new Error(`No image came: ${kinds.join()} ${JSON.stringify(await easel.jobs.show({ id: job.id }))}`);
      const picture = await fetch(`/images/${image.id}`);
      const part = await fetch(`/images/${image.id}`, { headers: { range: 'bytes=0-7' } });
      const thumbnail = await fetch(`/thumbnails/${image.hash}/small.webp?id=${image.id}`);
      await easel.system.revealImage({ id: image.id });
      return {
        ended: (await easel.jobs.show({ id: job.id })).state,
        image,
        type: picture.headers.get('content-type'),
        signature: Buffer.from((await picture.arrayBuffer()).slice(0, 8)).toString('latin1'),
        part: { status: part.status, length: (await part.arrayBuffer()).byteLength },
        thumbnail: { status: thumbnail.status, type: thumbnail.headers.get('content-type') },
        shown: desk.shown,
        isReady: app.isReady(),
      };
    });
    expect(seen).toMatchObject({
      ended: 'succeeded',
      image: { width: 128, height: 96 },
      type: 'image/png',
      signature: '\x89PNG\r\n\x1a\n',
      part: { status: 206, length: 8 },
      thumbnail: { status: 200, type: 'image/webp' },
    });
    expect(seen.shown).toEqual([expect.stringContaining(desktop.place.library)]);
  });

  it('takes an uploaded reference', async () => {
    const stored = await desktop.act(async ({ client, fetch }) => {
      const easel = await client();
      const { images } = await easel.library.list({ limit: 1 });
      const bytes = await (await fetch(`/images/${images[0]!.id}`)).arrayBuffer();
      const response = await fetch('/inputs', { method: 'POST', body: bytes });
      return (await response.json()) as { width: number };
    });
    expect(stored).toMatchObject({ width: 128, height: 96, format: 'png' });
  });

  it('asks for a folder with the system’s own dialogue', async () => {
    const answers = await desktop.act(async ({ client, desk }) => {
      const easel = await client();
      const cancelled = await easel.system.chooseFolder();
      desk.chosenFolder = '/chosen';
      const chosen = await easel.system.chooseFolder();
      return { cancelled, chosen, properties: desk.openDialogs[0]?.properties };
    });
    expect(answers).toEqual({
      cancelled: { folder: null },
      chosen: { folder: '/chosen' },
      properties: ['openDirectory', 'createDirectory'],
    });
  });

  it('gives a reloaded page a new port and ends the old one', async () => {
    const seen = await desktop.act(async ({ client, window, until }) => {
      const { webContents } = window();
      await (await client()).system.info();
      const [old] = webContents.mainFrame.ports;
      let isOldClosed = false;
      old!.addEventListener('close', () => (isOldClosed = true));
      const loads = webContents.loads;
      webContents.reload();
      await until(() => webContents.loads > loads && isOldClosed);
      const info = await (await client()).system.info();
      return {
        state: info.library.state,
        ports: webContents.mainFrame.ports.length,
        isSame: webContents.mainFrame.ports[0] === old,
      };
    });
    expect(seen).toEqual({ state: 'open', ports: 1, isSame: false });
  });

  it('never has more than one port to a page: a second one ends the first', async () => {
    const closed = await desktop.act(async ({ client, window, askFrom, until }) => {
      await client();
      const { webContents } = window();
      const [first] = webContents.mainFrame.ports;
      let isClosed = false;
      first!.addEventListener('close', () => (isClosed = true));
      await askFrom(webContents, webContents.mainFrame);
      await until(() => isClosed);
      return isClosed;
    });
    expect(closed).toBe(true);
  });
});
