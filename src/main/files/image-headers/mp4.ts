import { boxes, findBox } from './boxes.ts';
import { damaged, truncated, type ByteReader, type PixelSize } from './read-bytes.ts';

/** Width and height stand in the last eight bytes of a track's header, with 16 bits after the point (ISO 14496-12, 8.3.2). */
const sizeFromEnd = 8;

/** Finds the size of a video's picture: that of its largest track, since sound has none. */
export function readMp4Size(file: ByteReader): PixelSize {
  const outer = boxes(file, 0, file.length);
  const movie = outer.find(({ name }) => name === 'moov');
  if (!movie || !outer.some(({ name }) => name === 'mdat')) throw truncated();
  const sizes = boxes(file, movie.start, movie.end)
    .filter(({ name }) => name === 'trak')
    .map((track) => {
      const { end } = findBox(boxes(file, track.start, track.end), 'tkhd');
      return { width: file.uint16(end - sizeFromEnd), height: file.uint16(end - sizeFromEnd + 4) };
    });
  const largest = sizes.reduce((best, size) => (size.width * size.height > best.width * best.height ? size : best), {
    width: 0,
    height: 0,
  });
  if (largest.width === 0) throw damaged();
  return largest;
}
