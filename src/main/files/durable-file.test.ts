import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolders, moveDurably, removeParts, writeDurably } from './durable-file.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('writeDurably', () => {
  it('writes the bytes and leaves nothing else', async () => {
    const bytes = Buffer.alloc(3_000_000, 'easel');
    await writeDurably(join(root, 'a.png'), bytes);
    expect(readFileSync(join(root, 'a.png')).equals(bytes)).toBe(true);
    expect(readdirSync(root)).toEqual(['a.png']);
  });

  it('replaces an older file and an older leftover', async () => {
    writeFileSync(join(root, 'a.xmp'), 'a longer text from before');
    writeFileSync(join(root, 'a.xmp.part'), 'half of a longer text from before');
    await writeDurably(join(root, 'a.xmp'), Buffer.from('new'));
    expect(readFileSync(join(root, 'a.xmp'), 'utf8')).toBe('new');
    expect(readdirSync(root)).toEqual(['a.xmp']);
  });

  it('writes an empty file', async () => {
    await writeDurably(join(root, 'empty'), new Uint8Array());
    expect(readFileSync(join(root, 'empty'))).toHaveLength(0);
  });

  it('writes many files into one folder at once', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `${index}.bin`);
    await Promise.all(names.map((name) => writeDurably(join(root, name), Buffer.from(name))));
    expect(names.map((name) => readFileSync(join(root, name), 'utf8'))).toEqual(names);
  });

  it('leaves no half file behind when it fails', async () => {
    mkdirSync(join(root, 'taken', 'by-a-folder'), { recursive: true });
    await expect(writeDurably(join(root, 'taken'), Buffer.from('x'))).rejects.toMatchObject({
      code: expect.any(String),
    });
    await expect(writeDurably(join(root, 'nowhere', 'a'), Buffer.from('x'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(readdirSync(root)).toEqual(['taken']);
  });
});

describe('moveDurably', () => {
  it('makes the folders on the way', async () => {
    writeFileSync(join(root, 'a'), 'picture');
    await moveDurably(join(root, 'a'), join(root, 'images', 'default', 'fal', '2026-01', 'b'));
    expect(readFileSync(join(root, 'images', 'default', 'fal', '2026-01', 'b'), 'utf8')).toBe('picture');
    expect(readdirSync(root)).toEqual(['images']);
  });

  it('may be repeated after it has succeeded', async () => {
    writeFileSync(join(root, 'a'), 'picture');
    await moveDurably(join(root, 'a'), join(root, 'b', 'c'));
    await moveDurably(join(root, 'a'), join(root, 'b', 'c'));
    expect(readFileSync(join(root, 'b', 'c'), 'utf8')).toBe('picture');
  });

  it('fails when the file is in neither place', async () => {
    await expect(moveDurably(join(root, 'a'), join(root, 'b'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('moves many files into new folders at once', async () => {
    const numbers = Array.from({ length: 40 }, (_, index) => index);
    for (const number of numbers) writeFileSync(join(root, String(number)), String(number));
    const target = (number: number): string => join(root, 'images', `p${number % 4}`, 'x', String(number));
    await Promise.all(numbers.map((number) => moveDurably(join(root, String(number)), target(number))));
    expect(numbers.map((number) => Number(readFileSync(target(number), 'utf8')))).toEqual(numbers);
  });
});

describe('removeParts', () => {
  it('drops leftovers and nothing else', async () => {
    for (const name of ['a.png', 'a.png.part', 'b.part', 'part']) writeFileSync(join(root, name), '');
    expect(await removeParts(root)).toBe(2);
    expect(readdirSync(root).sort()).toEqual(['a.png', 'part']);
  });

  it('finds nothing in a folder that is not there', async () => {
    expect(await removeParts(join(root, 'nowhere'))).toBe(0);
  });
});

describe('makeFolders', () => {
  it('makes a library from nothing and may be repeated', async () => {
    const library = join(root, 'pictures', 'Easel');
    await makeFolders(library);
    await makeFolders(library);
    expect(readdirSync(library).sort()).toEqual(['images', 'inputs', 'pending', 'thumbnails', 'trash']);
  });

  it.runIf(process.platform === 'linux')('comes back where a file system refuses every new folder', async () => {
    await expect(makeFolders('/proc/no-such-folder/inside')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('says why it could not', async () => {
    writeFileSync(join(root, 'file'), '');
    await expect(makeFolders(join(root, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
    await makeFolders(join(root, 'afterwards'));
    expect(readdirSync(join(root, 'afterwards'))).toHaveLength(5);
  });
});
