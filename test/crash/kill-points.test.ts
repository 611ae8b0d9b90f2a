import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeComfyui, type FakeComfyui } from '../fakes/comfyui/start-fake-comfyui.ts';
import { easelJson, newPlace, runEasel, type Place } from '../run-easel.ts';

interface Jobs {
  jobs: { id: string; state: string; image_ids: string[]; request: { count: number } }[];
}
interface Verified {
  images: number;
  clean: boolean;
  problems: unknown[];
}

let place: Place;
let fake: FakeComfyui;
let environment: Record<string, string>;
beforeEach(async () => {
  place = newPlace();
  fake = await startFakeComfyui({ settings: { stepMs: 15 } });
  environment = { EASEL_COMFYUI_URL: fake.url };
});
afterEach(async () => {
  await fake.close();
  place.remove();
});

/** Every point of an image's life, in order. `+ms` lets the work that follows get under way first: those are for `npm run test:crash`. */
const allPoints = [
  'job-recorded',
  'attempt-recorded',
  'before-submit',
  'before-submit+4',
  'after-submit',
  'task-recorded',
  'pending',
  'pending+120',
  'downloading',
  'downloading+2',
  'file-written',
  'row-written',
  'row-written+1',
  'file-moved',
  'event-sent',
  'thumbnailing',
  'thumbnailing+15',
];

const points = process.env.EASEL_CRASH_TESTS === 'full' ? allPoints : allPoints.filter((point) => !point.includes('+'));

describe('kill -9 while ComfyUI draws', { retry: 0 }, () => {
  it.each(points)('loses nothing and sends nothing twice when it comes at %s', async (killAt) => {
    const generate = ['generate', 'a lighthouse', '--provider', 'comfyui', '--size', '256x256', '--steps', '6'];
    const killed = await runEasel(place, generate, { environment, killAt });
    expect(killed.signal, killed.stderr).toBe('SIGKILL');

    const resumed = await runEasel(place, ['jobs', 'resume'], { environment });
    expect(resumed.code, resumed.stderr).toBe(0);
    const { jobs } = await easelJson<Jobs>(place, ['jobs', 'list']);
    expect(jobs.map(({ state, image_ids: images }) => [state, images.length])).toEqual([['succeeded', 1]]);
    expect(fake.promptsSeen.filter(({ accepted }) => accepted)).toHaveLength(1);
    const verified = await easelJson<Verified>(place, ['library', 'verify']);
    expect(verified).toEqual({ images: 1, clean: true, problems: [] });
  });

  it.each(['trash-recorded', 'trash-moved'])('says what became of a picture when it comes at %s', async (killAt) => {
    const picture = await easelJson<{ images: { id: string }[] }>(place, [
      'generate',
      'a shell',
      '--provider',
      'builtin',
      '--size',
      '64x64',
    ]);
    const { trashOverHttp } = await import('./trash-over-http.ts');
    await trashOverHttp(place, picture.images[0]!.id, killAt);
    await runEasel(place, ['jobs', 'resume']);
    const verified = await easelJson<Verified>(place, ['library', 'verify']);
    expect(verified).toEqual({ images: 1, clean: true, problems: [] });
    const { images } = await easelJson<{ images: unknown[] }>(place, ['library', 'list']);
    expect(images).toEqual([]);
  });
});

describe('kill -9 while an alternative text is kept', { retry: 0 }, () => {
  it('has it in the library and, after the next start, in the sidecar', async () => {
    const made = await easelJson<{ images: { id: string; local_path: string }[] }>(place, [
      ...['generate', 'a shell', '--provider', 'builtin', '--size', '64x64'],
    ]);
    const { id, local_path: path } = made.images[0]!;
    const alt = ['library', 'alt', id, 'A spiral shell on sand.'];
    expect((await runEasel(place, alt, { killAt: 'alt-text-recorded' })).signal).toBe('SIGKILL');
    expect(readFileSync(`${path}.xmp`, 'utf8')).not.toContain('A spiral shell');
    await runEasel(place, ['jobs', 'resume']);
    expect(readFileSync(`${path}.xmp`, 'utf8')).toContain('A spiral shell on sand.');
    expect(await easelJson(place, ['library', 'alt', id])).toEqual({ id, alt_text: 'A spiral shell on sand.' });
    expect(await easelJson<Verified>(place, ['library', 'verify'])).toEqual({ images: 1, clean: true, problems: [] });
  });
});

describe('kill -9 while a picture is rated', { retry: 0 }, () => {
  it('has it in the library and, after the next start, in the sidecar', async () => {
    const made = await easelJson<{ images: { id: string; local_path: string }[] }>(place, [
      ...['generate', 'a shell', '--provider', 'builtin', '--size', '64x64'],
    ]);
    const { id, local_path: path } = made.images[0]!;
    const killed = await runEasel(place, ['library', 'rate', id, '4'], { killAt: 'rating-recorded' });
    expect(killed.signal).toBe('SIGKILL');
    expect(readFileSync(`${path}.xmp`, 'utf8')).not.toContain('xmp:Rating');
    await runEasel(place, ['jobs', 'resume']);
    expect(readFileSync(`${path}.xmp`, 'utf8')).toContain('>4</xmp:Rating>');
    const { images } = await easelJson<{ images: { rating: number }[] }>(place, ['library', 'list']);
    expect(images).toMatchObject([{ rating: 4 }]);
    expect(await easelJson<Verified>(place, ['library', 'verify'])).toEqual({ images: 1, clean: true, problems: [] });
  });
});

describe('kill -9 while the built-in provider draws', { retry: 0 }, () => {
  it.each([
    'job-recorded',
    'before-submit',
    'before-submit+60',
    'after-submit',
    'file-written',
    'row-written',
    'file-moved',
    'thumbnailing',
  ])('ends with all three pictures when it comes at %s', async (killAt) => {
    const generate = [
      'generate',
      'a red bicycle',
      '--provider',
      'builtin',
      '--size',
      '256x256',
      '--count',
      '3',
      '--seed',
      '7',
    ];
    const killed = await runEasel(place, generate, { killAt });
    expect(killed.signal, killed.stderr).toBe('SIGKILL');
    expect((await runEasel(place, ['jobs', 'resume'])).code).toBe(0);
    const { images } = await easelJson<{ images: { seed: number }[] }>(place, ['library', 'list']);
    expect(images.map(({ seed }) => seed).sort()).toEqual([7, 8, 9]);
    expect(await easelJson<Verified>(place, ['library', 'verify'])).toEqual({ images: 3, clean: true, problems: [] });
  });
});

describe('kill -9 before a picture is in its place, which can not be reached at the next start', { retry: 0 }, () => {
  it('keeps the only file there is, and puts it into place as soon as that can be', async () => {
    const generate = ['generate', 'a pear', '--provider', 'builtin', '--size', '64x64'];
    expect((await runEasel(place, generate, { killAt: 'row-written' })).signal).toBe('SIGKILL');
    const pending = join(place.library, 'pending');
    const [name = ''] = readdirSync(pending);
    const bytes = readFileSync(join(pending, name));
    // Something else has the name of the folder.
    const folder = join(place.library, 'images', 'default');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(place.library, 'images'), { recursive: true });
    writeFileSync(folder, 'in the way');
    await runEasel(place, ['jobs', 'resume']);
    expect(readFileSync(join(pending, name))).toEqual(bytes);
    rmSync(folder);
    await runEasel(place, ['jobs', 'resume']);
    expect(readdirSync(pending)).toEqual([]);
    const { images } = await easelJson<{ images: { path: string }[] }>(place, ['library', 'list']);
    expect(images.map(({ path }) => readFileSync(join(place.library, path)))).toEqual([bytes]);
    expect(await easelJson<Verified>(place, ['library', 'verify'])).toEqual({ images: 1, clean: true, problems: [] });
  });
});

describe('a restart', { retry: 0 }, () => {
  it('tells a run that ComfyUI forgot apart from one that failed, and runs it again', async () => {
    const killed = await runEasel(place, ['generate', 'a fjord', '--provider', 'comfyui', '--size', '256x256'], {
      environment,
      killAt: 'pending+60',
    });
    expect(killed.signal).toBe('SIGKILL');
    const { port } = fake;
    await fake.close();
    fake = await startFakeComfyui({ port });
    expect((await runEasel(place, ['jobs', 'resume'], { environment })).code).toBe(0);
    const { jobs } = await easelJson<Jobs>(place, ['jobs', 'list']);
    const job = await easelJson<{ attempts: { state: string; error: { code: string } | null }[] }>(place, [
      'jobs',
      'show',
      jobs[0]!.id,
    ]);
    expect(job.attempts.map(({ state, error }) => [state, error?.code ?? null])).toEqual([
      ['failed', 'task_lost'],
      ['succeeded', null],
    ]);
  });

  it('cancels at ComfyUI what was left under way, when that is what the user asks for', async () => {
    fake.settings.stepMs = 150;
    await runEasel(place, ['generate', 'a fjord', '--provider', 'comfyui', '--size', '256x256'], {
      environment,
      killAt: 'pending+200',
    });
    const { jobs } = await easelJson<Jobs>(place, ['jobs', 'list']);
    const cancelled = await easelJson<{ state: string }>(place, ['jobs', 'cancel', jobs[0]!.id], { environment });
    expect(cancelled.state).toBe('cancelled');
    expect(fake.runningId()).toBeNull();
    expect((await easelJson<Verified>(place, ['library', 'verify'])).clean).toBe(true);
  });
});
