import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { isIP } from 'node:net';
import { z } from 'zod';
import { Refused, sendJson, sendRefusal } from './answers.ts';
import { GenerateRequest } from './chat-request.ts';
import { chat } from './chat.ts';
import type { Fault } from './faults.ts';
import { fullName, loadedOf, showOf, tagOf, usualModels } from './models.ts';
import { pull } from './pull.ts';
import { createState, isOlder, knownModel, type Settings, type State } from './state.ts';

export type FakeOllama = Awaited<ReturnType<typeof startFakeOllama>>;

export interface FakeOllamaOptions {
  /** 0: any free port. */
  readonly port?: number;
  /** Names of the models that are there. */
  readonly models?: readonly string[];
  readonly settings?: Partial<Settings>;
}

const Named = z.looseObject({ model: z.string().optional(), name: z.string().optional() });

/** Starts an Ollama that writes by simple rules, on 127.0.0.1. Nothing of it outlives `close()`. */
export async function startFakeOllama({ port = 0, models = usualModels, settings = {} }: FakeOllamaOptions = {}) {
  const state = createState(
    { version: '0.33.0', answerMs: 20, loadMs: 0, unloadMs: 0, pullMs: 50, refusesHost: false, ...settings },
    models,
  );
  const sockets = new Set<Socket>();

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(message.url ?? '/', 'http://fake');
    const method = message.method ?? 'GET';
    const body = await bodyOf(message);
    if (pathname.startsWith('/__fake/')) {
      control(state, `${method} ${pathname.slice('/__fake/'.length)}`, body, response);
      return;
    }
    state.requests.push({ method, path: pathname, headers: message.headers, body });
    if (state.settings.refusesHost || !isOwnHost(message.headers.host ?? '')) throw new Refused(403, '');
    await answer(state, `${method} ${pathname}`, body, response);
  };

  const server = createServer((message, response) => {
    serve(message, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) response.destroy();
      else sendRefusal(response, error instanceof Refused ? error : new Refused(500, String(error)));
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    settings: state.settings,
    chats: state.chats,
    requests: state.requests,
    addFaults: (...faults: readonly Fault[]) => {
      state.faults.add(...faults);
    },
    faultsWaiting: () => state.faults.waiting(),
    installed: (): string[] => [...state.installed.keys()],
    loaded: (): string[] => [...state.loaded],
    /** As another program would. */
    load: (name: string) => {
      state.loaded.add(fullName(name));
    },
    install: (name: string) => {
      state.installed.set(fullName(name), knownModel(name));
    },
    remove: (name: string) => {
      state.installed.delete(fullName(name));
    },
    /** Breaks every connection, as a server does that is killed. */
    async close(): Promise<void> {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.resetAndDestroy();
      await closed;
    },
  };
}

async function answer(state: State, route: string, body: unknown, response: ServerResponse): Promise<void> {
  const installed = [...state.installed.values()];
  const named = (): string => {
    const { model, name } = Named.catch({}).parse(body);
    const wanted = model ?? name;
    if (wanted === undefined || wanted === '') throw new Refused(400, 'model is required');
    if (!state.installed.has(fullName(wanted))) throw new Refused(404, `model '${wanted}' not found`);
    return fullName(wanted);
  };
  switch (route) {
    case 'GET /':
    case 'HEAD /':
      response.writeHead(200, { 'Content-Type': 'text/plain' }).end('Ollama is running');
      return;
    case 'GET /api/version':
      sendJson(response, { version: state.settings.version });
      return;
    case 'GET /api/tags': {
      const tellsCapabilities = !isOlder(state.settings.version, '0.12.0');
      sendJson(response, { models: installed.map((model) => tagOf(model, tellsCapabilities)) });
      return;
    }
    case 'POST /api/show':
      sendJson(response, showOf(knownModel(named())));
      return;
    case 'GET /api/ps':
      sendJson(response, { models: installed.filter(({ name }) => state.loaded.has(name)).map(loadedOf) });
      return;
    case 'POST /api/chat':
      await chat(state, body, response);
      return;
    case 'POST /api/generate':
      await generate(state, body, response);
      return;
    case 'POST /api/pull':
      await pull(state, body, response);
      return;
    case 'DELETE /api/delete': {
      const name = named();
      state.installed.delete(name);
      state.loaded.delete(name);
      response.writeHead(200, { 'Content-Length': 0 }).end();
      return;
    }
    default:
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('404 page not found');
  }
}

/** Without a prompt it loads or unloads, as an empty chat does; written answers are chat's alone here. */
async function generate(state: State, body: unknown, response: ServerResponse): Promise<void> {
  const parsed = GenerateRequest.safeParse(body);
  if (!parsed.success) throw new Refused(400, 'invalid request');
  const { prompt, system, images, ...rest } = parsed.data;
  if (prompt !== '' || system !== undefined || images !== undefined) {
    throw new Refused(500, 'this stand-in writes in /api/chat only');
  }
  await chat(state, { ...rest, messages: [] }, response);
}

/** The same control over HTTP: GET state · POST faults (one or a list) · DELETE faults · POST settings. */
function control(state: State, route: string, body: unknown, response: ServerResponse): void {
  switch (route) {
    case 'GET state': {
      const { settings, chats, requests } = state;
      sendJson(response, { settings, chats, requests, loaded: [...state.loaded] });
      return;
    }
    case 'POST faults':
      state.faults.add(...(Array.isArray(body) ? (body as Fault[]) : [body as Fault]));
      break;
    case 'DELETE faults':
      state.faults.clear();
      break;
    case 'POST settings':
      Object.assign(state.settings, body);
      break;
    default:
      throw new Refused(404, 'GET state, POST or DELETE faults, POST settings');
  }
  sendJson(response, {});
}

/** A server that listens on loopback serves nobody who calls it by a foreign name: against DNS rebinding. */
function isOwnHost(header: string): boolean {
  const host = header.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  if (isIP(host) === 4) return /^(127|10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(host);
  if (isIP(host) === 6) return host === '::1' || host.startsWith('f');
  return host === 'localhost' || /\.(localhost|local|internal)$/.test(host);
}

async function bodyOf(message: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of message as AsyncIterable<Buffer>) parts.push(part);
  const text = Buffer.concat(parts).toString();
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refused(400, 'invalid JSON in request body');
  }
}
