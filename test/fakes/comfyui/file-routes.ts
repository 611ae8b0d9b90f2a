import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FileStore } from './file-store.ts';
import { empty, json, trouble, type Answer } from './http-answers.ts';

const escapes = (folder: string): boolean => folder.split(/[\\/]/).includes('..');

export async function uploadImage(files: FileStore, headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return empty(400);
  const form = await new Response(new Uint8Array(body), { headers: { 'Content-Type': type } }).formData();
  const image = form.get('image');
  if (image === null) return empty(400);
  if (typeof image === 'string') return trouble();
  const field = (name: string, usual: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value : usual;
  };
  const place = field('type', 'input');
  if (!files.isPlace(place)) return trouble();
  const subfolder = field('subfolder', '');
  if (escapes(subfolder)) return empty(400);
  const overwrite = ['true', '1'].includes(field('overwrite', ''));
  const bytes = Buffer.from(await image.arrayBuffer());
  const { filename, ...rest } = files.upload({ filename: image.name, subfolder, type: place }, bytes, overwrite);
  return json({ name: filename, ...rest });
}

function contentType(bytes: Buffer): string {
  if (bytes[0] === 0x89) return 'image/png';
  if (bytes[0] === 0xff) return 'image/jpeg';
  if (bytes.subarray(0, 4).toString('latin1') === 'RIFF') return 'image/webp';
  return 'text/plain';
}

/** A stored file, byte for byte, whole or the range that was asked for. */
export function viewFile(files: FileStore, query: URLSearchParams, headers: IncomingHttpHeaders): Answer {
  const named = query.get('filename');
  if (named === null) return empty(404);
  if (named === '' || named.startsWith('/') || named.includes('..')) return empty(400);
  const annotated = / \[(input|output|temp)\]$/.exec(named);
  const filename = named.slice(0, annotated?.index);
  const type = annotated?.[1] ?? query.get('type') ?? 'output';
  if (!files.isPlace(type)) return empty(400);
  const subfolder = query.get('subfolder') ?? '';
  if (escapes(subfolder)) return empty(403);
  const bytes = files.read({ filename, subfolder, type });
  if (!bytes) return empty(404);
  const etag = `"${createHash('sha1').update(bytes).digest('hex').slice(0, 16)}"`;
  const common = {
    'Content-Disposition': `filename="${filename}"`,
    'Accept-Ranges': 'bytes',
    ETag: etag,
    'X-Content-Type-Options': 'nosniff',
  };
  const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
  if (!range) return { status: 200, type: contentType(bytes), body: bytes, headers: common };
  const start = Number(range[1]);
  const end = range[2] ? Math.min(Number(range[2]), bytes.length - 1) : bytes.length - 1;
  return {
    status: 206,
    type: contentType(bytes),
    body: bytes.subarray(start, end + 1),
    headers: { ...common, 'Content-Range': `bytes ${start}-${end}/${bytes.length}` },
  };
}
