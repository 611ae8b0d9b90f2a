import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { App } from '../app.ts';
import { ImageProblem } from '../files/image-problem.ts';
import { createRequestHandler } from './handle-request.ts';

const folder = mkdtempSync(join(tmpdir(), 'easel-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the thumbnail route asks of the app. */
function handlerWith(thumbnail: (id: string, size: string) => Promise<{ path: string; etag: string }>) {
  const failed = vi.fn();
  const app = { handlers: {}, library: () => ({ library: { thumbnail } }), log: { error: failed } };
  const handle = createRequestHandler({ app: app as unknown as App, pageFolder: folder, guard: null });
  return { failed, get: (path: string) => handle(new Request(`http://127.0.0.1${path}`)) };
}

describe('the address of a thumbnail', () => {
  it('gives the file', async () => {
    const path = join(folder, 'small.webp');
    writeFileSync(path, 'a thumbnail');
    const { get } = handlerWith((_, size) => Promise.resolve({ path, etag: `abc-${size}` }));
    const answer = await get('/thumbnails/abc/small.webp?id=1');
    expect(answer.headers.get('content-type')).toBe('image/webp');
    expect(await answer.text()).toBe('a thumbnail');
  });

  it.each(['constructor', 'toString', '__proto__', 'huge'])('has no size called %s', async (size) => {
    const thumbnail = vi.fn();
    const { get } = handlerWith(thumbnail);
    expect((await get(`/thumbnails/abc/${size}.webp?id=1`)).status).toBe(404);
    expect(thumbnail).not.toHaveBeenCalled();
  });

  it('says plainly that an image is too large for one, and that is no fault of the program', async () => {
    const words = 'The picture is too large: 20000 × 20000 pixels.';
    const { get, failed } = handlerWith(() => Promise.reject(new ImageProblem('tooLarge', words)));
    const answer = await get('/thumbnails/abc/small.webp?id=1');
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ code: 'notFound', message: `This image has no thumbnail. ${words}` });
    expect(failed).not.toHaveBeenCalled();
  });
});
