import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { easelJson, newPlace, runEasel, type Place } from '../run-easel.ts';
import { startServe, until, type Served } from './start-serve.ts';

interface Image {
  readonly id: string;
  readonly path: string;
  readonly sequence: number;
  readonly trashedAt: number | null;
}

const unknownId = '00000000-0000-7000-8000-000000000000';
let place: Place;
let served: Served;
let image: Image;
beforeAll(async () => {
  place = newPlace();
  served = await startServe(place);
});
afterAll(async () => {
  await served.stop();
  expect(await easelJson(place, ['library', 'verify'])).toMatchObject({ clean: true, problems: [] });
  place.remove();
});
beforeEach(async () => {
  const job = await served.call<{ id: string }>('jobs/create', {
    prompt: 'a pear',
    provider: 'builtin',
    width: 64,
    height: 64,
  });
  await until(async () => (await served.call<{ state: string }>('jobs/show', { id: job.id })).state === 'succeeded');
  image = (await served.call<{ images: Image[] }>('library/list', { limit: 1 })).images[0]!;
  // The picture is moved into place after its job has ended.
  await until(() => existsSync(inLibrary(image.path)));
});

const inLibrary = (path: string): string => join(place.library, path);
const isThere = (path: string): [boolean, boolean] => [
  existsSync(inLibrary(path)),
  existsSync(inLibrary(`${path}.xmp`)),
];
const trash = (...ids: string[]): Promise<{ trashed: string[] }> => served.call('library/trash', { ids });
const restore = (...ids: string[]): Promise<{ restored: string[] }> => served.call('library/restore', { ids });
const now = (): Promise<Image> => served.call<Image>('library/image', { id: image.id });

describe('the trash', () => {
  it('takes a picture with its sidecar out of the gallery, and gives both back to their place', async () => {
    expect(isThere(image.path)).toEqual([true, true]);
    expect(await trash(image.id)).toEqual({ trashed: [image.id] });
    const trashed = await now();
    expect(trashed.path).toMatch(/^trash\//);
    expect(trashed.trashedAt).toBeGreaterThan(0);
    expect(isThere(trashed.path)).toEqual([true, true]);
    expect(isThere(image.path)).toEqual([false, false]);
    const shown = await served.call<{ images: Image[] }>('library/list', { limit: 500 });
    expect(shown.images.map(({ id }) => id)).not.toContain(image.id);
    expect((await served.get(`/images/${image.id}`)).status).toBe(200);

    expect(await restore(image.id)).toEqual({ restored: [image.id] });
    expect(await now()).toMatchObject(image);
    expect(isThere(image.path)).toEqual([true, true]);
    expect(isThere(trashed.path)).toEqual([false, false]);
  });

  it('may be asked for twice, and passes over what it does not know', async () => {
    expect(await trash(image.id, unknownId, image.id)).toEqual({ trashed: [image.id] });
    expect(await trash(image.id)).toEqual({ trashed: [] });
    expect(await restore(image.id, unknownId, image.id)).toEqual({ restored: [image.id] });
    expect(await restore(image.id)).toEqual({ restored: [] });
    expect(await trash(unknownId)).toEqual({ trashed: [] });
    expect(await now()).toMatchObject(image);
  });

  it('ends as the last request said, however fast they come', async () => {
    const requests = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? trash(image.id) : restore(image.id)));
    await Promise.all(requests);
    await restore(image.id);
    expect(await now()).toMatchObject(image);
    expect(isThere(image.path)).toEqual([true, true]);
    expect(isThere(`trash/${image.id}.png`)).toEqual([false, false]);
  });

  it('counts in the gallery at once', async () => {
    const before = await served.call<{ total: number }>('library/overview');
    await trash(image.id);
    expect((await served.call<{ total: number }>('library/overview')).total).toBe(before.total - 1);
    await restore(image.id);
    expect(await served.call('library/overview')).toEqual(before);
  });
});

describe('reading commands beside a running Easel', () => {
  it('work, and see what it has just done', async () => {
    await trash(image.id);
    const outcome = await runEasel(place, ['library', 'list', '--json']);
    expect(outcome.code, outcome.stderr).toBe(0);
    expect(outcome.stdout).not.toContain(image.id);
    await restore(image.id);
    expect((await runEasel(place, ['library', 'path', image.id])).stdout.trim()).toBe(inLibrary(image.path));
  });
});
