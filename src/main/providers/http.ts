import { Agent, FormData, Pool, type Dispatcher } from 'undici';
import { fetchResult, type ResultSource } from './fetch-result.ts';
import { failureOfConnection, somethingElse, type Peer } from './http-failures.ts';
import { RawBody, type AskOptions, type Http, type HttpOptions, type Read } from './http-types.ts';
import { ProviderError } from './provider.ts';
import { isLoopbackHost, lookupPublic } from './public-address.ts';
import { contentTypeOf, failureOfAnswer, readAnswer } from './read-answer.ts';
import { createRedaction } from './redaction.ts';
import { sendRequest, type Received } from './send-request.ts';
import { step } from '../step.ts';

/** Headers that hold a key. */
const credentialHeader = /auth|key|token|secret/i;

const megabyte = 1_000_000;
/** Services draw while the connection is silent. */
const shortTimeoutMs = 120_000;
/** For those who look for signs of life by themselves. */
const endlessMs = 24 * 3_600_000;
const longTimeoutMs = 900_000;
const paidHeadersTimeoutMs = 300_000;

function parseBaseUrl(baseUrl: string): URL {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new ProviderError('invalid_request', `"${baseUrl}" is not an address. It must begin with http:// or https://.`);
}

export function createHttp(options: HttpOptions): Http {
  const url = parseBaseUrl(options.baseUrl);
  const prefix = url.pathname.replace(/\/+$/, '');
  const address = `${url.origin}${prefix}`;
  const peer: Peer = { name: options.name, address, remedy: options.remedy };
  const isOnThisMachine = isLoopbackHost(url.hostname);
  const { largestJson = 64 * megabyte, largestDownload = 1000 * megabyte } = options;
  const credentials =
    url.username === '' ? null : `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const ownHeaders: Record<string, string> = {
    ...(credentials === null ? {} : { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }),
    ...options.headers,
  };
  const redact = createRedaction([
    ...Object.entries(ownHeaders).flatMap(([name, value]) => (credentialHeader.test(name) ? [value] : [])),
    ...(options.secrets ?? []),
    url.password,
  ]);
  if (url.protocol === 'http:' && !isOnThisMachine && options.headers && !options.allowsPlainHttp) {
    throw new ProviderError(
      'invalid_request',
      `${options.name} is to be reached at ${url.origin}, where everybody on the way could read your key. Use an address that begins with https://.`,
    );
  }
  const limits = {
    connections: options.connections ?? 8,
    headersTimeout: options.headersTimeoutMs ?? 30_000,
    bodyTimeout: options.bodyTimeoutMs ?? 30_000,
  };
  const connect = { timeout: options.connectTimeoutMs ?? 5000 };
  const pool = new Pool(url.origin, { ...limits, connect });
  // Other hosts: of the service itself, which are trusted, and of strangers, where results lie.
  let trustedHosts: Dispatcher | null = null;
  let strangers: Dispatcher | null = null;
  const openTrusted = (): Dispatcher => (trustedHosts ??= new Agent({ ...limits, connect }));
  const openStrangers = (): Dispatcher =>
    (strangers ??= new Agent({ ...limits, connect: isOnThisMachine ? connect : { ...connect, lookup: lookupPublic } }));

  const results: ResultSource = { peer, isOnThisMachine, dispatcher: openStrangers, largest: largestDownload };

  const isTrusted = (other: URL): boolean => {
    if (other.origin === url.origin) return true;
    if (options.alsoTrusted === undefined) return false;
    if (isOnThisMachine) return other.hostname === url.hostname;
    if (other.protocol !== 'https:' || other.port !== '') return false;
    return options.alsoTrusted.some((host) =>
      host.startsWith('*.') ? other.hostname.endsWith(host.slice(1)) : other.hostname === host,
    );
  };

  /** Where a request of the service goes. Throws for a URL that isn't the service's. */
  const placeOf = (path: string): { dispatcher: Dispatcher; origin: string; path: string } => {
    if (path.startsWith('/') || path === '')
      return { dispatcher: pool, origin: url.origin, path: `${prefix}${path}` || '/' };
    const other = URL.canParse(path) ? new URL(path) : null;
    if (!other || !isTrusted(other)) {
      throw new ProviderError(
        'server',
        `${peer.name} named an address that is not its own. Easel does not send the key there.`,
        {
          providerText: other?.host ?? null,
        },
      );
    }
    const dispatcher = other.origin === url.origin ? pool : openTrusted();
    return { dispatcher, origin: other.origin, path: `${other.pathname}${other.search}` };
  };

  /** Uploads and files take as long as they are large, and a service that may be silent for long must not be cut off before. */
  const wholeTime = (
    { isPaid, largest }: { isPaid: boolean; largest: number },
    body: unknown,
    silentMs: number | undefined,
  ): number => {
    if (silentMs === 0) return endlessMs;
    const isLarge = isPaid || largest === largestDownload || body instanceof FormData || body instanceof RawBody;
    return Math.max(isLarge ? longTimeoutMs : shortTimeoutMs, (silentMs ?? 0) + shortTimeoutMs);
  };

  const jsonHeaders = { ...ownHeaders, 'content-type': jsonType };

  /** The usual headers are made once. */
  const headersOf = (type: string | null, more: AskOptions['headers']): Record<string, string> => {
    if (more === undefined && type === null) return ownHeaders;
    if (more === undefined && type === jsonType) return jsonHeaders;
    return { ...ownHeaders, ...(type === null ? {} : { 'content-type': type }), ...more };
  };

  const exchange = async (
    verb: { method: 'GET' | NonNullable<AskOptions['method']>; isPaid: boolean; largest: number },
    path: string,
    { signal, query, timeoutMs, ...more }: AskOptions,
    body: unknown,
  ): Promise<Received> => {
    const { isPaid, largest } = verb;
    let wasSent = false;
    try {
      const { dispatcher, ...place } = placeOf(path);
      const { content, type } = contentOf(body);
      const request: Dispatcher.DispatchOptions = {
        ...place,
        method: verb.method,
        headers: headersOf(type, more.headers),
        body: content,
      };
      const headersTimeout = more.headersTimeoutMs ?? (isPaid ? paidHeadersTimeoutMs : undefined);
      if (headersTimeout !== undefined) request.headersTimeout = headersTimeout;
      if (query) request.query = query;
      const received = await sendRequest(dispatcher, request, {
        signal,
        timeoutMs: timeoutMs ?? wholeTime(verb, body, more.headersTimeoutMs ?? options.headersTimeoutMs),
        largest,
        serviceName: peer.name,
        onSending: () => {
          wasSent = true;
        },
      });
      return redact(received);
    } catch (error) {
      throw failureOfConnection(error, peer, signal, { isPaid, wasSent });
    }
  };

  const send = async <T>(
    path: string,
    body: unknown,
    read: Read<T>,
    options: AskOptions,
    isPaid: boolean,
  ): Promise<T> => {
    const verb = { method: options.method ?? 'POST', isPaid, largest: largestJson } as const;
    return readAnswer(await exchange(verb, path, options, body), read, options, { peer, isPaid });
  };

  return {
    address,
    async get(path, read, options) {
      const verb = { method: 'GET', isPaid: false, largest: largestJson } as const;
      return readAnswer(await exchange(verb, path, options, null), read, options, { peer, isPaid: false });
    },
    post: (path, body, read, options) => send(path, body, read, options, false),
    pay: (path, body, read, options) => send(path, body, read, options, true),
    upload(path, { field, fileName, mimeType, bytes }, read, options) {
      const form = new FormData();
      form.append(field, new Blob([new Uint8Array(bytes)], { type: mimeType }), fileName);
      return send(path, form, read, options, false);
    },
    async getFile(path, options) {
      step('downloading');
      const verb = { method: 'GET', isPaid: false, largest: largestDownload } as const;
      const received = await exchange(verb, path, options, null);
      if (received.status < 200 || received.status >= 300) {
        throw failureOfAnswer(received, options.explain, { peer, isPaid: false });
      }
      if (contentTypeOf(received).includes('html')) throw somethingElse(peer);
      return received.bytes;
    },
    async download(text, { signal, redirects = 0, timeoutMs = longTimeoutMs }) {
      step('downloading');
      return fetchResult(results, text, { signal, redirects, endsAt: performance.now() + timeoutMs });
    },
    socketUrl(path, query) {
      const socket = new URL(`${prefix}${path}`, url.origin);
      socket.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
      for (const [name, value] of Object.entries(query)) socket.searchParams.set(name, value);
      return { url: socket.href, headers: ownHeaders };
    },
    connections: () => ({ open: pool.stats.connected, most: limits.connections }),
    close: async () => {
      await Promise.all([pool.destroy(), trustedHosts?.destroy(), strangers?.destroy()]);
    },
  };
}

const jsonType = 'application/json';

function contentOf(body: unknown): { content: string | FormData | Uint8Array | null; type: string | null } {
  if (body === null || body === undefined) return { content: null, type: null };
  if (body instanceof FormData) return { content: body, type: null };
  if (body instanceof RawBody) return { content: body.bytes, type: body.mimeType };
  return { content: JSON.stringify(body), type: jsonType };
}
