import { createHash } from 'node:crypto';
import sharp from 'sharp';

/** A picture of large blocks whose colours, and so whose bytes, are those of this text and seed alone. */
export async function makePicture(wish: {
  width: number;
  height: number;
  text: string;
  seed: number;
  format?: 'png' | 'jpg' | 'webp';
}): Promise<Buffer> {
  const colours = createHash('sha512').update(`${wish.seed}\n${wish.text}`).digest().subarray(0, 48);
  const blocks = sharp(colours, { raw: { width: 4, height: 4, channels: 3 } }).resize(wish.width, wish.height, {
    kernel: 'nearest',
    fit: 'fill',
  });
  switch (wish.format ?? 'png') {
    case 'png':
      return blocks.png({ compressionLevel: 1 }).toBuffer();
    case 'jpg':
      return blocks.jpeg().toBuffer();
    case 'webp':
      return blocks.webp({ effort: 0 }).toBuffer();
  }
}

function box(type: string, ...contents: Uint8Array[]): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + contents.reduce((length, content) => length + content.length, 0));
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, ...contents]);
}

/** The beginning of an MP4 file, with one track of this size and no frames (ISO 14496-12). */
export function makeVideo({ width, height, text }: { width: number; height: number; text: string }): Buffer {
  const movieHeader = Buffer.alloc(100);
  movieHeader.writeUInt32BE(1000, 12);
  movieHeader.writeUInt32BE(5000, 16);
  const trackHeader = Buffer.alloc(84);
  trackHeader.writeUInt32BE(0x0000_0007, 0);
  trackHeader.writeUInt32BE(1, 12);
  trackHeader.writeUInt32BE(5000, 20);
  trackHeader.writeUInt32BE(width * 0x1_0000, 76);
  trackHeader.writeUInt32BE(height * 0x1_0000, 80);
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2avc1mp41', 'latin1')),
    box('moov', box('mvhd', movieHeader), box('trak', box('tkhd', trackHeader))),
    box('mdat', Buffer.from(text)),
  ]);
}
