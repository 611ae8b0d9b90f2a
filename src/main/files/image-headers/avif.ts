import { turned } from './exif-orientation.ts';
import { boxes, findBox, type Box } from './boxes.ts';
import { damaged, truncated, type ByteReader, type PixelSize } from './read-bytes.ts';

/** Finds the size of the primary picture in an AVIF's metadata, turned as the file asks for. */
export function readAvifSize(file: ByteReader): PixelSize {
  const outer = boxes(file, 0, file.length);
  const meta = outer.find((box) => box.name === 'meta');
  if (!meta || !outer.some((box) => box.name === 'mdat' || box.name === 'idat')) throw truncated();
  const inner = boxes(file, meta.start + 4, meta.end);
  const primary = primaryItem(file, findBox(inner, 'pitm'));
  const properties = findBox(inner, 'iprp');
  const parts = boxes(file, properties.start, properties.end);
  const container = findBox(parts, 'ipco');
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
