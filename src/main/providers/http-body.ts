import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { ProviderError } from './provider.ts';

const megabyte = 1_000_000;
const firstMemory = 65_536;

const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

export type Headers = Dispatcher.ResponseData['headers'];

export function headerOf(headers: Headers, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/**
 * Memory that V8's collector doesn't count. Counted, every third picture made it search the whole heap for garbage (10 ms of
 * the main thread), because few small objects hold megabytes.
 */
function newMemory(bytes: number): Buffer<SharedArrayBuffer> {
  return Buffer.from(new SharedArrayBuffer(bytes));
}

/** The whole body of an answer, unpacked, at most `largest` bytes before as after. Throws ProviderError for more, Node's error for a broken one. */
export async function readBody(
  { body, headers }: Dispatcher.ResponseData,
  largest: number,
  serviceName: string,
): Promise<Buffer> {
  // A body that is given up reports that as an error, which nobody listening would make fatal.
  body.on('error', () => undefined);
  const tooLarge = (): ProviderError =>
    new ProviderError(
      'server',
      `${serviceName} sent more than ${Math.round(largest / megabyte)} MB, which Easel does not take.`,
    );
  const announced = Number(headerOf(headers, 'content-length') ?? 0) || 0;
  if (announced > largest) {
    body.destroy();
    throw tooLarge();
  }
  // Filled as it comes: a picture is in memory once, not in pieces and whole.
  let bytes = newMemory(announced || firstMemory);
  let length = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    // Leaving the loop destroys the body, so the rest is never fetched.
    if (length + part.length > largest) throw tooLarge();
    if (length + part.length > bytes.length) {
      const larger = newMemory(Math.min(largest, Math.max(2 * bytes.length, length + part.length)));
      bytes.copy(larger, 0, 0, length);
      bytes = larger;
    }
    part.copy(bytes, length);
    length += part.length;
  }
  const received = bytes.subarray(0, length);
  const encoding = headerOf(headers, 'content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || length === 0) return received;
  const decode = decoders[encoding as keyof typeof decoders] as (typeof decoders)['gzip'] | undefined;
  if (!decode) throw new ProviderError('server', `${serviceName} packed its answer in a way Easel does not know.`);
  return decode(received, { maxOutputLength: largest }).catch((error: unknown) => {
    const isTooLarge = (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
    throw isTooLarge ? tooLarge() : error;
  });
}
