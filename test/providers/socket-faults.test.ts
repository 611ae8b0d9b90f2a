import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createHttp } from '../../src/main/providers/http.ts';
import type { Http } from '../../src/main/providers/http-types.ts';
import { ProviderError } from '../../src/main/providers/provider.ts';
import type { ProviderErrorCode } from '../../src/shared/errors.ts';

const verbs = ['get', 'post', 'pay', 'download'] as const;
type Verb = (typeof verbs)[number];
type Categories = Readonly<Record<Verb, ProviderErrorCode | 'works'>>;

/** The same for all verbs, but what a paid request means where its answer is lost. */
const all = (code: ProviderErrorCode | 'works', paid: ProviderErrorCode | 'works' = code): Categories => ({
  get: code,
  post: code,
  pay: paid,
  download: code,
});
/** Of a result at somebody's address, a refusal says nothing about the key or the request: it is gone. */
const refused = (code: ProviderErrorCode, paid: ProviderErrorCode = code): Categories => ({
  ...all(code, paid),
  download: 'server',
});

interface Fault {
  readonly name: string;
  readonly means: Categories;
  /** Starts what answers, and says where. Null: an address where nobody is. */
  readonly start: () => Promise<string>;
  readonly retryAfterMs?: number | null;
}

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    if ('closeAllConnections' in server) (server as ReturnType<typeof createHttpServer>).closeAllConnections();
    server.close();
  }
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering = (listener: RequestListener) => () =>
  listen(
    createHttpServer((request, response) => {
      request.resume().on('end', () => {
        listener(request, response);
      });
    }),
  );
const raw = (onData: (write: (text: string) => void, reset: () => void) => void) => () =>
  listen(
    createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        onData(
          (text) => socket.write(text),
          () => socket.resetAndDestroy(),
        );
      });
    }),
  );
const status = (code: number, headers: Record<string, string> = {}, body = '{"why":"because"}') =>
  answering((_request, response) => {
    response.writeHead(code, { 'Content-Type': 'application/json', ...headers }).end(body);
  });

const faults: readonly Fault[] = [
  {
    name: 'nobody listens',
    means: all('network'),
    start: async () => {
      const server = createTcpServer();
      const url = await listen(server);
      await new Promise((resolve) => server.close(resolve));
      return url;
    },
  },
  {
    name: 'the name is unknown',
    means: all('offline'),
    start: () => Promise.resolve('https://nowhere.invalid'),
  },
  {
    name: 'reset before the request was read',
    means: all('network', 'unknown_outcome'),
    start: () =>
      listen(
        createTcpServer((socket) => {
          socket.on('error', () => undefined).on('readable', () => socket.resetAndDestroy());
        }),
      ),
  },
  {
    name: 'reset after the request was read',
    means: all('network', 'unknown_outcome'),
    start: raw((_write, reset) => {
      reset();
    }),
  },
  { name: 'hangs without an answer', means: all('timeout', 'unknown_outcome'), start: answering(() => undefined) },
  {
    name: 'stops in the middle of the body',
    means: all('timeout', 'unknown_outcome'),
    start: answering((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 1000 }).write('{"na');
    }),
  },
  {
    name: 'breaks in the middle of the body',
    means: all('network', 'unknown_outcome'),
    start: answering((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 1000 }).write('{"na');
      setTimeout(() => response.socket?.resetAndDestroy(), 20);
    }),
  },
  {
    name: 'trickles a body without end',
    means: all('timeout', 'unknown_outcome'),
    start: answering((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => {
        clearInterval(timer);
      });
    }),
  },
  {
    name: 'speaks no HTTP',
    means: all('server', 'unknown_outcome'),
    start: raw((write) => {
      write('500 What do you mean?\r\n');
    }),
  },
  ...[301, 302, 307, 308].map((code): Fault => ({
    name: `${code} to another host`,
    means: all('server'),
    start: status(code, { Location: 'http://127.0.0.1:9/elsewhere' }),
  })),
  { name: '303 to another host', means: refused('server', 'unknown_outcome'), start: status(303, { Location: '/x' }) },
  { name: '400', means: refused('invalid_request'), start: status(400) },
  { name: '401', means: refused('auth'), start: status(401) },
  { name: '402', means: refused('quota'), start: status(402) },
  { name: '403', means: refused('auth'), start: status(403) },
  { name: '404', means: refused('invalid_request'), start: status(404) },
  { name: '408', means: refused('timeout', 'unknown_outcome'), start: status(408) },
  { name: '524, of a proxy', means: all('server', 'unknown_outcome'), start: status(524) },
  { name: '422', means: refused('invalid_request'), start: status(422) },
  { name: '429', means: all('rate_limit'), start: status(429), retryAfterMs: null },
  {
    name: '429, Retry-After: 7',
    means: all('rate_limit'),
    start: status(429, { 'Retry-After': '7' }),
    retryAfterMs: 7000,
  },
  {
    name: '429, Retry-After: 1.5',
    means: all('rate_limit'),
    start: status(429, { 'Retry-After': '1.5' }),
    retryAfterMs: 1500,
  },
  {
    name: '429, Retry-After: a date',
    means: all('rate_limit'),
    start: answering((_request, response) => {
      const inAMinute = new Date(Date.now() + 60_000).toUTCString();
      response.writeHead(429, { 'Retry-After': inAMinute }).end();
    }),
    retryAfterMs: 60_000,
  },
  {
    name: '429, Retry-After: a date gone by',
    means: all('rate_limit'),
    start: status(429, { 'Retry-After': 'Wed, 21 Oct 2015 07:28:00 GMT' }),
    retryAfterMs: 0,
  },
  {
    name: '429, Retry-After: soon',
    means: all('rate_limit'),
    start: status(429, { 'Retry-After': 'soon' }),
    retryAfterMs: null,
  },
  { name: '500', means: all('server'), start: status(500) },
  { name: '502', means: all('server', 'unknown_outcome'), start: status(502) },
  { name: '503', means: all('server'), start: status(503) },
  { name: '504', means: all('server', 'unknown_outcome'), start: status(504) },
  {
    name: '200 with a web page',
    means: all('server', 'unknown_outcome'),
    start: status(200, { 'Content-Type': 'text/html' }, '<!doctype html>'),
  },
  { name: '200 with half of the JSON', means: all('server', 'unknown_outcome'), start: status(200, {}, '{"name":') },
  { name: '200 with other JSON', means: all('server', 'unknown_outcome'), start: status(200, {}, '{"nom":"x"}') },
  {
    name: '200 with another content type',
    means: all('server', 'unknown_outcome'),
    start: status(200, { 'Content-Type': 'text/plain' }, 'ok'),
  },
  {
    name: '200 that unpacks into gigabytes',
    means: all('server', 'unknown_outcome'),
    start: answering((_request, response) => {
      const member = gzipSync(Buffer.alloc(10_000_000));
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' });
      response.end(Buffer.concat(Array.from({ length: 200 }, () => member)));
    }),
  },
  {
    name: '200 that is packed and broken',
    means: all('server', 'unknown_outcome'),
    start: status(200, { 'Content-Encoding': 'gzip' }, 'not packed'),
  },
  {
    name: '200 that is far too large',
    means: all('server', 'unknown_outcome'),
    start: status(200, {}, `{"name":"${'x'.repeat(3_000_000)}"}`),
  },
  {
    name: '200, packed as it should be',
    means: { get: 'works', post: 'works', pay: 'works', download: 'server' },
    start: answering((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' });
      response.end(gzipSync('{"name":"x"}'));
    }),
  },
];

const signal = new AbortController().signal;
const Thing = z.object({ name: z.string() });
/** Long enough for a busy machine, short enough for a test. */
const timeoutMs = 1500;

function ask(http: Http, verb: Verb): Promise<unknown> {
  switch (verb) {
    case 'get':
      return http.get('/thing', Thing, { signal, timeoutMs });
    case 'post':
      return http.post('/thing', { a: 1 }, Thing, { signal, timeoutMs });
    case 'pay':
      return http.pay('/thing', { a: 1 }, Thing, { signal, timeoutMs });
    case 'download':
      return http.download(`${http.address}/thing.png`, { signal, timeoutMs });
  }
}

const rows: string[] = [];
afterAll(() => {
  const width = Math.max(...faults.map(({ name }) => name.length));
  const head = `${'fault'.padEnd(width)}  ${verbs.map((verb) => verb.padEnd(16)).join('')}`;
  process.stdout.write(`\nFault × verb → category\n${head}\n${rows.join('\n')}\n`);
});

describe('what a fault of the network means', () => {
  for (const fault of faults) {
    it(fault.name, async () => {
      const url = await fault.start();
      const seen: Partial<Record<Verb, string>> = {};
      for (const verb of verbs) {
        const http = createHttp({
          baseUrl: url,
          name: 'Painter',
          remedy: 'Start Painter.',
          headers: { authorization: 'Bearer key-of-the-painter' },
          largestJson: 1_000_000,
          largestDownload: 1_000_000,
          headersTimeoutMs: 700,
          bodyTimeoutMs: 700,
          connectTimeoutMs: 700,
        });
        const outcome = await ask(http, verb).then(
          () => null,
          (error: unknown) => {
            if (error instanceof ProviderError) return error;
            throw error;
          },
        );
        await http.close();
        seen[verb] = outcome === null ? 'works' : outcome.code;
        if (fault.retryAfterMs === null) expect(outcome?.retryAfterMs).toBeNull();
        else if (fault.retryAfterMs !== undefined) {
          expect(Math.abs((outcome?.retryAfterMs ?? -10_000) - fault.retryAfterMs)).toBeLessThan(3000);
        }
        expect(`${outcome?.message ?? ''}${outcome?.providerText ?? ''}`).not.toContain('key-of-the-painter');
      }
      const width = Math.max(...faults.map(({ name }) => name.length));
      rows.push(`${fault.name.padEnd(width)}  ${verbs.map((verb) => (seen[verb] ?? '').padEnd(16)).join('')}`);
      expect(seen).toEqual(fault.means);
    });
  }
});
