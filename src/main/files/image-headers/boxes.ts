import { damaged, truncated, type ByteReader } from './read-bytes.ts';

/** A part of a file of the ISO base media format (ISO 14496-12), to which AVIF and MP4 belong. */
export interface Box {
  readonly name: string;
  /** Where its content begins and ends. */
  readonly start: number;
  readonly end: number;
}

/** Far more than any real file has; a lie about the count must not cost time. */
const mostBoxes = 10_000;

/** The boxes between two places of a file, in their order. */
export function boxes(file: ByteReader, from: number, to: number): Box[] {
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

/** Throws the ImageProblem of a damaged file where there is none. */
export function findBox(among: readonly Box[], name: string): Box {
  const box = among.find((candidate) => candidate.name === name);
  if (!box) throw damaged();
  return box;
}
