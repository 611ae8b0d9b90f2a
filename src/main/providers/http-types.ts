import type { z } from 'zod';
import type { Refusal } from './http-failures.ts';
import type { CallOptions, ProviderError } from './provider.ts';

export interface HttpOptions {
  /** `http://host:port`, with a path where the service sits behind one. Name and password in it become basic authorization. */
  readonly baseUrl: string;
  /** The service's name, as people know it. */
  readonly name: string;
  /** A sentence that says what to do when nothing answers. */
  readonly remedy: string;
  /** Sent with every request to the service and to nobody else: its key. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What must never be repeated in an error or an answer, as it is written; the values of `headers` are known. */
  readonly secrets?: readonly string[];
  /** Further hosts of the same service, which get the key too: `api.example.com`, `*.example.com`. Only over https. */
  readonly alsoTrusted?: readonly string[];
  /** For services of one's own network: the headers may go over plain http to other computers. */
  readonly allowsPlainHttp?: boolean;
  readonly connectTimeoutMs?: number;
  /** From the request to the first byte of the answer. */
  readonly headersTimeoutMs?: number;
  /** Between two pieces of a body. */
  readonly bodyTimeoutMs?: number;
  /** Largest JSON answer, in bytes. */
  readonly largestJson?: number;
  /** Largest file, in bytes. */
  readonly largestDownload?: number;
  /** Connections that are kept; the rest of the requests wait for one. */
  readonly connections?: number;
}

export interface AskOptions extends CallOptions {
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** For the whole exchange, in milliseconds; 2 minutes, or 15 for a file or a paid call, where it is left out. */
  readonly timeoutMs?: number;
  /** From the request to the first byte of the answer, where it differs from the connection's. */
  readonly headersTimeoutMs?: number;
  /** Statuses beyond 2xx whose body is an answer for the reader, too. */
  readonly alsoAccept?: readonly number[];
  /** Says what a refusal means; null leaves it to the common table. */
  readonly explain?: (refusal: Refusal) => ProviderError | null;
}

export interface Upload {
  readonly field: string;
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** A body of bytes that is neither JSON nor a form. */
export class RawBody {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  constructor(bytes: Uint8Array, mimeType: string) {
    this.bytes = bytes;
    this.mimeType = mimeType;
  }
}

/** An answer that was accepted. */
export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly header: (name: string) => string | null;
  readonly bytes: Buffer;
  /** The body as JSON; null for an empty one. Throws ProviderError where it is none. */
  readonly json: () => unknown;
}

/** Takes what is needed out of an answer: a schema for its JSON, or a function, which may throw ProviderError. */
export type Read<T> = z.ZodType<T> | ((answer: Answer) => T);

/**
 * The connections to one service. The verbs differ in what a lost answer means: after `pay` it is `unknown_outcome`, because the
 * service may have done and charged it; after `get`, `getFile` and `download` it is safe to ask again; after `post` and `upload`
 * the caller must know how to look whether it arrived. Nothing is ever sent a second time here. All throw ProviderError.
 * A path belongs to the base URL; a whole URL must belong to the service, or the request is refused before it leaves with the key.
 * A body is JSON unless it is a FormData or a RawBody. An accepted refusal that isn't JSON is `null` for a schema.
 */
export interface Http {
  get<T>(path: string, read: Read<T>, options: AskOptions): Promise<T>;
  post<T>(path: string, body: unknown, read: Read<T>, options: AskOptions): Promise<T>;
  pay<T>(path: string, body: unknown, read: Read<T>, options: AskOptions): Promise<T>;
  upload<T>(path: string, upload: Upload, read: Read<T>, options: AskOptions): Promise<T>;
  /** A file of the service itself. */
  getFile(path: string, options: AskOptions): Promise<Buffer>;
  /**
   * A result at an address that the service named: anybody's, so without the key, over https only, not into this network (both
   * unless the service itself is on this machine), at most `redirects` redirects (none), and a picture or video by its bytes.
   */
  download(url: string, options: CallOptions & { redirects?: number; timeoutMs?: number }): Promise<Buffer>;
  /** The address of a WebSocket of this service, with what it must be opened with. */
  socketUrl(path: string, query: Readonly<Record<string, string>>): { url: string; headers: Record<string, string> };
  readonly address: string;
  /** To the service itself: open now, and the most there may be. */
  connections(): { readonly open: number; readonly most: number };
  close(): Promise<void>;
}
