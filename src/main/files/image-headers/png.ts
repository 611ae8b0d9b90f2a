import { liesOnItsSide, turned } from './exif-orientation.ts';
import { damaged, truncated, type ByteReader, type PixelSize } from './read-bytes.ts';

const signatureLength = 8;
/** Length, name and checksum of a chunk. */
const chunkFrame = 12;

/** Walks the chunks of a PNG up to its end mark. The size is the one it is shown in. */
export function readPngSize(file: ByteReader, bytes: Uint8Array): PixelSize {
  if (file.uint32(signatureLength) !== 13 || file.name(signatureLength + 4) !== 'IHDR') throw damaged();
  const size = { width: file.uint32(signatureLength + 8), height: file.uint32(signatureLength + 12) };
  let hasPixels = false;
  let isOnItsSide = false;
  for (let at = signatureLength; ;) {
    const length = file.uint32(at);
    const name = file.name(at + 4);
    const content = at + 8;
    at += chunkFrame + length;
    if (at > file.length) throw truncated();
    if (name === 'IDAT') hasPixels = true;
    if (name === 'eXIf') isOnItsSide = liesOnItsSide(bytes.subarray(content, content + length));
    if (name === 'IEND') break;
  }
  if (!hasPixels) throw damaged();
  return turned(size, isOnItsSide);
}
