import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, type TestContext } from 'vitest';
import { easelJson, newPlace, runEasel, type Place } from '../run-easel.ts';
import { expectNoStack, expectPlainFailure } from '../terminal/plain-failure.ts';
import { startServe } from '../server/start-serve.ts';
import { mountDisk, type Disk } from './small-disk.ts';

const generate = ['generate', 'a fern', '--provider', 'builtin', '--size', '64x64'];
const clean = expect.objectContaining({ clean: true, problems: [] }) as object;
let place: Place;
let disk: Disk | null;
beforeEach(() => {
  place = newPlace();
  disk = null;
});
afterEach(() => {
  disk?.remove();
  place.remove();
});

function mount(context: TestContext, path: string, size: string): Disk {
  const mounted = mountDisk(path, size);
  if (typeof mounted === 'string') return context.skip(mounted);
  disk = mounted;
  return mounted;
}

function fill(folder: string): string {
  const path = join(folder, 'ballast');
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(path, Buffer.alloc(bavail * bsize));
  return path;
}

describe('a library folder that can not be used', () => {
  it.each([
    ['a file', (path: string) => path],
    ['inside a file', (path: string) => join(path, 'library')],
  ])('is refused, and left alone, where it is %s', async (_, folderOf) => {
    mkdirSync(place.data, { recursive: true });
    const file = join(place.data, 'a-letter');
    writeFileSync(file, 'Dear Easel');
    const outcome = await runEasel({ ...place, library: folderOf(file) }, generate);
    expectPlainFailure(outcome, 4, /is a file\. Choose (a|another) folder for the library/);
    expect(readFileSync(file, 'utf8')).toBe('Dear Easel');
  });

  it('is refused where its disk is write-protected, while reading still says what is wrong', async (context) => {
    const drive = mount(context, place.library, '8m');
    expect((await runEasel(place, generate)).code).toBe(0);
    drive.writeProtect();
    expectPlainFailure(await runEasel(place, generate), 4, /permissions/);
    const read = await runEasel(place, ['library', 'list']);
    expectNoStack(read);
    expect([0, 4]).toContain(read.code);
  });
});

describe('a full disk', () => {
  it('is said to be full before anything is drawn, and the job is made once there is room', async (context) => {
    mount(context, place.library, '6m');
    expect((await runEasel(place, generate)).code).toBe(0);
    const ballast = fill(place.library);
    const outcome = await runEasel(place, generate);
    expectPlainFailure(outcome, 4, /is full\. Free some space/);
    rmSync(ballast);
    expect((await runEasel(place, generate)).code).toBe(0);
    expect((await runEasel(place, ['jobs', 'resume'])).code).toBe(0);
    expect(await easelJson(place, ['library', 'verify'])).toEqual(clean);
  });

  it('that takes the job but not its picture fails the job in plain words, and a retry keeps the picture', async (context) => {
    mount(context, place.library, '3m');
    const large = [...generate.slice(0, -1), '2048x2048'];
    const outcome = await runEasel(place, large);
    expect(outcome.stderr).toMatch(/is full\. Free some space/);
    expect(outcome.code).toBe(4);
    expectNoStack(outcome);
    expect(readdirSync(join(place.library, 'pending'))).toEqual([]);
    const { jobs } = await easelJson<{ jobs: { id: string; state: string; error: { code: string } }[] }>(place, [
      'jobs',
      'list',
    ]);
    expect(jobs).toMatchObject([{ state: 'failed', error: { code: 'diskFull' } }]);
    expect(await easelJson(place, ['library', 'verify'])).toEqual(clean);
  });
});

describe('a remembered library whose drive is gone', () => {
  it('is not made anew, by no door', async () => {
    const drive = join(place.data, 'drive');
    const library = join(drive, 'pictures');
    mkdirSync(place.data, { recursive: true });
    writeFileSync(join(place.data, 'settings.json'), JSON.stringify({ libraryFolder: library }));
    const served = await startServe(place, { withLibrary: false });
    const info = await served.call<{ library: { state: string; problem: { code: string; message: string } } }>(
      'system/info',
    );
    expect(info.library).toMatchObject({
      state: 'failed',
      problem: { code: 'libraryMissing', message: expect.stringContaining('Connect its drive') as string },
    });
    expect(await served.fail('library/list', {})).toMatchObject({ status: 503, code: 'libraryMissing' });
    expect(await served.fail('system/openLibrary', { folder: library })).toMatchObject({ code: 'libraryMissing' });
    expect(existsSync(drive)).toBe(false);
    mkdirSync(library, { recursive: true });
    expect(await served.call('system/openLibrary', { folder: library })).toMatchObject({ library: { state: 'open' } });
    expect(await served.stop()).toMatchObject({ code: 0 });
  });
});

describe('a data folder that can not be used', () => {
  it('is refused where it is a file', async () => {
    writeFileSync(place.data, '');
    expectPlainFailure(await runEasel(place, generate), 4, /can't use its data folder .*--data/);
  });

  it.runIf(existsSync('/proc/self'))('is refused where no folder can be made', async () => {
    expectPlainFailure(
      await runEasel({ ...place, data: '/proc/no-such-folder' }, ['providers']),
      4,
      /can't use its data folder/,
    );
  });

  it('that is write-protected costs the log and the settings, not the work', async (context) => {
    const drive = mount(context, place.data, '1m');
    drive.writeProtect();
    expect(await runEasel(place, generate)).toMatchObject({ code: 0 });
    const served = await startServe(place);
    expect(await served.fail('settings/update', { theme: 'dark' })).toMatchObject({
      code: 'libraryNotWritable',
      message: expect.stringContaining('data folder') as string,
    });
    expect(await served.call('settings/get')).toMatchObject({ theme: 'system' });
    expect(await served.stop()).toMatchObject({ code: 0 });
  });

  it('with a log that can not be written goes on without one', async () => {
    mkdirSync(join(place.data, 'logs', 'easel.log'), { recursive: true });
    expect(await runEasel(place, generate)).toMatchObject({ code: 0 });
    rmSync(join(place.data, 'logs'), { recursive: true });
    writeFileSync(join(place.data, 'logs'), '');
    expect(await runEasel(place, generate)).toMatchObject({ code: 0 });
  });
});
