import { PreviewMetadata } from './answers.ts';

/** A picture in a binary message. `promptId` is null where the frame doesn't tell whose it is. */
export interface PreviewFrame {
  readonly promptId: string | null;
  readonly mimeType: 'image/jpeg' | 'image/png';
  readonly bytes: Uint8Array;
}

function mimeTypeOf(bytes: Uint8Array): PreviewFrame['mimeType'] | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg';
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return 'image/png';
  return null;
}

function readMetadata(bytes: Uint8Array): string | null | undefined {
  try {
    return PreviewMetadata.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data?.prompt_id;
  } catch {
    return undefined;
  }
}

/** Reads a binary message; null for kinds that hold no picture and for what isn't whole. Integers are big-endian. */
export function parseFrame(data: Uint8Array): PreviewFrame | null {
  if (data.length < 8) return null;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const kind = view.getUint32(0);
  if (kind === 1) {
    const bytes = data.subarray(8);
    const mimeType = mimeTypeOf(bytes);
    return mimeType && { promptId: null, mimeType, bytes };
  }
  if (kind !== 4) return null;
  const end = 8 + view.getUint32(4);
  if (end >= data.length) return null;
  const promptId = readMetadata(data.subarray(8, end));
  const bytes = data.subarray(end);
  const mimeType = mimeTypeOf(bytes);
  return promptId && mimeType ? { promptId, mimeType, bytes } : null;
}
