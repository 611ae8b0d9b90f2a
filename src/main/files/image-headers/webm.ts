import { damaged, truncated, type ByteReader, type PixelSize } from './read-bytes.ts';

/** Elements of a Matroska file, which WebM is (RFC 9559), that hold others on the way to a track's size. */
const holders = new Set([0x1853_8067, 0x1654_ae6b, 0xae, 0xe0]);
const widthId = 0xb0;
const heightId = 0xba;
const mostElements = 10_000;

/** Finds the size of the first video track. */
export function readWebmSize(file: ByteReader): PixelSize {
  const found: { width?: number; height?: number } = {};
  let at = 0;
  for (let seen = 0; at < file.length && seen < mostElements; seen += 1) {
    const id = readId(file, at);
    const size = readSize(file, id.end);
    if (holders.has(id.value)) {
      // Goes on inside of it.
      at = size.end;
      continue;
    }
    if (id.value === widthId) found.width = readNumber(file, size.end, size.value);
    if (id.value === heightId) found.height = readNumber(file, size.end, size.value);
    if (found.width !== undefined && found.height !== undefined) return { width: found.width, height: found.height };
    at = size.end + size.value;
  }
  throw at >= file.length ? truncated() : damaged();
}

/** Bytes that a number with this first byte takes: one more than the zeros in front of its first one. */
function lengthOf(first: number): number {
  if (first === 0) throw damaged();
  return Math.clz32(first) - 24 + 1;
}

function readId(file: ByteReader, at: number): { value: number; end: number } {
  const end = at + lengthOf(file.byte(at));
  return { value: readNumber(file, at, end - at), end };
}

function readSize(file: ByteReader, at: number): { value: number; end: number } {
  const first = file.byte(at);
  const length = lengthOf(first);
  const rest = first & (0xff >> length);
  return { value: rest * 256 ** (length - 1) + readNumber(file, at + 1, length - 1), end: at + length };
}

function readNumber(file: ByteReader, at: number, length: number): number {
  let value = 0;
  for (let next = at; next < at + length; next += 1) value = value * 256 + file.byte(next);
  return value;
}
