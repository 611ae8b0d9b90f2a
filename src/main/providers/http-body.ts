import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { ProviderError } from './provider.ts';

const megabyte = 1_000_000;
/** Below this, what came in is kept as it came: most answers are one piece. */
const largeBytes = 65_536;

const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

function tooLarge(largest: number, serviceName: string): ProviderError {
  const megabytes = Math.round(largest / megabyte);
  return new ProviderError('server', `${serviceName} sent more than ${megabytes} MB, which Easel does not take.`);
}

/**
 * Memory that V8's collector doesn't count. Counted, every third picture made it search the whole heap for garbage (10 ms of
 * the main thread), because few small objects hold megabytes.
 */
function newMemory(bytes: number): Buffer<SharedArrayBuffer> {
  return Buffer.from(new SharedArrayBuffer(bytes));
}

/**
 * Frees what was read from a socket at once, for the same reason. Only where a part is all of its memory: smaller ones may share
 * theirs with the rest of the program.
 */
function release({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

/** Takes a body as it comes, at most `largest` bytes of it: `add` throws ProviderError for more. A picture is in memory once. */
export class Body {
  readonly #largest: number;
  readonly #serviceName: string;
  #parts: Buffer[] = [];
  #memory: Buffer | null = null;
  #length = 0;
  /** The last part that was copied: whoever gave it may still look at it, until the next one comes. */
  #copied: Buffer | null = null;

  /** `announced`: the bytes that `Content-Length` promises; 0 where it says nothing. Throws ProviderError for too many. */
  constructor(announced: number, largest: number, serviceName: string) {
    if (announced > largest) throw tooLarge(largest, serviceName);
    this.#largest = largest;
    this.#serviceName = serviceName;
    if (announced > largeBytes) this.#memory = newMemory(announced);
  }

  add(part: Buffer): void {
    const length = this.#length + part.length;
    if (length > this.#largest) throw tooLarge(this.#largest, this.#serviceName);
    if (this.#memory === null && length <= largeBytes) this.#parts.push(part);
    else {
      const memory = this.#memory && length <= this.#memory.length ? this.#memory : this.#grow(length);
      part.copy(memory, this.#length);
      if (this.#copied && this.#copied.buffer !== part.buffer) release(this.#copied);
      this.#copied = part;
    }
    this.#length = length;
  }

  bytes(): Buffer {
    if (this.#memory) return this.#memory.subarray(0, this.#length);
    const [only] = this.#parts;
    return only && this.#parts.length === 1 ? only : Buffer.concat(this.#parts);
  }

  #grow(least: number): Buffer {
    const larger = newMemory(Math.min(this.#largest, Math.max(2 * this.#length, least, 4 * largeBytes)));
    let at = 0;
    for (const part of this.#memory ? [this.#memory.subarray(0, this.#length)] : this.#parts)
      at += part.copy(larger, at);
    this.#parts = [];
    this.#memory = larger;
    return larger;
  }
}

/** A body as it was before it was packed for the way. Throws ProviderError for one that is larger than it may be, Node's error for a broken one. */
export async function unpack(bytes: Buffer, encoding: string, largest: number, serviceName: string): Promise<Buffer> {
  const decode = decoders[encoding.trim().toLowerCase() as keyof typeof decoders] as
    (typeof decoders)['gzip'] | undefined;
  if (!decode) throw new ProviderError('server', `${serviceName} packed its answer in a way Easel does not know.`);
  return decode(bytes, { maxOutputLength: largest }).catch((error: unknown) => {
    throw (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(largest, serviceName) : error;
  });
}
