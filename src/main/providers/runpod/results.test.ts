import { describe, expect, it } from 'vitest';
import type { Http } from '../http-types.ts';
import { ProviderError } from '../provider.ts';
import { readResults } from './results.ts';

const png = Buffer.from('\x89PNG\r\n\x1a\n rest', 'latin1');
const base64 = png.toString('base64');
const dataUrl = `data:image/png;base64,${base64}`;
const url = 'https://image.runpod.ai/abc/output.png';
const task = { remoteId: 'a-u1', endpointId: 'e', seed: 7, sentAt: 0 };
const { signal } = new AbortController();

function read(output: unknown) {
  const asked: string[] = [];
  const http = { download: (from: string) => Promise.resolve((asked.push(from), png)) } as unknown as Http;
  return readResults(http, output, task, { signal }).then(({ images, ...more }) => ({ images, asked, more }));
}

describe('readResults', () => {
  it.each([
    ['result', { result: url }],
    ['image_url', { image_url: url }],
    ['image', { image: url }],
    ['images of strings', { images: [url], image_url: url }],
    ['images of objects with an address', { images: [{ filename: 'a.png', type: 's3_url', data: url }] }],
    ['a bare address', url],
    ['a list', [url]],
  ])('downloads from %s', async (_form, output) => {
    const { images, asked } = await read(output);
    expect(asked).toEqual([url]);
    expect(images).toEqual([{ bytes: png, seed: 7 }]);
  });

  it.each([
    ['a data URL', { images: [dataUrl], image_url: dataUrl, seed: 99 }],
    ['base64 in an object', { images: [{ filename: 'a.png', type: 'base64', data: base64 }], seed: 99 }],
    ['base64 of workers before version 5', { message: base64, status: 'success', seed: 99 }],
  ])('reads %s, and believes the seed it tells', async (_form, output) => {
    const { images, asked } = await read(output);
    expect(asked).toEqual([]);
    expect(images).toEqual([{ bytes: png, seed: 99 }]);
  });

  it('gives only the first picture of a batch the seed', async () => {
    expect((await read({ images: [dataUrl, dataUrl], seed: 5 })).images.map(({ seed }) => seed)).toEqual([5, null]);
  });

  it('reports a cost that is told, and none that is not', async () => {
    expect((await read({ result: url, cost: 0.0209715 })).more).toEqual({
      state: 'finished',
      cost: { kind: 'reported', usd: 0.0209715 },
    });
    expect((await read({ result: url })).more).toEqual({ state: 'finished' });
  });

  it('takes a picture although some node of the graph complained', async () => {
    expect((await read({ images: [{ data: base64 }], errors: ['a warning'] })).images).toHaveLength(1);
  });

  it.each([
    [{ images: [], errors: ['Workflow validation failed: value not in list'] }, 'invalid_request'],
    [{ error: 'NSFW content' }, 'content_policy'],
    [{ error: { message: 'CUDA out of memory' } }, 'server'],
    [{}, 'server'],
    [null, 'server'],
    [{ images: [Buffer.from('no picture').toString('base64')] }, 'server'],
  ])('never makes an empty success of %j', async (output, code) => {
    const failure: unknown = await read(output).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProviderError);
    expect(failure).toMatchObject({ code, isFinal: true });
  });
});
