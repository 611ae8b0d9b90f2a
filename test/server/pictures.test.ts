import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { easelJson, newPlace, type Place } from '../run-easel.ts';
import { startServe, type Served } from './start-serve.ts';

interface Kept {
  readonly images: readonly { readonly id: string; readonly local_path: string; readonly sha256: string }[];
}

let place: Place;
let served: Served;
let id: string;
let path: string;
let file: Buffer;
let hash: string;
beforeAll(async () => {
  place = newPlace();
  const { images } = await easelJson<Kept>(place, [
    'generate',
    'a marble',
    '--provider',
    'builtin',
    '--size',
    '128x96',
    '--count',
    '2',
  ]);
  ({ id, local_path: path, sha256: hash } = images[0]!);
  file = readFileSync(path);
  served = await startServe(place);
});
afterAll(async () => {
  await served.stop();
  place.remove();
});

const bytesOf = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer());

describe('a picture', () => {
  it('comes byte for byte, with its type, its length and its tag', async () => {
    const answer = await served.get(`/images/${id}`);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': `${file.length}`,
      'accept-ranges': 'bytes',
      etag: `"${hash}"`,
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    expect(
      createHash('sha256')
        .update(await bytesOf(answer))
        .digest('hex'),
    ).toBe(hash);
  });

  it('can be asked about without being sent', async () => {
    const answer = await served.get(`/images/${id}`, { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-length')).toBe(`${file.length}`);
    expect(await bytesOf(answer)).toHaveLength(0);
  });

  it('is not sent again to who has it', async () => {
    for (const tag of [`"${hash}"`, `W/"x", "${hash}"`]) {
      const answer = await served.get(`/images/${id}`, { headers: { 'if-none-match': tag } });
      expect(answer.status).toBe(304);
      expect(await bytesOf(answer)).toHaveLength(0);
    }
    expect((await served.get(`/images/${id}`, { headers: { 'if-none-match': '"else"' } })).status).toBe(200);
  });

  it.each([
    ['the first bytes', 'bytes=0-9', 0, 10],
    ['one byte', 'bytes=5-5', 5, 6],
    ['from the middle on', 'bytes=40-', 40, undefined],
    ['the last bytes', 'bytes=-7', -7, undefined],
    ['more than there is', 'bytes=10-99999999', 10, undefined],
  ])('is sent in parts: %s', async (_, range, start, end) => {
    const answer = await served.get(`/images/${id}`, { headers: { range } });
    const part = file.subarray(start, end);
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-length')).toBe(`${part.length}`);
    const first = start < 0 ? file.length + start : start;
    expect(answer.headers.get('content-range')).toBe(`bytes ${first}-${first + part.length - 1}/${file.length}`);
    expect(await bytesOf(answer)).toEqual(part);
  });

  it('has no part beyond its end', async () => {
    const answer = await served.get(`/images/${id}`, { headers: { range: `bytes=${file.length}-` } });
    expect(answer.status).toBe(416);
    expect(answer.headers.get('content-range')).toBe(`bytes */${file.length}`);
  });

  it.each(['pages=1-2', 'bytes=abc', 'bytes=0-1,5-6', 'bytes=9-3'])(
    'comes whole where the range makes no sense: %s',
    async (range) => {
      const answer = await served.get(`/images/${id}`, { headers: { range } });
      expect([200, 416]).toContain(answer.status);
      if (answer.status === 200) expect(await bytesOf(answer)).toEqual(file);
    },
  );

  it('whose file is gone is said to be unavailable, not unknown', async () => {
    const { images } = await served.call<{ images: { id: string; path: string }[] }>('library/list', { limit: 5 });
    const other = images.find((image) => image.id !== id)!;
    rmSync(join(place.library, other.path));
    const answer = await served.get(`/images/${other.id}`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      code: 'libraryMissing',
      message: expect.stringContaining('drive') as string,
    });
  });
});

describe('a picture that does not exist', () => {
  it.each([
    '/images/00000000-0000-7000-8000-000000000000',
    '/images/x',
    '/images/..%2f..%2flibrary.db',
    '/images/%00',
    '/thumbnails/00/small.webp?id=00000000-0000-7000-8000-000000000000',
    '/thumbnails/00/huge.webp',
    '/thumbnails/..%2f..%2flibrary.db/small.webp',
    '/thumbnails/x/constructor.webp',
    '/previews/00000000-0000-7000-8000-000000000000',
    '/inputs/..%2flibrary.db',
    '/inputs/x',
    `/inputs/${'0'.repeat(64)}.png`,
    '/rpc/jobs/nothing',
    '/rpc/../settings.json',
  ])('is answered plainly: %s', async (url) => {
    const answer = await served.get(url);
    const text = await answer.text();
    expect([400, 404], text).toContain(answer.status);
    expect(text).not.toMatch(/\n\s+at |SQLite format|node:|easel-test-/);
  });
});

describe('a thumbnail', () => {
  it.each(['small', 'medium', 'large'])('is a WebP that may be kept for ever: %s', async (size) => {
    const url = `/thumbnails/${hash}/${size}.webp?id=${id}`;
    const answer = await served.get(url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/webp');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    const bytes = await bytesOf(answer);
    expect(answer.headers.get('content-length')).toBe(`${bytes.length}`);
    expect(bytes.toString('latin1', 8, 12)).toBe('WEBP');
    expect((await served.get(url, { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } })).status).toBe(
      304,
    );
  });

  it('under the hash of another picture does not exist', async () => {
    expect((await served.get(`/thumbnails/${'0'.repeat(64)}/small.webp?id=${id}`)).status).toBe(404);
  });
});

describe('a reference image', () => {
  const upload = (body: Buffer | string, headers: Record<string, string> = {}): Promise<Response> =>
    served.get('/inputs', { method: 'POST', body: typeof body === 'string' ? body : new Uint8Array(body), headers });

  it('is kept under the hash of its bytes and comes back as it was', async () => {
    const answer = await upload(file);
    expect(answer.status).toBe(200);
    const input = (await answer.json()) as { id: string };
    expect(input).toEqual({ id: `${hash}.png`, width: 128, height: 96, format: 'png' });
    const back = await served.get(`/inputs/${input.id}`);
    expect(back.headers.get('content-type')).toBe('image/png');
    expect(await bytesOf(back)).toEqual(file);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('a letter to somebody')],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a drawing with scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['half a picture', 'half'],
  ])('is refused where it is no image: %s', async (_, body) => {
    const answer = await upload(body === 'half' ? file.subarray(0, Math.floor(file.length / 2)) : body);
    expect(answer.status).toBe(400);
    const failure = (await answer.json()) as { code: string; message: string };
    expect(failure.code).toBe('referenceUnreadable');
    expect(failure.message).toMatch(/^The reference can't be used: /);
  });

  it('is refused where it says beforehand that it is too large', async () => {
    const { hostname, port } = new URL(served.origin);
    const { connect } = await import('node:net');
    const text = await new Promise<string>((resolve) => {
      let answer = '';
      const head = [
        'POST /inputs HTTP/1.1',
        `Host: ${hostname}:${port}`,
        `Authorization: Bearer ${served.token}`,
        'Content-Length: 100000001',
        'Connection: close',
      ];
      const socket = connect(Number(port), hostname, () => socket.write(`${head.join('\r\n')}\r\n\r\n`));
      socket.setEncoding('utf8').on('data', (part: string) => {
        answer += part;
        if (answer.includes('}')) socket.destroy();
      });
      socket.on('close', () => resolve(answer));
    });
    expect(text).toMatch(/^HTTP\/1\.1 4(13|00) /);
    expect(text).toContain('larger than 100 MB');
  });
});
