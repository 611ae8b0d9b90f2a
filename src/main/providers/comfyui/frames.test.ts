import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFrame } from './frames.ts';

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2]);
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

function frame(kind: number, second: number, ...rest: Uint8Array[]): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(kind, 0);
  head.writeUInt32BE(second, 4);
  return Buffer.concat([head, ...rest]);
}
function withMetadata(metadata: unknown, image: Uint8Array = jpeg): Buffer {
  const json = Buffer.from(typeof metadata === 'string' ? metadata : JSON.stringify(metadata));
  return frame(4, json.length, json, image);
}

describe('a binary message', () => {
  it('of kind 1 is a picture of nobody in particular', () => {
    expect(parseFrame(frame(1, 1, jpeg))).toEqual({
      promptId: null,
      mimeType: 'image/jpeg',
      bytes: jpeg,
    });
    expect(parseFrame(frame(1, 2, png))?.mimeType).toBe('image/png');
  });

  it('of kind 4 says whose picture it is, wherever in a larger buffer it lies', () => {
    const whole = Buffer.concat([
      Buffer.from('before'),
      withMetadata({ prompt_id: 'p', node_id: '3', image_type: 'image/jpeg' }),
    ]);
    expect(parseFrame(whole.subarray(6))).toEqual({
      promptId: 'p',
      mimeType: 'image/jpeg',
      bytes: jpeg,
    });
  });

  it.each([
    ['text', frame(3, 1, Buffer.from('3hello'))],
    ['of an unknown kind', frame(99, 0, jpeg)],
    ['cut off in its header', frame(1, 1).subarray(0, 6)],
    ['whose metadata is longer than it', frame(4, 4_000_000_000, jpeg)],
    ['whose metadata is not JSON', withMetadata('{nope')],
    ['whose metadata names no prompt', withMetadata({ node_id: '3' })],
    ['that holds no picture', withMetadata({ prompt_id: 'p' }, Buffer.from('hello'))],
    ['that holds nothing', withMetadata({ prompt_id: 'p' }, Buffer.alloc(0))],
  ])('%s is ignored', (_what, bytes) => {
    expect(parseFrame(bytes)).toBeNull();
  });

  it('of any bytes never throws', () => {
    const kinds = fc.constantFrom(0, 1, 2, 3, 4);
    fc.assert(
      fc.property(kinds, fc.nat(60), fc.uint8Array({ maxLength: 80 }), (kind, second, rest) => {
        parseFrame(frame(kind, second, rest));
      }),
    );
  });
});
