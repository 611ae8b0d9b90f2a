import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  Charge,
  Exchange,
  Fake,
  FakeAnswer,
  FakeDefinition,
  FakeKit,
  FakeOptions,
  FakeRoute,
  Fault,
  RouteKind,
  SeenRequest,
} from './fake-types.ts';
import { isBefore, send, sendFaulty } from './faulty-answer.ts';
import { makePicture, makeVideo } from './pictures.ts';

const controlPath = '/__fake';
const defaultStepMs = 20;

interface KeptFile {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  readonly expiresAt: number;
}

/** Starts a service on 127.0.0.1, and a second server for its files, as a service's own storage is another host. */
export async function startFake(definition: FakeDefinition, options: FakeOptions = {}): Promise<Fake> {
  const keys = options.keys ?? definition.keys;
  const requests: SeenRequest[] = [];
  const charges: Charge[] = [];
  const duplicates: string[] = [];
  const beingPaid = new AsyncLocalStorage<string>();
  const paid: { body: string; answer: string }[] = [];
  const files = new Map<string, KeptFile>();
  let faults: { fault: Fault; left: number }[] = [];
  const sockets = { now: 0, most: 0, made: 0 };

  const takeFault = (kind: SeenRequest['kind']): Fault | null => {
    const next = faults.find(({ fault }) => fault.on === kind);
    if (!next) return null;
    next.left -= 1;
    if (next.left <= 0) faults = faults.filter((other) => other !== next);
    return next.fault;
  };
  const see = (
    request: IncomingMessage,
    path: string,
    query: string,
    kind: SeenRequest['kind'],
    body: Buffer,
  ): void => {
    requests.push({ method: request.method ?? '', path, query, kind, headers: headersOf(request), body });
  };

  const fileServer = createServer((request, response) => {
    const id = new URL(request.url ?? '/', 'http://files').pathname.slice('/files/'.length).replace(/\.\w+$/, '');
    see(request, `/files/${id}`, '', 'file', Buffer.alloc(0));
    const fault = takeFault('file');
    const file = files.get(id);
    if (fault) sendFaulty(response, fault, null);
    else if (!file) send(response, { status: 404, json: { error: 'no such file' } });
    else if (Date.now() > file.expiresAt) send(response, { status: 403, json: { error: 'expired' } });
    else send(response, { bytes: file.bytes, type: file.mimeType });
  });
  const fileUrl = await listen(fileServer, options.filePort ?? 0);

  let apiUrl = '';
  const { stepMs = defaultStepMs, largestSide = 4096 } = options;
  const kit: FakeKit = {
    options: { stepMs, keys, largestSide },
    now: () => Date.now(),
    id: () => randomUUID(),
    charge: (charge) => {
      if (charges.some(({ id }) => id === charge.id)) duplicates.push(charge.id);
      // Some services charge when the work is done: then it is the request whose answer named it.
      const request = beingPaid.getStore() ?? paid.findLast(({ answer }) => answer.includes(charge.id))?.body ?? '';
      charges.push({ ...charge, at: Date.now(), request });
    },
    addFile: (bytes, mimeType, { expiresInMs = 3_600_000 } = {}) => {
      const id = randomUUID();
      files.set(id, { bytes, mimeType, expiresAt: Date.now() + expiresInMs });
      return `${fileUrl}/files/${id}.${mimeType.split('/')[1] ?? 'bin'}`;
    },
    picture: ({ width, height, ...wish }) => {
      const shrink = Math.min(1, largestSide / Math.max(width, height));
      return makePicture({ ...wish, width: Math.round(width * shrink), height: Math.round(height * shrink) });
    },
    video: makeVideo,
    fraction: (startedAt, steps = 2) => Math.min(1, (Date.now() - startedAt) / (Math.max(stepMs, 0.001) * steps)),
    urlOf: (path) => `${apiUrl}${definition.basePath}${path}`,
  };
  const routes = definition.create(kit).map((route) => ({ route, pattern: patternOf(route) }));

  const answerTo = async (route: FakeRoute, exchange: Exchange): Promise<FakeAnswer> => {
    if (kindOf(route, exchange) !== 'pay') return route.answer(exchange);
    const body = exchange.body.toString('latin1');
    const answer = await beingPaid.run(body, async () => route.answer(exchange));
    paid.push({ body, answer: JSON.stringify(answer.json ?? '') });
    return answer;
  };

  const control = async (request: IncomingMessage, path: string): Promise<FakeAnswer> => {
    const body = await bodyOf(request);
    switch (`${request.method ?? ''} ${path.slice(controlPath.length)}`) {
      case 'POST /faults': {
        const fault = JSON.parse(body.toString()) as Fault;
        faults.push({ fault, left: fault.times ?? Infinity });
        return { json: { faults: faults.length } };
      }
      case 'DELETE /faults':
        faults = [];
        return { json: {} };
      case 'GET /ledger':
        return { json: { charges, duplicates } };
      case 'GET /requests':
        return { json: requests.map(({ body: sent, ...seen }) => ({ ...seen, body: sent.toString('latin1') })) };
      default:
        return { status: 404, json: { error: 'POST or DELETE /faults, GET /ledger, GET /requests' } };
    }
  };

  const listener: RequestListener = (request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://fake');
      if (url.pathname.startsWith(controlPath)) {
        send(response, await control(request, url.pathname));
        return;
      }
      const isBelow = url.pathname.startsWith(definition.basePath);
      const path = isBelow ? url.pathname.slice(definition.basePath.length) || '/' : url.pathname;
      const body = await bodyOf(request);
      const match = isBelow ? matchOf(routes, request.method ?? '', path) : null;
      const exchange = exchangeOf(request, path, url, body, match?.params ?? {});
      const kind = match ? kindOf(match.route, exchange) : null;
      see(request, path, url.search, kind, body);
      if (!match) {
        send(response, { status: 404, json: { error: `no ${request.method ?? ''} ${path} here` } });
        return;
      }
      const isIn = match.route.isPublic === true || definition.isAuthorized(exchange, keys);
      const fault = takeFault(kind);
      if (fault && isBefore(fault)) {
        sendFaulty(response, fault, null);
        return;
      }
      const answer = isIn ? await answerTo(match.route, exchange) : definition.unauthorized;
      if (fault) sendFaulty(response, fault, answer);
      else send(response, answer);
    })().catch((error: unknown) => {
      process.stderr.write(`fake ${definition.id}: ${String(error instanceof Error ? error.stack : error)}\n`);
      if (!response.headersSent) send(response, { status: 500, json: { error: 'the fake itself failed' } });
    });
  };
  const server = createServer(listener);
  server.on('connection', (socket) => {
    sockets.made += 1;
    sockets.now += 1;
    sockets.most = Math.max(sockets.most, sockets.now);
    socket.on('close', () => {
      sockets.now -= 1;
    });
  });
  apiUrl = await listen(server, options.port ?? 0);

  return {
    id: definition.id,
    url: `${apiUrl}${definition.basePath}`,
    keys,
    requests,
    charges,
    duplicates,
    mostConnections: () => sockets.most,
    connectionsMade: () => sockets.made,
    addFault: (fault) => {
      faults.push({ fault, left: fault.times ?? Infinity });
    },
    faultsWaiting: () => faults.length,
    clearFaults: () => {
      faults = [];
    },
    close: async () => {
      await Promise.all([server, fileServer].map(close));
    },
  };
}

function patternOf({ path }: FakeRoute): RegExp {
  const words = path.replaceAll(/[.+?^$()|[\]{}\\]/g, '\\$&').replaceAll(/:(\w+)(\*?)/g, (_all, name: string, star) => {
    return star === '*' ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`;
  });
  return new RegExp(`^${words}$`);
}

function matchOf(
  routes: readonly { route: FakeRoute; pattern: RegExp }[],
  method: string,
  path: string,
): { route: FakeRoute; params: Record<string, string> } | null {
  for (const { route, pattern } of routes) {
    const found = route.method === method ? pattern.exec(path) : null;
    if (!found) continue;
    const params = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
    return { route, params: Object.fromEntries(params) as Record<string, string> };
  }
  return null;
}

function kindOf({ kind }: FakeRoute, exchange: Exchange): RouteKind {
  return typeof kind === 'function' ? kind(exchange) : kind;
}

function exchangeOf(
  request: IncomingMessage,
  path: string,
  url: URL,
  body: Buffer,
  params: Record<string, string>,
): Exchange {
  return {
    method: request.method ?? '',
    path,
    params,
    query: url.searchParams,
    headers: headersOf(request),
    body,
    json: () => JSON.parse(body.toString('utf8')) as unknown,
    read: (schema) => schema.parse(JSON.parse(body.toString('utf8'))),
    form: () =>
      new Response(new Uint8Array(body), {
        headers: { 'content-type': request.headers['content-type'] ?? '' },
      }).formData(),
  };
}

function headersOf({ headers }: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
