import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import parseRange from 'range-parser';

/** Up to here a file is answered in one piece, which is faster than a stream. */
const wholeUpToBytes = 1_000_000;

export interface ServedFile {
  readonly path: string;
  readonly mimeType: string;
  /** The same tag, the same bytes. */
  readonly etag: string;
}

/** Answers with a file that never changes under its address: length, type, tag, byte ranges. Null where the file is gone. */
export async function serveFile(request: Request, { path, mimeType, etag }: ServedFile): Promise<Response | null> {
  const info = await stat(path).catch(() => null);
  if (!info?.isFile()) return null;
  const headers = new Headers({
    'content-type': mimeType,
    etag: `"${etag}"`,
    'cache-control': 'private, max-age=31536000, immutable',
    'accept-ranges': 'bytes',
  });
  if (request.headers.get('if-none-match')?.includes(`"${etag}"`)) return new Response(null, { status: 304, headers });
  const range = wantedRange(request, info.size);
  if (range === 'impossible') {
    headers.set('content-range', `bytes */${info.size}`);
    return new Response(null, { status: 416, headers });
  }
  const { start, end } = range ?? { start: 0, end: info.size - 1 };
  headers.set('content-length', `${end - start + 1}`);
  if (range) headers.set('content-range', `bytes ${start}-${end}/${info.size}`);
  const status = range ? 206 : 200;
  if (request.method === 'HEAD' || info.size === 0) return new Response(null, { status, headers });
  if (!range && info.size <= wholeUpToBytes) return new Response(await readFile(path), { status, headers });
  return new Response(Readable.toWeb(createReadStream(path, { start, end })) as ReadableStream, { status, headers });
}

/** One range at the most: null means the whole file, also where several were asked for. */
function wantedRange(request: Request, size: number): { start: number; end: number } | 'impossible' | null {
  const header = request.headers.get('range');
  if (header === null) return null;
  const ranges = parseRange(size, header);
  if (ranges === -1) return 'impossible';
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return null;
  return ranges[0] ?? null;
}
