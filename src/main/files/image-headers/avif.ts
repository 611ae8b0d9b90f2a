import { turned } from './exif-orientation.ts';
import { damaged, truncated, type ByteReader, type PixelSize } from './read-bytes.ts';

interface Box {
  readonly name: string;
  /** Where its content begins and ends. */
  readonly start: number;
  readonly end: number;
}

/** Far more than any real file has; a lie about the count must not cost time. */
const mostBoxes = 10_000;

/** Finds the size of the primary picture in an AVIF's metadata, turned as the file asks for. */
export function readAvifSize(file: ByteReader): PixelSize {
  const outer = boxes(file, 0, file.length);
  const meta = outer.find((box) => box.name === 'meta');
  if (!meta || !outer.some((box) => box.name === 'mdat' || box.name === 'idat')) throw truncated();
  const inner = boxes(file, meta.start + 4, meta.end);
  const primary = primaryItem(file, find(inner, 'pitm'));
  const properties = find(inner, 'iprp');
  const parts = boxes(file, properties.start, properties.end);
  const container = find(parts, 'ipco');
  const known = boxes(file, container.start, container.end);
  const own = parts
    .filter((box) => box.name === 'ipma')
    .flatMap((box) => propertiesOf(file, box, primary))
    .map((index) => known[index - 1]);
  const extent = own.find((box) => box?.name === 'ispe');
  if (!extent) throw damaged();
  const size = { width: file.uint32(extent.start + 4), height: file.uint32(extent.start + 8) };
  const rotation = own.find((box) => box?.name === 'irot');
  const isOnItsSide = rotation !== undefined && file.byte(rotation.start) % 2 === 1;
  return turned(size, isOnItsSide);
}

function boxes(file: ByteReader, from: number, to: number): Box[] {
  const found: Box[] = [];
  for (let at = from; at + 8 <= to && found.length < mostBoxes;) {
    const told = file.uint32(at);
    const name = file.name(at + 4);
    const isLong = told === 1;
    const length = isLong ? file.uint32(at + 8) * 2 ** 32 + file.uint32(at + 12) : told;
    const end = told === 0 ? to : at + length;
    const start = at + (isLong ? 16 : 8);
    if (end < start) throw damaged();
    if (end > to) throw truncated();
    found.push({ name, start, end });
    at = end;
  }
  return found;
}

function find(among: readonly Box[], name: string): Box {
  const box = among.find((candidate) => candidate.name === name);
  if (!box) throw damaged();
  return box;
}

function primaryItem(file: ByteReader, box: Box): number {
  return file.byte(box.start) === 0 ? file.uint16(box.start + 4) : file.uint32(box.start + 4);
}

/** The numbers, from 1, of the properties that belong to an item. */
function propertiesOf(file: ByteReader, box: Box, item: number): number[] {
  const version = file.byte(box.start);
  const isWide = (file.byte(box.start + 3) & 1) === 1;
  const own: number[] = [];
  let at = box.start + 8;
  for (let left = file.uint32(box.start + 4); left > 0 && at < box.end; left -= 1) {
    const id = version < 1 ? file.uint16(at) : file.uint32(at);
    at += version < 1 ? 2 : 4;
    const count = file.byte(at);
    at += 1;
    for (let index = 0; index < count; index += 1) {
      if (id === item) own.push(isWide ? file.uint16(at) & 0x7fff : file.byte(at) & 0x7f);
      at += isWide ? 2 : 1;
    }
  }
  return own;
}
