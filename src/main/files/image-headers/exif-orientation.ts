import type { PixelSize } from './read-bytes.ts';

const orientationTag = 0x0112;
const shortNumber = 3;
const entryLength = 12;

/**
 * Whether an EXIF block (from its byte order mark on) says that the picture is shown turned by a quarter, as cameras held upright
 * write it. A block that can't be read says nothing: viewers ignore it, too.
 */
export function liesOnItsSide(exif: Uint8Array): boolean {
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  const has = (at: number, length: number): boolean => at + length <= view.byteLength;
  if (!has(0, 8)) return false;
  const mark = view.getUint16(0);
  const isLittle = mark === 0x4949;
  if (!isLittle && mark !== 0x4d4d) return false;
  const directory = view.getUint32(4, isLittle);
  if (!has(directory, 2)) return false;
  const end = directory + 2 + view.getUint16(directory, isLittle) * entryLength;
  for (let at = directory + 2; at < end && has(at, entryLength); at += entryLength) {
    if (view.getUint16(at, isLittle) !== orientationTag) continue;
    const orientation = view.getUint16(at + 2, isLittle) === shortNumber ? view.getUint16(at + 8, isLittle) : 1;
    return orientation >= 5 && orientation <= 8;
  }
  return false;
}

/** The size as it is shown. */
export function turned({ width, height }: PixelSize, isOnItsSide: boolean): PixelSize {
  return isOnItsSide ? { width: height, height: width } : { width, height };
}
