import { FormData, Pool, type Dispatcher } from 'undici';
import type { z } from 'zod';
import { failureOfConnection, failureOfStatus, somethingElse, type Peer, type Refusal } from './http-failures.ts';
import { ProviderError, type CallOptions } from './provider.ts';
import { step } from '../step.ts';

export interface HttpOptions {
  /** `http://host:port`, with a path where the service sits behind one. Name and password in it become basic authorization. */
  readonly baseUrl: string;
  /** The service's name, as people know it. */
  readonly name: string;
  /** A sentence that says what to do when nothing answers. */
  readonly remedy: string;
  readonly connectTimeoutMs?: number;
  /** From the request to the first byte of the answer. */
  readonly headersTimeoutMs?: number;
  /** Between two pieces of a body. */
  readonly bodyTimeoutMs?: number;
  /** Largest JSON answer, in bytes. */
  readonly largestJson?: number;
  /** Largest download, in bytes. */
  readonly largestDownload?: number;
}

export interface AskOptions extends CallOptions {
  readonly query?: Readonly<Record<string, string | number>>;
  /** For the whole exchange, in milliseconds; without it only the limits of the connection hold. */
  readonly timeoutMs?: number;
  /** Statuses beyond 2xx whose body is an answer for the schema, too. */
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

/**
 * The connections to one service. The verbs differ in what a lost answer means: after `get` and `download` it is safe to ask
 * again; after `post` and `upload` the caller must know how to look whether it arrived. All throw ProviderError.
 * Answers are given to the schema as JSON; a body that is empty, or an accepted refusal that isn't JSON, is `null` for it.
 */
export interface Http {
  get<T>(path: string, schema: z.ZodType<T>, options: AskOptions): Promise<T>;
  post<T>(path: string, body: unknown, schema: z.ZodType<T>, options: AskOptions): Promise<T>;
  upload<T>(path: string, upload: Upload, schema: z.ZodType<T>, options: AskOptions): Promise<T>;
  download(path: string, options: AskOptions): Promise<Uint8Array>;
  /** The address of a WebSocket of this service, with what it must be opened with. */
  socketUrl(path: string, query: Readonly<Record<string, string>>): { url: string; headers: Record<string, string> };
  readonly address: string;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | null;
  readonly bytes: Buffer;
}

const megabyte = 1_000_000;

function headerOf(headers: Dispatcher.ResponseData['headers'], name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** Parses JSON as Python writes it, with bare NaN and Infinity. Throws SyntaxError. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const strict = text.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (word) =>
      word.startsWith('"') ? word : 'null',
    );
    return JSON.parse(strict) as unknown;
  }
}

function parseBaseUrl(baseUrl: string): URL {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new ProviderError('invalid_request', `"${baseUrl}" is not an address. It must begin with http:// or https://.`);
}

/**
 * Memory that V8's collector doesn't count. Counted, every third picture made it search the whole heap for garbage (10 ms of
 * the main thread), because few small objects hold megabytes.
 */
function newMemory(bytes: number): Buffer<SharedArrayBuffer> {
  return Buffer.from(new SharedArrayBuffer(bytes));
}

export function createHttp(options: HttpOptions): Http {
  const url = parseBaseUrl(options.baseUrl);
  const prefix = url.pathname.replace(/\/+$/, '');
  const address = `${url.origin}${prefix}`;
  const peer: Peer = { name: options.name, address, remedy: options.remedy };
  const { largestJson = 64 * megabyte, largestDownload = 100 * megabyte } = options;
  const credentials =
    url.username === '' ? null : `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const ownHeaders: Record<string, string> =
    credentials === null ? {} : { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
  const pool = new Pool(url.origin, {
    connections: 8,
    connect: { timeout: options.connectTimeoutMs ?? 5000 },
    headersTimeout: options.headersTimeoutMs ?? 30_000,
    bodyTimeout: options.bodyTimeoutMs ?? 30_000,
  });

  const readBody = async (response: Dispatcher.ResponseData, largest: number): Promise<Buffer> => {
    // A body that is given up reports that as an error, which nobody listening would make fatal.
    response.body.on('error', () => undefined);
    const announced = headerOf(response.headers, 'content-length');
    const tooLarge = (): ProviderError =>
      new ProviderError(
        'server',
        `${peer.name} sent more than ${Math.round(largest / megabyte)} MB, which Easel does not take.`,
      );
    if (Number(announced) > largest) {
      response.body.destroy();
      throw tooLarge();
    }
    // Filled as it comes: a picture is in memory once, not in pieces and whole.
    let bytes = newMemory(Number(announced ?? 0) || 65_536);
    let length = 0;
    for await (const part of response.body as AsyncIterable<Buffer>) {
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
    return bytes.subarray(0, length);
  };

  const exchange = async (
    method: 'GET' | 'POST',
    path: string,
    { signal, query, timeoutMs }: AskOptions,
    largest: number,
    body: { type: string | null; content: string | FormData } | null,
  ): Promise<Answer> => {
    const stop = timeoutMs === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const headers = { ...ownHeaders, ...(body?.type ? { 'content-type': body.type } : {}) };
    try {
      stop.throwIfAborted();
      const response = await pool.request({
        method,
        path: `${prefix}${path}`,
        headers,
        signal: stop,
        ...(query ? { query } : {}),
        ...(body ? { body: body.content } : {}),
      });
      return {
        status: response.statusCode,
        contentType: headerOf(response.headers, 'content-type') ?? '',
        retryAfter: headerOf(response.headers, 'retry-after'),
        bytes: await readBody(response, largest),
      };
    } catch (error) {
      throw failureOfConnection(error, peer, signal);
    }
  };

  const refuse = ({ status, contentType, retryAfter, bytes }: Answer, explain: AskOptions['explain']): never => {
    const text = bytes.toString('utf8');
    let json: unknown = null;
    if (contentType.includes('json')) {
      try {
        json = parseJson(text);
      } catch {
        json = null;
      }
    }
    const refusal = { status, json, text };
    throw explain?.(refusal) ?? failureOfStatus(refusal, peer, retryAfter);
  };

  const parse = <T>(answer: Answer, schema: z.ZodType<T>, options: AskOptions): T => {
    const isSuccess = answer.status >= 200 && answer.status < 300;
    if (!isSuccess && !options.alsoAccept?.includes(answer.status)) return refuse(answer, options.explain);
    const isJson = answer.contentType.includes('json');
    let value: unknown = null;
    if (isJson) {
      try {
        value = parseJson(answer.bytes.toString('utf8'));
      } catch (error) {
        throw somethingElse(peer, error);
      }
    } else if (isSuccess && answer.bytes.length > 0) {
      throw somethingElse(peer);
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw somethingElse(peer, parsed.error);
    return parsed.data;
  };

  return {
    address,
    async get(path, schema, options) {
      return parse(await exchange('GET', path, options, largestJson, null), schema, options);
    },
    async post(path, body, schema, options) {
      const content = { type: 'application/json', content: JSON.stringify(body) };
      return parse(await exchange('POST', path, options, largestJson, content), schema, options);
    },
    async upload(path, { field, fileName, mimeType, bytes }, schema, options) {
      const form = new FormData();
      form.append(field, new Blob([new Uint8Array(bytes)], { type: mimeType }), fileName);
      return parse(await exchange('POST', path, options, largestJson, { type: null, content: form }), schema, options);
    },
    async download(path, options) {
      step('downloading');
      const answer = await exchange('GET', path, options, largestDownload, null);
      if (answer.status < 200 || answer.status >= 300) return refuse(answer, options.explain);
      if (answer.contentType.includes('html')) throw somethingElse(peer);
      return answer.bytes;
    },
    socketUrl(path, query) {
      const socket = new URL(`${prefix}${path}`, url.origin);
      socket.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
      for (const [name, value] of Object.entries(query)) socket.searchParams.set(name, value);
      return { url: socket.href, headers: ownHeaders };
    },
    close: () => pool.destroy(),
  };
}
