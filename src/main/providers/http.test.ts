import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isUnsent } from './http-failures.ts';
import { createHttp } from './http.ts';
import type { Http, HttpOptions } from './http-types.ts';
import { ProviderError } from './provider.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({
    close: () => {
      if ('closeAllConnections' in server) (server as ReturnType<typeof createServer>).closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const open = (baseUrl: string, more: Partial<HttpOptions> = {}): Http => {
  const http = createHttp({ baseUrl, name: 'Painter', remedy: 'Start Painter.', ...more });
  opened.push(http);
  return http;
};

const serve = async (answer: RequestListener, more: Partial<HttpOptions> = {}): Promise<Http> =>
  open(await listen(createServer(answer)), more);

const asJson =
  (value: unknown, status = 200, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
    response.end(typeof value === 'string' ? value : JSON.stringify(value));
  };

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
};

const failureOf = async (call: Promise<unknown>): Promise<ProviderError> => {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ProviderError);
  return error as ProviderError;
};

const signal = new AbortController().signal;
const Thing = z.object({ name: z.string() });

describe('a connection to a service', () => {
  it('reads the part of an answer that the schema asks for', async () => {
    const http = await serve(asJson({ name: 'x', more: [1] }));
    expect(await http.get('/thing', Thing, { signal })).toEqual({ name: 'x' });
  });

  it('sends the query, the path of the address and neither Origin nor Sec-Fetch headers', async () => {
    let seen: IncomingMessage | null = null;
    const base = await listen(
      createServer((request, response) => {
        seen = request;
        asJson({ name: 'x' })(request, response);
      }),
    );
    const http = open(`${base}/behind/a/proxy/`);
    await http.get('/thing', Thing, { signal, query: { 'a b': 'c/ü', n: 2 } });
    const request = seen as unknown as IncomingMessage;
    expect(request.url).toBe('/behind/a/proxy/thing?a%20b=c%2F%C3%BC&n=2');
    expect(Object.keys(request.headers).filter((name) => /^origin$|^sec-fetch/.test(name))).toEqual([]);
    expect(http.address).toBe(`${base}/behind/a/proxy`);
  });

  it('turns name and password in the address into basic authorization and shows them nowhere', async () => {
    const server = createServer((request, response) => {
      const isIn = request.headers.authorization === `Basic ${btoa('me:s cret')}`;
      asJson({ name: isIn ? 'come in' : 'who?' }, request.url === '/no' ? 500 : 200)(request, response);
    });
    const base = await listen(server);
    const http = open(base.replace('http://', 'http://me:s%20cret@'));
    expect(await http.get('/', Thing, { signal })).toEqual({ name: 'come in' });
    expect((await failureOf(http.get('/no', Thing, { signal }))).message).not.toMatch(/cret/);
    expect(http.address).toBe(base);
    expect(http.socketUrl('/ws', { id: 'a b' })).toEqual({
      url: `${base.replace('http', 'ws')}/ws?id=a+b`,
      headers: { authorization: `Basic ${btoa('me:s cret')}` },
    });
  });

  it('posts JSON and takes an empty answer as null', async () => {
    let got = '';
    const http = await serve((request, response) => {
      void bodyOf(request).then((body) => {
        got = `${request.headers['content-type'] ?? ''} ${body.toString()}`;
        response.end();
      });
    });
    expect(await http.post('/do', { a: 'ü' }, z.null(), { signal })).toBeNull();
    expect(got).toBe('application/json {"a":"ü"}');
  });

  it('uploads a file as multipart', async () => {
    const http = await serve((request, response) => {
      void bodyOf(request).then((body) => {
        asJson({ name: `${request.headers['content-type'] ?? ''}\n${body.toString('latin1')}` })(request, response);
      });
    });
    const upload = { field: 'image', fileName: 'a.png', mimeType: 'image/png', bytes: new Uint8Array([1, 2, 255]) };
    const { name } = await http.upload('/up', upload, Thing, { signal });
    const [type = '', ...lines] = name.split(/\r?\n/);
    const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(type)?.[1] ?? '?';
    expect(lines.slice(0, 5)).toEqual([
      `--${boundary}`,
      'Content-Disposition: form-data; name="image"; filename="a.png"',
      'Content-Type: image/png',
      '',
      '\u0001\u0002\u00ff',
    ]);
  });

  it('downloads bytes as they are', async () => {
    const http = await serve((_request, response) => void response.end(Buffer.from([0, 200, 10])));
    expect([...(await http.getFile('/view', { signal }))]).toEqual([0, 200, 10]);
  });

  it('reads JSON with the bare NaN and Infinity of Python, and leaves those words alone inside strings', async () => {
    const http = await serve(asJson('{"a": NaN, "b": -Infinity, "c": "NaN and \\"Infinity\\"", "d": [Infinity, 1]}'));
    const answer = await http.get('/', z.unknown(), { signal });
    expect(answer).toEqual({ a: null, b: null, c: 'NaN and "Infinity"', d: [null, 1] });
  });

  it('gives an accepted refusal to the schema: JSON as it is, anything else as null', async () => {
    const http = await serve((request, response) => {
      if (request.url === '/json') asJson({ name: 'none' }, 404)(request, response);
      else response.writeHead(404, { 'Content-Type': 'text/plain' }).end('404: Not Found');
    });
    const options = { signal, alsoAccept: [404] };
    expect(await http.get('/json', Thing.nullable(), options)).toEqual({ name: 'none' });
    expect(await http.get('/text', Thing.nullable(), options)).toBeNull();
  });
});

describe('a failing connection', () => {
  it('is network with a remedy where nobody listens, and surely nothing was sent', async () => {
    const server = createTcpServer();
    const base = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const failure = await failureOf(open(base).post('/pay', {}, Thing, { signal }));
    expect(failure).toMatchObject({ code: 'network', message: `Nothing answers at ${base}. Start Painter.` });
    expect(isUnsent(failure)).toBe(true);
  });

  it('is network where it breaks after the request, and then something may have been done', async () => {
    const http = await serve((request) => void request.socket.destroy());
    const failure = await failureOf(http.post('/do', {}, Thing, { signal }));
    expect(failure.code).toBe('network');
    expect(isUnsent(failure)).toBe(false);
  });

  it.each([
    ['breaks off', true],
    ['ends as if it were whole', false],
  ])('is network where a body %s before its announced length', async (_how, breaks) => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 100\r\n\r\nabc');
        setTimeout(() => (breaks ? socket.resetAndDestroy() : socket.end()), 20);
      });
    });
    expect((await failureOf(open(await listen(server)).getFile('/view', { signal }))).code).toBe('network');
  });

  it('is a time-out where no answer comes in the time for the whole call', async () => {
    const http = await serve(() => undefined);
    expect((await failureOf(http.get('/', Thing, { signal, timeoutMs: 100 }))).code).toBe('timeout');
  });

  it('is a time-out where headers or the rest of a body do not come', async () => {
    const http = await serve(
      (request, response) => {
        if (request.url === '/body') response.writeHead(200, { 'Content-Length': 10 }).write('abc');
      },
      { headersTimeoutMs: 500, bodyTimeoutMs: 500 },
    );
    expect((await failureOf(http.get('/headers', Thing, { signal }))).code).toBe('timeout');
    expect((await failureOf(http.getFile('/body', { signal }))).code).toBe('timeout');
  });

  it('is cancelled where the caller stops it, before, while waiting and in the middle of a body', async () => {
    const http = await serve((request, response) => {
      if (request.url === '/body') response.writeHead(200, { 'Content-Length': 10 }).write('abc');
    });
    expect((await failureOf(http.get('/', Thing, { signal: AbortSignal.abort() }))).code).toBe('cancelled');
    for (const path of ['/', '/body']) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 50);
      expect((await failureOf(http.getFile(path, { signal: controller.signal }))).code).toBe('cancelled');
    }
  });

  it('tells that something else answers, by a web page, broken JSON, other JSON or no HTTP at all', async () => {
    const page: RequestListener = (_request, response) =>
      void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html>');
    const words = 'Something other than Painter answers';
    for (const answer of [page, asJson('{"name":'), asJson({ nom: 'x' }), asJson('<html>')]) {
      const failure = await failureOf((await serve(answer)).get('/', Thing, { signal }));
      expect(failure.code).toBe('server');
      expect(failure.message).toContain(words);
    }
    expect((await failureOf((await serve(page)).getFile('/', { signal }))).message).toContain(words);
    const ftp = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.write('500 What do you mean?\r\n'));
    });
    expect((await failureOf(open(await listen(ftp)).get('/', Thing, { signal }))).message).toContain(words);
  });

  it('follows no redirect', async () => {
    let requests = 0;
    const http = await serve((_request, response) => {
      requests += 1;
      response.writeHead(302, { Location: '/elsewhere' }).end();
    });
    expect((await failureOf(http.get('/', Thing, { signal }))).code).toBe('server');
    expect(requests).toBe(1);
  });

  it.each([
    [400, 'invalid_request'],
    [401, 'auth'],
    [403, 'auth'],
    [404, 'invalid_request'],
    [408, 'timeout'],
    [413, 'invalid_request'],
    [422, 'invalid_request'],
    [429, 'rate_limit'],
    [500, 'server'],
    [503, 'server'],
  ])('calls status %i %s', async (status, code) => {
    const http = await serve(asJson({ why: 'because' }, status));
    const failure = await failureOf(http.get('/', Thing, { signal }));
    expect(failure).toMatchObject({ code, providerText: '{"why":"because"}' });
    expect((await failureOf(http.getFile('/', { signal }))).code).toBe(code);
  });

  it('quotes no web page and nothing endless', async () => {
    const http = await serve((request, response) => {
      response
        .writeHead(500, { 'Content-Type': 'text/html' })
        .end(request.url === '/page' ? '<html>…</html>' : 'x'.repeat(5000));
    });
    expect((await failureOf(http.get('/page', Thing, { signal }))).providerText).toBeNull();
    expect((await failureOf(http.get('/', Thing, { signal }))).providerText).toHaveLength(500);
  });

  it('reads how long to wait after a refusal, in seconds or as a date', async () => {
    const inAMinute = new Date(Date.now() + 60_000).toUTCString();
    const http = await serve((request, response) => {
      asJson({}, 429, { 'Retry-After': request.url === '/date' ? inAMinute : '7' })(request, response);
    });
    expect((await failureOf(http.get('/', Thing, { signal }))).retryAfterMs).toBe(7000);
    const wait = (await failureOf(http.get('/date', Thing, { signal }))).retryAfterMs ?? 0;
    expect(wait).toBeGreaterThan(57_000);
    expect(wait).toBeLessThanOrEqual(60_000);
  });

  it('lets the adapter say what a refusal means', async () => {
    const http = await serve(asJson({ kind: 'nsfw' }, 400));
    const explain = ({ status, json }: { status: number; json: unknown }): ProviderError | null =>
      status === 400 && (json as { kind?: string }).kind === 'nsfw' ? new ProviderError('content_policy', 'no') : null;
    expect((await failureOf(http.get('/', Thing, { signal, explain }))).code).toBe('content_policy');
  });

  it.each([true, false])('takes no more than the limit, announced or not (%s)', async (announced) => {
    const http = await serve(
      (_request, response) => {
        response.writeHead(200, {
          'Content-Type': 'application/json',
          ...(announced ? { 'Content-Length': 3000 } : {}),
        });
        response.end('x'.repeat(3000));
      },
      { largestJson: 1000, largestDownload: 2000 },
    );
    expect((await failureOf(http.get('/', Thing, { signal }))).message).toContain('does not take');
    expect((await failureOf(http.getFile('/', { signal }))).code).toBe('server');
  });

  it('uses a connection again, and ends what is under way when it is closed', async () => {
    const ports = new Set<number | undefined>();
    const http = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      if (request.url !== '/hang') asJson({ name: 'x' })(request, response);
    });
    for (let request = 0; request < 20; request++) await http.get('/', Thing, { signal });
    expect(ports.size).toBeLessThanOrEqual(2);
    const failing = failureOf(http.get('/hang', Thing, { signal }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await http.close();
    expect((await failing).code).toBe('network');
  });
});
