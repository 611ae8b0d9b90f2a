import { describe, expect, it } from 'vitest';
import { workerUrl } from './worker-url.ts';

describe('workerUrl', () => {
  it('finds the worker beside its starter, in the source tree and in the bundle', () => {
    expect(workerUrl('file:///easel/src/main/files/thumbnails.ts', 'thumbnail-worker').href).toBe(
      'file:///easel/src/main/files/thumbnail-worker.ts',
    );
    expect(workerUrl('file:///C:/Program%20Files/Easel/out/main/index.js', 'thumbnail-worker').href).toBe(
      'file:///C:/Program%20Files/Easel/out/main/thumbnail-worker.js',
    );
  });
});
