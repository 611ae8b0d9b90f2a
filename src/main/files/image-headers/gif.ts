import { damaged, type ByteReader, type PixelSize } from './read-bytes.ts';

const firstBlock = 13;
const trailer = 0x3b;
const extension = 0x21;
const picture = 0x2c;

/** Walks the blocks of a GIF up to its end mark. Frames larger than the canvas count, because decoders make room for them. */
export function readGifSize(file: ByteReader): PixelSize {
  let width = file.uint16Little(6);
  let height = file.uint16Little(8);
  let hasPixels = false;
  let at = firstBlock + colourTableLength(file.byte(10));
  for (let kind = file.byte(at); kind !== trailer; kind = file.byte(at)) {
    if (kind === extension) {
      at = afterSubBlocks(file, at + 2);
    } else if (kind === picture) {
      hasPixels = true;
      width = Math.max(width, file.uint16Little(at + 1) + file.uint16Little(at + 5));
      height = Math.max(height, file.uint16Little(at + 3) + file.uint16Little(at + 7));
      at = afterSubBlocks(file, at + 11 + colourTableLength(file.byte(at + 9)));
    } else {
      throw damaged();
    }
  }
  if (!hasPixels) throw damaged();
  return { width, height };
}

function colourTableLength(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 0x07) + 1) : 0;
}

function afterSubBlocks(file: ByteReader, start: number): number {
  let at = start;
  for (let length = file.byte(at); length !== 0; length = file.byte(at)) at += length + 1;
  return at + 1;
}
