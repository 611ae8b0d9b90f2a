import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { Image } from '../../shared/models/image.ts';
import { isKeptSidecar, replaceSidecar } from './replace-sidecar.ts';
import { parseSidecar, sidecarText } from './xmp-sidecar.ts';

const image: Image = {
  ...{ id: '0198f0aa-1c2d-7e3f-8a4b-5c6d7e8f9a0b', sequence: 12, jobId: null, attemptId: null, index: 0 },
  ...{ hash: 'ab'.repeat(32), bytes: 1, format: 'png', width: 1, height: 1, createdAt: 0, project: 'default' },
  ...{ provider: 'fal', model: 'm', seed: 1, request: GenerationRequest.parse({ prompt: 'Füchse' }), dropped: [] },
  ...{ remoteId: null, cost: { kind: 'unknown' }, generationMs: null, notAi: false, trashedAt: null },
  ...{ revisedPrompt: null, stages: null, altText: null, rating: null, path: 'images/default/a.png' },
};
const rated: Image = { ...image, rating: 5, altText: 'A hen', path: 'trash/a.png' };

let root: string;
let path: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-sidecar-'));
  path = join(root, 'a.png.xmp');
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

async function replace(before: Buffer): Promise<string> {
  writeFileSync(path, before);
  await replaceSidecar(path, before, rated);
  return readFileSync(path, 'utf8');
}

const another = sidecarText({ ...image, id: '0198f0aa-1c2d-7e3f-8a4b-5c6d7e8f9a0f' });

it.each([
  ['in UTF-16', Buffer.from(`\ufeff${sidecarText(image)}`, 'utf16le')],
  ['of another image', Buffer.from(another)],
  ['of another image, cut off', Buffer.from(another.slice(0, -60))],
  ['that is no XMP', Buffer.from('keywords: fox')],
  ['in which the record is not to be read', Buffer.from(sidecarText(image).replace('"sequence":12', '"sequence":"x"'))],
  ['that begins otherwise', Buffer.from(sidecarText(image).slice(0, 900).replace('Füchse', 'A hen'))],
])('keeps a sidecar %s beside the new one', async (_, before) => {
  expect(await replace(before)).toBe(sidecarText(rated));
  expect(readdirSync(root).sort()).toEqual(['a.png.xmp', 'a.png.xmp.bak']);
  expect(readFileSync(`${path}.bak`).equals(before)).toBe(true);
});

it('keeps each under a name of its own, and none twice', async () => {
  for (const text of ['one', 'two', 'one', 'three']) await replace(Buffer.from(text));
  const names = ['a.png.xmp', 'a.png.xmp.bak', 'a.png.xmp.bak.2', 'a.png.xmp.bak.3'];
  expect(readdirSync(root).sort()).toEqual(names);
  expect(names.map(isKeptSidecar)).toEqual([false, true, true, true]);
  expect(names.slice(1).map((name) => readFileSync(join(root, name), 'utf8'))).toEqual(['one', 'two', 'three']);
  expect(parseSidecar(readFileSync(path, 'utf8'))).toEqual(rated);
});

it('replaces nothing where the old one can not be kept', async () => {
  const long = join(root, `${'a'.repeat(251)}.xmp`);
  writeFileSync(long, 'keywords: fox');
  await expect(replaceSidecar(long, Buffer.from('keywords: fox'), image)).rejects.toMatchObject({
    code: 'ENAMETOOLONG',
  });
  expect(readFileSync(long, 'utf8')).toBe('keywords: fox');
  expect(readdirSync(root)).toHaveLength(1);
});

it('keeps nothing of its own text where a power loss has cut that off', async () => {
  const whole = Buffer.from(sidecarText(image));
  for (let length = 0; length < whole.indexOf('</x:xmpmeta>'); length += 37) {
    for (const zeros of [0, 20]) {
      const text = await replace(Buffer.concat([whole.subarray(0, length), Buffer.alloc(zeros)]));
      expect(text, `${length} bytes`).toBe(sidecarText(rated));
    }
  }
  expect(readdirSync(root)).toEqual(['a.png.xmp']);
});

it('renews one that can be renewed, without a copy', async () => {
  const text = await replace(
    Buffer.from(sidecarText(image).replace('<easel:image>', '<dc:source>x</dc:source><easel:image>')),
  );
  expect(text).toContain('<dc:source>x</dc:source>');
  expect(parseSidecar(text)).toEqual(rated);
  expect(readdirSync(root)).toEqual(['a.png.xmp']);
});
