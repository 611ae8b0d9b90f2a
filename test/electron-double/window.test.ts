import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeComfyui } from '../fakes/comfyui/start-fake-comfyui.ts';
import { newPlace, type Place } from '../run-easel.ts';
import { launchDesktop, quit, type Desktop } from './launch-desktop.ts';

let place: Place;
let desktop: Desktop;
beforeEach(() => {
  place = newPlace();
});
afterEach(async () => {
  desktop.kill();
  await desktop.ended;
  place.remove();
});

const bounds = { x: 200, y: 120, width: 1100, height: 760 };

describe('the place of the window', () => {
  it('is the same after the next start', async () => {
    desktop = launchDesktop({ place });
    await desktop.act(({ window }, moved) => {
      window().bounds = moved;
      window().isMaximisedNow = true;
    }, bounds);
    await quit(desktop);
    desktop = launchDesktop({ place });
    const seen = await desktop.act(async ({ window, until }) => {
      await until(() => window().deeds.includes('show'));
      return { bounds: window().bounds, deeds: window().deeds };
    });
    expect(seen).toEqual({ bounds, deeds: ['maximize', 'show'] });
  });

  it('is corrected where its display is gone', async () => {
    mkdirSync(place.data, { recursive: true });
    const far = { bounds: { ...bounds, x: 5000 }, isMaximised: false, isFullScreen: false };
    writeFileSync(join(place.data, 'window.json'), JSON.stringify(far));
    desktop = launchDesktop({ place });
    const seen = await desktop.act(({ window }) => ({ options: window().options, bounds: window().bounds }));
    expect(seen.options.x).toBeUndefined();
    expect(seen.bounds.x + seen.bounds.width).toBeLessThanOrEqual(1920);
  });

  it('fits on a small display', async () => {
    desktop = launchDesktop({ place, given: { displays: [{ x: 0, y: 0, width: 1024, height: 700 }] } });
    expect(await desktop.act(({ window }) => window().bounds)).toMatchObject({ width: 1024, height: 700 });
  });

  it('remembers the full screen of the window, but not that of the viewer', async () => {
    const saved = async (isOfPage: boolean): Promise<unknown> => {
      desktop = launchDesktop({ place });
      await desktop.act(({ window }, ofPage) => {
        window().isFullScreenNow = true;
        if (ofPage) window().emit('enter-html-full-screen');
      }, isOfPage);
      await quit(desktop);
      return JSON.parse(readFileSync(join(place.data, 'window.json'), 'utf8'));
    };
    expect(await saved(true)).toMatchObject({ isFullScreen: false });
    expect(await saved(false)).toMatchObject({ isFullScreen: true });
  });

  it('is forgotten where its file is damaged', async () => {
    mkdirSync(place.data, { recursive: true });
    writeFileSync(join(place.data, 'window.json'), '{"bounds": {"x": 1');
    desktop = launchDesktop({ place });
    expect(await desktop.act(({ window }) => window().options.width)).toBe(1360);
    await quit(desktop);
    expect(JSON.parse(readFileSync(join(place.data, 'window.json'), 'utf8'))).toMatchObject({
      bounds: { width: 1360 },
    });
  });
});

describe('quitting', () => {
  it('closes the library cleanly', async () => {
    desktop = launchDesktop({ place });
    await desktop.act(async ({ client }) => (await client()).library.overview());
    expect(existsSync(join(place.library, 'library.db-wal'))).toBe(true);
    const { code, stderr } = await quit(desktop);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(existsSync(join(place.library, 'library.db'))).toBe(true);
    expect(existsSync(join(place.library, 'library.db-wal'))).toBe(false);
  });

  it('works at once, while the program is still starting', async () => {
    desktop = launchDesktop({ place });
    const { code, notes } = await quit(desktop);
    expect(code).toBe(0);
    expect(notes.at(-1)).toEqual({ what: 'end', exitCode: 0 });
  });

  it('leaves a running job to the next start, which finishes it without asking for it twice', async () => {
    const fake = await startFakeComfyui({ settings: { stepMs: 40 } });
    const environment = { EASEL_COMFYUI_URL: fake.url };
    try {
      desktop = launchDesktop({ place, environment });
      const id = await desktop.act(async ({ client }) => {
        const easel = await client();
        const events = await easel.system.events();
        const job = await easel.jobs.create({
          prompt: 'a pier',
          provider: 'comfyui',
          width: 128,
          height: 128,
          steps: 20,
        });
        for await (const event of events) {
          if (event.kind === 'jobProgress' && event.progress.jobId === job.id) break;
          if (event.kind === 'jobChanged' && event.job.endedAt !== null) throw new Error(JSON.stringify(event.job));
        }
        return job.id;
      });
      expect((await quit(desktop)).code).toBe(0);
      desktop = launchDesktop({ place, environment });
      const job = await desktop.act(async ({ client }, jobId) => {
        const easel = await client();
        for (;;) {
          const found = await easel.jobs.show({ id: jobId });
          if (found.state !== 'queued' && found.state !== 'running') return found;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }, id);
      expect(job).toMatchObject({ state: 'succeeded', imageIds: [expect.any(String)] });
      expect(fake.promptsSeen.filter(({ accepted }) => accepted)).toHaveLength(1);
    } finally {
      await fake.close();
    }
  });
});

describe('a page that dies', () => {
  it('is opened again when the user wants it, while the program goes on', async () => {
    desktop = launchDesktop({ place });
    const seen = await desktop.act(async ({ window, desk, client, until }) => {
      await client();
      const { webContents } = window();
      const { loads } = webContents;
      webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 });
      await until(() => webContents.loads > loads);
      return { asked: desk.messageBoxes.length, state: (await (await client()).system.info()).library.state };
    });
    expect(seen).toEqual({ asked: 1, state: 'open' });
  });
});

describe('the menu', () => {
  it('opens another library', async () => {
    desktop = launchDesktop({ place, withoutFolders: true, words: ['--data', place.data] });
    const other = join(place.data, 'other');
    const library = await desktop.act(async ({ client, desk, menu }, folder) => {
      const easel = await client();
      desk.chosenFolder = folder;
      menu().click('File', 'Open library folder…');
      for (;;) {
        const info = await easel.system.info();
        if (info.library.state === 'open') return info.library;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }, other);
    expect(library.folder).toBe(other);
  });

  it('says why a library can not be shown', async () => {
    desktop = launchDesktop({ place, withoutFolders: true, words: ['--data', place.data] });
    await desktop.act(async ({ client, menu }) => {
      await client();
      menu().click('File', 'Show library folder');
    });
    await expect.poll(() => desktop.notes().filter(({ what }) => what === 'errorBox')).toHaveLength(1);
  });

  it('shows the library and the documentation', async () => {
    desktop = launchDesktop({ place });
    const seen = await desktop.act(async ({ client, desk, menu, until }) => {
      await client();
      menu().click('File', 'Show library folder');
      menu().click('help', 'ComfyUI documentation');
      await until(() => desk.shown.length > 0);
      return { shown: desk.shown, opened: desk.opened };
    });
    expect(seen).toEqual({ shown: [place.library], opened: ['https://docs.comfy.org/'] });
  });

  it('has an entry for text under the mouse', async () => {
    desktop = launchDesktop({ place });
    const roles = await desktop.act(({ window, desk }) => {
      const flags = { canCut: true, canCopy: true, canPaste: true, canSelectAll: true };
      const words = { dictionarySuggestions: [], misspelledWord: '', editFlags: flags };
      const { webContents } = window();
      webContents.emit('context-menu', {}, { ...words, isEditable: true, selectionText: '' });
      webContents.emit('context-menu', {}, { ...words, isEditable: false, selectionText: 'a seed' });
      webContents.emit('context-menu', {}, { ...words, isEditable: false, selectionText: '' });
      return desk.popups.map((items) => items.map(({ role }) => role ?? '-').join(' '));
    });
    expect(roles).toEqual(['cut copy paste - selectAll', 'copy']);
  });
});
