import { liesOnItsSide, turned } from './exif-orientation.ts';
import { damaged, truncated, type ByteReader, type PixelSize } from './read-bytes.ts';

const endOfImage = Buffer.from([0xff, 0xd9]);
const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
const startsFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

const metadataMarker = 0xe1;
const exifName = 'Exif\0\0';

/** Walks the segments of a JPEG up to its pixels and looks for the end mark behind them. The size is the one it is shown in. */
export function readJpegSize(file: ByteReader, bytes: Uint8Array): PixelSize {
  let size: PixelSize | null = null;
  let exif: Uint8Array | null = null;
  for (let at = 2; ;) {
    if (file.byte(at) !== 0xff) throw damaged();
    const marker = file.byte(at + 1);
    if (marker === 0xff) {
      at += 1;
    } else if (standsAlone(marker)) {
      at += 2;
    } else if (marker === 0xda) {
      const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf(endOfImage);
      // A preview inside the metadata has an end mark too; it comes before the pixels.
      if (end < at + 2) throw truncated();
      break;
    } else if (marker === 0xd9) {
      throw damaged();
    } else {
      const length = file.uint16(at + 2);
      if (length < 2) throw damaged();
      if (startsFrame(marker)) size = { width: file.uint16(at + 7), height: file.uint16(at + 5) };
      if (marker === metadataMarker) exif ??= exifIn(bytes.subarray(at + 4, at + 2 + length));
      at += 2 + length;
    }
  }
  if (!size) throw damaged();
  return turned(size, exif !== null && liesOnItsSide(exif));
}

function exifIn(segment: Uint8Array): Uint8Array | null {
  const isExif = Buffer.from(segment.subarray(0, exifName.length)).toString('latin1') === exifName;
  return isExif ? segment.subarray(exifName.length) : null;
}
