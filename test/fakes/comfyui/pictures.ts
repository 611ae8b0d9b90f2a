import { crc32, deflateSync } from 'node:zlib';

export interface Size {
  readonly width: number;
  readonly height: number;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

function header({ width, height }: Size): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([8, 2, 0, 0, 0], 8);
  return chunk('IHDR', data);
}

const drawn = new Map<string, Buffer>();

/** A slanted gradient whose colours follow from the seed. Rows only tell what changes from the row above, so it is quick to pack. */
function draw({ width, height }: Size, seed: number): Buffer {
  const key = `${width}x${height}:${seed % 997}`;
  const known = drawn.get(key);
  if (known) return known;
  const rows = Buffer.alloc((width * 3 + 1) * height);
  const base = [(seed * 67) % 200, (seed * 151 + 80) % 200, (seed * 211 + 40) % 200];
  const slope = [(seed % 5) + 1, ((seed >> 2) % 4) + 1, ((seed >> 3) % 3) + 1];
  for (let x = 0; x < width; x++) {
    for (let channel = 0; channel < 3; channel++) {
      const value = (base[channel] ?? 0) + Math.floor((x * 40 * (slope[channel] ?? 1)) / width);
      rows[1 + x * 3 + channel] = Math.min(255, value);
    }
  }
  const rowLength = width * 3 + 1;
  const darkenEvery = Math.max(2, Math.floor(height / 60));
  for (let y = 1; y < height; y++) {
    rows[y * rowLength] = 2;
    if (y % darkenEvery === 0) rows.fill(1, y * rowLength + 1, (y + 1) * rowLength);
  }
  const packed = chunk('IDAT', deflateSync(rows, { level: 1 }));
  if (drawn.size > 64) drawn.clear();
  drawn.set(key, packed);
  return packed;
}

function escapeNonAscii(text: string): string {
  return text.replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A PNG as SaveImage writes it: the chunks `prompt` and one per extra key before the pixels, JSON in plain ASCII. */
export function makePng(size: Size, seed: number, texts: Readonly<Record<string, unknown>>): Buffer {
  const chunks = Object.entries(texts).map(([key, value]) =>
    chunk('tEXt', Buffer.from(`${key}\0${escapeNonAscii(JSON.stringify(value))}`, 'latin1')),
  );
  return Buffer.concat([signature, header(size), ...chunks, draw(size, seed), chunk('IEND', Buffer.alloc(0))]);
}

/** A tiny file whose header promises 60,000 × 60,000 pixels. */
export function makeEnormousPng(): Buffer {
  return Buffer.concat([
    signature,
    header({ width: 60_000, height: 60_000 }),
    chunk('IDAT', deflateSync(Buffer.alloc(64))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Reads the size of a picture somebody uploaded; anything that is no picture counts as 64 × 64. */
export async function sizeOfPicture(bytes: Buffer): Promise<Size> {
  if (bytes.subarray(0, 8).equals(signature)) {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  try {
    const { default: sharp } = await import('sharp');
    const { width, height } = await sharp(bytes).metadata();
    return { width, height };
  } catch {
    return { width: 64, height: 64 };
  }
}
