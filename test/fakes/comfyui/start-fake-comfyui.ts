import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { abilitiesOf } from './abilities.ts';
import { passesBrowserRules } from './browser-rules.ts';
import { createControl } from './control.ts';
import { createFaults, type Fault } from './faults.ts';
import { answerFaultily } from './faulty-answers.ts';
import { createFileStore } from './file-store.ts';
import type { Graph } from './graph.ts';
import { AnswerEarly, empty, readBody, sendAnswer, trouble, type Answer } from './http-answers.ts';
import { makeObjectInfo, usualModels, type ModelFolders } from './object-info.ts';
import { readRecording } from './recordings.ts';
import { createRoutes, type PromptSeen, type Request } from './routes.ts';
import { createSockets } from './sockets.ts';
import { createWorker, type WorkerSettings } from './worker.ts';

export interface FakeComfyuiOptions {
  /** 0: any free port. */
  readonly port?: number;
  /** Older versions lack what they lacked: see abilities.ts. */
  readonly version?: string;
  /** Folders named here replace the usual ones. */
  readonly models?: ModelFolders;
  /** `__metadata__` of model files, by `<folder>/<file>`. */
  readonly metadata?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Node classes this server lacks. */
  readonly withoutClasses?: readonly string[];
  readonly settings?: Partial<WorkerSettings>;
  readonly maxUploadBytes?: number;
  /** A path in front of every route, as behind a reverse proxy: `/comfy`. */
  readonly prefix?: string;
  /** What the fault `die` does; here it stops the server, on its own it ends the process. */
  readonly onDie?: () => void;
}

export interface RequestSeen {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingMessage['headers'];
}

/** A prompt of somebody else: some steps of sampling with a picture of 64 × 64. */
export function bystanderGraph(steps: number, seed: number): Graph {
  const { sdxl } = readRecording('graphs') as { sdxl: Graph };
  const changes: Readonly<Record<string, object>> = { 3: { steps, seed }, 5: { width: 64, height: 64 } };
  return Object.fromEntries(
    Object.entries(sdxl).map(([id, node]) => [id, { ...node, inputs: { ...node.inputs, ...changes[id] } }]),
  );
}

/** Starts a ComfyUI that draws gradients, on 127.0.0.1. Nothing of it outlives `close()`. */
export async function startFakeComfyui(options: FakeComfyuiOptions = {}) {
  const { version = '0.33.0', maxUploadBytes = 104_857_600, prefix = '' } = options;
  const abilities = abilitiesOf(version);
  const faults = createFaults();
  const files = createFileStore();
  const settings: WorkerSettings = { stepMs: 0, loadMs: 0, held: false, previewMethod: 'none', ...options.settings };
  let models: ModelFolders = { ...usualModels, ...options.models };
  const promptsSeen: PromptSeen[] = [];
  const interrupts: (string | null)[] = [];
  const requestsSeen: RequestSeen[] = [];
  const connections = new Set<Socket>();

  const dropConnections = (): void => {
    sockets.closeAll();
    for (const connection of connections) connection.resetAndDestroy();
  };
  const die = (): void => {
    server.close();
    dropConnections();
    options.onDie?.();
  };
  const worker = createWorker({ abilities, settings, faults, files, die });
  const sockets = createSockets({
    negotiates: abilities.featureFlags,
    features: () => readRecording('features'),
    queueRemaining: worker.remaining,
    runningNodeOf: worker.runningNodeOf,
  });
  worker.useSockets(sockets);

  const route = createRoutes({
    abilities,
    version,
    worker,
    files,
    objectInfo: () => makeObjectInfo(models, files.inputNames(), new Set(options.withoutClasses)),
    modelFolders: () => models,
    metadata: options.metadata ?? {},
    maxUploadBytes,
    promptsSeen,
    interrupts,
  });

  const readRequest = async (message: IncomingMessage): Promise<Request> => {
    const url = new URL(message.url ?? '/', 'http://fake');
    if (!url.pathname.startsWith(prefix)) throw new AnswerEarly(empty(404));
    const full = url.pathname.slice(prefix.length);
    const isUnderApi = full.startsWith('/api/');
    const path = isUnderApi ? full.slice('/api'.length) : full;
    const method = message.method ?? 'GET';
    const isControl = path.startsWith('/__fake/');
    if (!isControl) {
      requestsSeen.push({ method, path, query: url.search, headers: message.headers });
      if (!passesBrowserRules(message.headers, abilities.secFetchRule)) throw new AnswerEarly(empty(403));
    }
    const fault = isControl ? null : faults.take(`${method} ${path}`);
    if (fault?.kind === 'resetBefore') message.socket.resetAndDestroy();
    const body = await readBody(message, isControl ? Infinity : maxUploadBytes);
    return { method, path, isUnderApi, query: url.searchParams, headers: message.headers, body, fault };
  };

  const stopListening = (milliseconds: number): void => {
    server.close();
    dropConnections();
    setTimeout(() => server.listen(port, '127.0.0.1'), milliseconds);
  };

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(message);
    const { fault } = request;
    if (request.path.startsWith('/__fake/')) {
      sendAnswer(response, control(request));
      return;
    }
    if (fault?.kind === 'stopListening') {
      stopListening(fault.forMs ?? 500);
      return;
    }
    // These happen after the server has done its work; the others come instead of it.
    const worksFirst = fault !== null && ['resetAfter', 'truncated', 'nan'].includes(fault.kind);
    let answer: Answer | null = worksFirst ? await route(request) : null;
    if (fault && answerFaultily(response, fault, () => answer ?? trouble())) return;
    answer ??= await route(request);
    sendAnswer(response, answer);
  };

  const server = createServer((message, response) => {
    serve(message, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return;
      sendAnswer(response, error instanceof AnswerEarly ? error.answer : trouble());
    });
  });
  server.on('connection', (connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
  });

  const upgrades = new WebSocketServer({ noServer: true });
  server.on('upgrade', (message: IncomingMessage, connection: Socket, head) => {
    const url = new URL(message.url ?? '/', 'http://fake');
    const path = url.pathname.slice(prefix.length).replace(/^\/api/, '');
    requestsSeen.push({ method: 'GET', path, query: url.search, headers: message.headers });
    const fault = faults.take('socket');
    if (fault?.kind === 'hang') return;
    if (path !== '/ws' || fault || !passesBrowserRules(message.headers, abilities.secFetchRule)) {
      connection.end(`HTTP/1.1 ${path === '/ws' ? '403 Forbidden' : '404 Not Found'}\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    upgrades.handleUpgrade(message, connection, head, (socket) =>
      sockets.accept(socket, url.searchParams.get('clientId')),
    );
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  const fake = {
    url: `http://127.0.0.1:${port}${prefix}`,
    port,
    promptsSeen,
    interrupts,
    requestsSeen,
    settings,
    files,
    faults,
    sockets: {
      count: sockets.count,
      idsSeen: sockets.idsSeen,
      wantsMetadata: sockets.wantsMetadata,
      closeAll: () => sockets.closeAll(),
    },
    history: worker.history,
    runningId: (): string | null => worker.running()?.id ?? null,
    pendingIds: (): readonly string[] => worker.pending().map(({ id }) => id),
    removePending: (id: string): boolean => worker.remove(id),
    interruptRunning: () => worker.interrupt(null),
    changeModels(folders: ModelFolders): void {
      models = { ...models, ...folders };
    },
    /** Queues a prompt of another client. */
    addBystander(steps = 4, front = false): string {
      const id = randomUUID();
      const number = front ? -1000 : 1000;
      const extraData = { client_id: 'bystander', create_time: Date.now() };
      worker.submit({
        number,
        id,
        graph: bystanderGraph(steps, number),
        extraData,
        outputs: ['9'],
        clientId: 'bystander',
      });
      return id;
    },
    /** Forgets queue and history and drops every connection; saved files stay, temporary ones don't. */
    restart(): void {
      worker.forget();
      files.clearTemp();
      dropConnections();
    },
    addFaults: (...added: readonly Fault[]) => faults.add(...added),
    async close(): Promise<void> {
      worker.forget();
      upgrades.close();
      const closed = new Promise((resolve) => server.close(resolve));
      dropConnections();
      await closed;
    },
  };
  const control = createControl(fake);
  return fake;
}

export type FakeComfyui = Awaited<ReturnType<typeof startFakeComfyui>>;
