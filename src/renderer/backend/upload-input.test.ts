import { afterEach, describe, expect, it, vi } from 'vitest';
import { uploadInput } from './upload-input.ts';

const answer = (body: unknown, status: number): void => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(body, { status })));
};

afterEach(() => vi.unstubAllGlobals());

describe('uploading a reference', () => {
  it('gives its id and size', async () => {
    const input = { id: `${'a'.repeat(64)}.png`, width: 3, height: 2, format: 'png' };
    answer(input, 200);
    await expect(uploadInput(new Blob(['bytes']))).resolves.toEqual(input);
  });

  it('is refused in the program’s words', async () => {
    answer({ code: 'referenceUnreadable', message: 'This is no image.' }, 400);
    await expect(uploadInput(new Blob(['text']))).rejects.toMatchObject({
      code: 'referenceUnreadable',
      message: 'This is no image.',
    });
  });

  it('does not take an answer on trust', async () => {
    answer({ id: '../../etc/passwd', width: 1, height: 1, format: 'png' }, 200);
    await expect(uploadInput(new Blob(['bytes']))).rejects.toThrow('is not the id of an uploaded image');
  });
});
