import { describe, expect, it } from 'vitest';
import { Body } from './http-body.ts';

const ownMemory = (fill: number, bytes = 65_536): Buffer => Buffer.from(new ArrayBuffer(bytes)).fill(fill);

describe('a large body', () => {
  it('frees the memory of each part once the next one has come, and keeps what was in it', () => {
    const body = new Body(0, 1_000_000, 'Painter');
    const parts = [1, 2, 3, 4].map((fill) => ownMemory(fill));
    for (const part of parts) body.add(part);
    expect(parts.map(({ byteLength }) => byteLength)).toEqual([65_536, 0, 0, 65_536]);
    const expected = Buffer.concat([1, 2, 3, 4].map((fill) => ownMemory(fill)));
    expect(body.bytes().equals(expected)).toBe(true);
  });

  it('leaves memory alone that a part shares with others', () => {
    const body = new Body(300_000, 1_000_000, 'Painter');
    const slab = ownMemory(7, 200_000);
    for (const at of [0, 1]) body.add(slab.subarray(at * 100_000, (at + 1) * 100_000));
    body.add(ownMemory(8, 100_000));
    expect(slab.byteLength).toBe(200_000);
    expect(body.bytes().length).toBe(300_000);
  });
});
