import { constants, crc32, deflateSync } from 'node:zlib';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const averageFilter = 3;
const trueColour = 2;

/**
 * Writes a PNG of three bytes a pixel, without time or program name. It is the same on every machine: compression searches
 * for no repetitions, because what it finds depends on the processor, and in pictures with grain there are next to none.
 */
export function encodePng(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, trueColour, 0, 0, 0], 8);
  const content = deflateSync(filtered(pixels, width, height), {
    level: 6,
    strategy: constants.Z_HUFFMAN_ONLY,
    memLevel: 9,
  });
  return joined([
    signature,
    ...chunk('IHDR', header),
    ...chunk('sRGB', Uint8Array.of(0)),
    ...chunk('IDAT', content),
    ...chunk('IEND', new Uint8Array()),
  ]);
}

/** In memory of its own, which can be handed to another thread; a small Buffer's memory can't. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Each byte as its difference to the mean of the pixels to the left and above. */
function filtered(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const stride = width * 3;
  const rows = new Uint8Array((stride + 1) * height);
  let to = 0;
  let from = 0;
  for (let row = 0; row < height; row += 1) {
    rows[to] = averageFilter;
    to += 1;
    for (let column = 0; column < stride; column += 1) {
      const left = column < 3 ? 0 : (pixels[from - 3] ?? 0);
      const above = row === 0 ? 0 : (pixels[from - stride] ?? 0);
      rows[to] = (pixels[from] ?? 0) - ((left + above) >> 1);
      to += 1;
      from += 1;
    }
  }
  return rows;
}

function chunk(name: string, content: Uint8Array): Uint8Array[] {
  const beginning = Buffer.alloc(8);
  beginning.writeUInt32BE(content.length, 0);
  beginning.write(name, 4, 'latin1');
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(content, crc32(beginning.subarray(4))), 0);
  return [beginning, content, checksum];
}
