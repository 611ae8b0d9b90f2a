import { ImageProblem } from '../image-problem.ts';

/** Width and height in pixels, as the file says. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** Big-endian or little-endian whole numbers of a file that may end too early or lie. */
export interface ByteReader {
  readonly length: number;
  byte(at: number): number;
  uint16(at: number): number;
  uint16Little(at: number): number;
  uint24Little(at: number): number;
  uint32(at: number): number;
  uint32Little(at: number): number;
  /** The four characters of a chunk's or box's name. */
  name(at: number): string;
}

export function truncated(): ImageProblem {
  return new ImageProblem('truncated', 'The picture is incomplete: its file ends too early.');
}

export function damaged(): ImageProblem {
  return new ImageProblem('notAnImage', 'The picture is damaged: its file does not hold what it announces.');
}

/** Every reading beyond the end throws the ImageProblem `truncated`. */
export function readBytes(bytes: Uint8Array): ByteReader {
  const byte = (at: number): number => {
    const value = bytes[at];
    if (value === undefined) throw truncated();
    return value;
  };
  const uint16 = (at: number): number => byte(at) * 0x100 + byte(at + 1);
  const uint16Little = (at: number): number => byte(at) + byte(at + 1) * 0x100;
  return {
    length: bytes.length,
    byte,
    uint16,
    uint16Little,
    uint24Little: (at) => uint16Little(at) + byte(at + 2) * 0x1_0000,
    uint32: (at) => uint16(at) * 0x1_0000 + uint16(at + 2),
    uint32Little: (at) => uint16Little(at) + uint16Little(at + 2) * 0x1_0000,
    name: (at) => String.fromCharCode(byte(at), byte(at + 1), byte(at + 2), byte(at + 3)),
  };
}
