import { afterEach, expect, it, vi } from 'vitest';
import { downloadImage } from './download-image.ts';

afterEach(() => vi.unstubAllGlobals());

it('gives the bytes of an image', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('bytes')));
  await expect((await downloadImage('an-id')).text()).resolves.toBe('bytes');
});

it('says why the file of an image can’t be had, instead of handing on the answer as if it were a picture', async () => {
  const refusal = { code: 'notFound', message: 'The file of this image is missing.' };
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(refusal, { status: 404 })));
  await expect(downloadImage('an-id')).rejects.toMatchObject(refusal);
});

it('says at least the status where the answer has no words', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('<html>', { status: 502 })));
  await expect(downloadImage('an-id')).rejects.toMatchObject({ code: 'internal', message: /502/ });
});
