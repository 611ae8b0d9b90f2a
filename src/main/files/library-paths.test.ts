import { join, relative, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { ProjectName } from '../../shared/models/generation-request.ts';
import { imageFormats, thumbnailSide, type ImageFormat, type ThumbnailSize } from '../../shared/models/image.ts';
import {
  imagePath,
  inputPath,
  insideLibrary,
  parsePendingName,
  pendingName,
  sidecarPath,
  thumbnailPath,
  trashPath,
} from './library-paths.ts';

const root = resolve('/library');
const id = '0198f0aa-1c2d-7e3f-8a4b-5c6d7e8f9a0b';
const hash = 'ab'.repeat(32);
const format = fc.constantFrom(...(Object.keys(imageFormats) as ImageFormat[]));
const nastyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.string({ unit: fc.constantFrom('.', '/', '\\', ':', ' ', '\0', 'C', '-', '\ud83d', '…'), maxLength: 20 }),
  fc.constantFrom('..', '../..', 'C:\\x', 'con', 'COM1.txt', '.hidden', 'a. ', '\0', '//server/share'),
);

describe('imagePath', () => {
  it('tells project, provider, month, second, prompt and id', () => {
    const createdAt = Date.UTC(2026, 2, 9, 7, 5, 3);
    const image = { project: 'Summer 2026', provider: 'builtin', createdAt, prompt: 'A Fjord, at dawn!', id } as const;
    expect(imagePath({ ...image, format: 'png' })).toBe(
      'images/Summer 2026/builtin/2026-03/20260309-070503-a-fjord-at-dawn-5c6d7e8f9a0b.png',
    );
  });

  it('cuts a long prompt between words and takes accents off', () => {
    const prompt = 'Crème brûlée under an extraordinarily large magnifying glass';
    const path = imagePath({ project: 'default', provider: 'builtin', createdAt: 0, prompt, id, format: 'jpg' });
    expect(path).toContain('-creme-brulee-under-an-extraordinarily-5c6d7e8f9a0b.jpg');
  });

  it('has a name even where nothing of the prompt can be written in ASCII', () => {
    const path = imagePath({
      project: 'default',
      provider: 'builtin',
      createdAt: 0,
      prompt: '富士山',
      id,
      format: 'png',
    });
    expect(path).toBe('images/default/builtin/1970-01/19700101-000000-image-5c6d7e8f9a0b.png');
  });

  it('stays inside the library in five levels, whatever the prompt, project and provider', () => {
    fc.assert(
      fc.property(
        nastyText,
        nastyText,
        nastyText,
        fc.double(),
        nastyText,
        format,
        (project, provider, prompt, createdAt, anyId, ext) => {
          const path = imagePath({ project, provider, createdAt, prompt, id: anyId, format: ext });
          const segments = path.split('/');
          expect(segments).toHaveLength(5);
          expect(segments.every((segment) => Buffer.byteLength(segment) <= 255)).toBe(true);
          expect(segments[4]).toMatch(/^\d{8}-\d{6}-[a-z0-9-]{1,40}-[0-9a-f]{12}\.[a-z0-9]+$/);
          expect(relative(root, insideLibrary(root, path)).split(/[\\/]/)).toEqual(segments);
        },
      ),
    );
  });

  it('keeps every valid project name as the name of its folder', () => {
    const valid = nastyText.filter((text) => text.isWellFormed() && ProjectName.safeParse(text).data === text);
    fc.assert(
      fc.property(valid, (project) => {
        const path = imagePath({ project, provider: 'fal', createdAt: 0, prompt: '', id, format: 'png' });
        // What ProjectName doesn't know of is the odd device name with superscript digits.
        expect([project.normalize('NFC'), `_${project.normalize('NFC')}`]).toContain(path.split('/')[1]);
      }),
    );
  });
});

describe('insideLibrary', () => {
  it('gives the absolute path of a file of the library', () => {
    expect(insideLibrary(root, 'images/a/b.png')).toBe(join(root, 'images', 'a', 'b.png'));
    expect(insideLibrary(root, 'images/..twice/b…png')).toBe(join(root, 'images', '..twice', 'b…png'));
  });

  it.each([
    '',
    '.',
    '..',
    '../x',
    'a/../../x',
    'a/..',
    '/etc/passwd',
    '//server/share',
    'C:',
    'C:/x',
    'c:x',
    'a\\..\\b',
    'a\0b',
    'a//b',
    'a/',
    '.. /x',
    'a/...',
    'a.png:stream',
  ])('refuses %j', (path) => {
    expect(() => insideLibrary(root, path)).toThrow(AppError);
  });

  it('answers inside the root or throws AppError, whatever the path', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          nastyText,
          fc.array(nastyText, { maxLength: 4 }).map((parts) => parts.join('/')),
        ),
        (path) => {
          try {
            expect(insideLibrary(root, path).startsWith(join(root, '/'))).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
        },
      ),
    );
  });
});

describe('pendingName', () => {
  it('can be read back, with and without its folder', () => {
    const seed = fc.option(fc.maxSafeInteger());
    fc.assert(
      fc.property(fc.uuid(), fc.nat(999_999), seed, format, (attemptId, index, anySeed, ext) => {
        const file = { attemptId, index, seed: anySeed, format: ext };
        expect(parsePendingName(pendingName(file))).toEqual(file);
        expect(parsePendingName(pendingName(file).replace('pending/', ''))).toEqual(file);
      }),
    );
  });

  it('knows which names are not its own', () => {
    for (const name of [
      '',
      'notes.txt',
      `${id}.0.1.bmp`,
      `${id}.0.1.png.part`,
      `${id}.x.1.png`,
      `other/${id}.0.1.png`,
      `${id}.0.9999999999999999.png`,
    ]) {
      expect(parsePendingName(name), name).toBeNull();
    }
    fc.assert(fc.property(nastyText, (name) => parsePendingName(name) === null));
  });

  it('writes down no seed where there is none that can be kept exactly', () => {
    expect(pendingName({ attemptId: id, index: 2, seed: null, format: 'webp' })).toBe(`pending/${id}.2.none.webp`);
    expect(pendingName({ attemptId: id, index: 2, seed: 0.5, format: 'webp' })).toBe(`pending/${id}.2.none.webp`);
  });
});

describe('the other places', () => {
  it('are named after what they hold', () => {
    expect(trashPath(id, 'png')).toBe(`trash/${id}.png`);
    expect(sidecarPath('images/a.png')).toBe('images/a.png.xmp');
    expect(thumbnailPath(hash, 'small')).toBe(`thumbnails/ab/${hash}-small.webp`);
    expect(inputPath(`${hash}.png`)).toBe(`inputs/${hash}.png`);
  });

  it('take no name that could lead elsewhere', () => {
    const sizes = Object.keys(thumbnailSide) as ThumbnailSize[];
    fc.assert(
      fc.property(nastyText, fc.constantFrom(...sizes), (name, size) => {
        const makers = [() => trashPath(name, 'png'), () => thumbnailPath(name, size), () => inputPath(name)];
        for (const make of makers) {
          try {
            insideLibrary(root, make());
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
        }
      }),
    );
    expect(() => trashPath('../x', 'png')).toThrow(AppError);
    expect(() => inputPath('../../x')).toThrow(AppError);
    expect(() => thumbnailPath('../x', 'small')).toThrow(AppError);
  });
});
