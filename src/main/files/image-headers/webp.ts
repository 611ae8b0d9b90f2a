import { liesOnItsSide, turned } from './exif-orientation.ts';
import { damaged, truncated, type ByteReader, type PixelSize } from './read-bytes.ts';

const firstChunk = 12;
const chunkFrame = 8;

const hasExifFlag = 0x08;
const exifName = 'Exif';

/** Walks the chunks of a WebP inside the length its RIFF header announces. The size is the one it is shown in. */
export function readWebpSize(file: ByteReader, bytes: Uint8Array): PixelSize {
  const end = file.uint32Little(4) + 8;
  if (end > file.length) throw truncated();
  let size: PixelSize | null = null;
  let hasPixels = false;
  let announcesExif = false;
  let isOnItsSide = false;
  for (let at = firstChunk; at + chunkFrame <= end;) {
    const name = file.name(at);
    const length = file.uint32Little(at + 4);
    const content = at + chunkFrame;
    at = content + length + (length % 2);
    // The last chunk's padding byte is missing in files of some old encoders.
    if (content + length > end) throw truncated();
    if (name === 'VP8X') {
      size = canvasSize(file, content);
      announcesExif = (file.byte(content) & hasExifFlag) !== 0;
    }
    if (name === 'EXIF' && announcesExif && length > 4) {
      // Some programs repeat the beginning that belongs to JPEG.
      const start = file.name(content) === exifName ? content + 6 : content;
      isOnItsSide = liesOnItsSide(bytes.subarray(start, content + length));
    }
    if (name === 'ANMF') hasPixels = true;
    if (name === 'VP8 ' || name === 'VP8L') {
      hasPixels = true;
      size ??= name === 'VP8 ' ? lossySize(file, content) : losslessSize(file, content);
    }
  }
  if (!size || !hasPixels) throw damaged();
  return turned(size, isOnItsSide);
}

function canvasSize(file: ByteReader, at: number): PixelSize {
  return { width: file.uint24Little(at + 4) + 1, height: file.uint24Little(at + 7) + 1 };
}

function lossySize(file: ByteReader, at: number): PixelSize {
  const hasStartCode = file.byte(at + 3) === 0x9d && file.byte(at + 4) === 0x01 && file.byte(at + 5) === 0x2a;
  if (!hasStartCode) throw damaged();
  return { width: file.uint16Little(at + 6) & 0x3fff, height: file.uint16Little(at + 8) & 0x3fff };
}

function losslessSize(file: ByteReader, at: number): PixelSize {
  if (file.byte(at) !== 0x2f) throw damaged();
  const bits = file.uint32Little(at + 1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}
