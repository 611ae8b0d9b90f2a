import { appendFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { easelJson, newPlace, runEasel, type Place } from '../run-easel.ts';

interface Verified {
  readonly clean: boolean;
  readonly images: number;
  readonly problems: readonly { readonly kind: string; readonly path: string; readonly message: string }[];
}

let original: Place;
let path: string;
beforeAll(async () => {
  original = newPlace();
  const words = ['generate', 'a shell', '--provider', 'builtin', '--size', '64x64', '--count', '2'];
  expect((await runEasel(original, words)).code).toBe(0);
  const { images } = await easelJson<{ images: { path: string }[] }>(original, ['library', 'list']);
  path = images[0]!.path;
});
afterAll(() => {
  original.remove();
});

describe.concurrent('library verify', () => {
  it.each<[string, string, (library: string) => string]>([
    ['a file that is gone', 'missingFile', (library) => (rmSync(join(library, path)), path)],
    ['a file with a byte more', 'wrongHash', (library) => (appendFileSync(join(library, path), '!'), path)],
    ['a sidecar that is gone', 'missingSidecar', (library) => (rmSync(join(library, `${path}.xmp`)), path)],
    [
      'a file nobody knows',
      'strayFile',
      (library) => (writeFileSync(join(library, 'images/stray.png'), 'x'), 'images/stray.png'),
    ],
    [
      'a sidecar without its picture',
      'strayFile',
      (library) => (writeFileSync(join(library, 'images/a.png.xmp'), 'x'), 'images/a.png.xmp'),
    ],
    [
      'a file in the trash nobody knows',
      'strayFile',
      (library) => (writeFileSync(join(library, 'trash/a.png'), 'x'), 'trash/a.png'),
    ],
    [
      'a result that was left waiting',
      'strayFile',
      (library) => (writeFileSync(join(library, 'pending/a.png'), 'x'), 'pending/a.png'),
    ],
  ])('finds %s, names it, and exits with 4', async (_, kind, damage) => {
    const place = newPlace();
    mkdirSync(place.library, { recursive: true });
    cpSync(original.library, place.library, { recursive: true });
    const damaged = damage(place.library);
    const asJson = await runEasel(place, ['library', 'verify', '--json']);
    expect(asJson.code).toBe(4);
    const { clean, images, problems } = JSON.parse(asJson.stdout) as Verified;
    expect({ clean, images, problems }).toEqual({
      clean: false,
      images: 2,
      problems: [{ kind, path: damaged, message: expect.stringMatching(/\.$/) as string }],
    });
    const plain = await runEasel(place, ['library', 'verify']);
    expect(plain).toMatchObject({ code: 4, stderr: '' });
    expect(plain.stdout).toContain(damaged);
    expect(plain.stdout).toMatch(/2 images, 1 problem\.\n$/);
    place.remove();
  });

  it('is content with an untouched library, and says so', async () => {
    expect(await runEasel(original, ['library', 'verify'])).toMatchObject({
      code: 0,
      stdout: '2 images, everything is in order.\n',
      stderr: '',
    });
  });

  it('passes over what other programs wrote and Easel kept', async () => {
    const place = newPlace();
    cpSync(original.library, place.library, { recursive: true });
    for (const name of [`${path}.xmp.bak`, `${path}.xmp.bak.2`, 'trash/a.png.xmp.bak'])
      writeFileSync(join(place.library, name), 'x');
    expect(await runEasel(place, ['library', 'verify'])).toMatchObject({ code: 0 });
    place.remove();
  });

  it('leaves hashes out where that is wished', async () => {
    const place = newPlace();
    cpSync(original.library, place.library, { recursive: true });
    appendFileSync(join(place.library, path), '!');
    expect(await runEasel(place, ['library', 'verify', '--no-hashes'])).toMatchObject({ code: 0 });
    place.remove();
  });
});
