import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, WebSocket } from 'undici';
import type { Http } from '../http-types.ts';

export interface ConnectionListener {
  /** Open, for the first time or again. What happened in between isn't told again. */
  readonly opened: () => void;
  readonly text: (message: string) => void;
  readonly frame: (bytes: Uint8Array) => void;
  /** Whether a lost connection is worth opening again. */
  readonly isWanted: () => boolean;
}

export interface Connection {
  /**
   * The client id to submit with: of the open connection, else of the one that is being opened. Waits at most `waitMs` for it to
   * open; without it there are no live events, and nothing else is missing.
   */
  clientId(waitMs: number): Promise<string>;
  isOpen(): boolean;
  /** Begins to open where there is no connection. */
  open(): void;
  /** Closes it; a later `open` is possible. */
  drop(): void;
}

const firstBackOffMs = 500;
const longestBackOffMs = 10_000;

interface Current {
  readonly id: string;
  readonly socket: WebSocket;
  readonly settled: Promise<void>;
}

/**
 * One WebSocket to a server, opened when first needed. Each attempt has a client id of its own: when two connections share one,
 * the server unregisters it as soon as either closes, and the other goes deaf without noticing.
 */
export function createConnection(http: Http, listener: ConnectionListener): Connection {
  let current: Current | null = null;
  let agent: Agent | null = null;
  let retry: NodeJS.Timeout | null = null;
  let failures = 0;

  const lost = (): void => {
    current = null;
    if (!listener.isWanted()) return;
    const waitMs = Math.min(longestBackOffMs, firstBackOffMs * 2 ** failures);
    failures += 1;
    retry = setTimeout(() => {
      retry = null;
      if (listener.isWanted()) connect();
    }, waitMs);
    retry.unref();
  };

  const connect = (): Current => {
    const id = randomUUID();
    const { url, headers } = http.socketUrl('/ws', { clientId: id });
    agent ??= new Agent({ connect: { timeout: 3000 }, headersTimeout: 5000 });
    const socket = new WebSocket(url, { dispatcher: agent, headers });
    socket.binaryType = 'arraybuffer';
    const settled = new Promise<void>((resolve) => {
      socket.addEventListener('open', () => {
        failures = 0;
        // It must be the very first message, or the server never negotiates.
        socket.send(JSON.stringify({ type: 'feature_flags', data: { supports_preview_metadata: true } }));
        resolve();
        if (current?.socket === socket) listener.opened();
      });
      socket.addEventListener('close', () => {
        resolve();
        if (current?.socket === socket) lost();
      });
    });
    socket.addEventListener('error', () => {
      // A connection that fails is closed, too, and that is where it is handled.
    });
    socket.addEventListener('message', ({ data }: { data: unknown }) => {
      if (current?.socket !== socket) return;
      if (typeof data === 'string') listener.text(data);
      else if (data instanceof ArrayBuffer) listener.frame(new Uint8Array(data));
    });
    current = { id, socket, settled };
    return current;
  };

  return {
    isOpen: () => current?.socket.readyState === WebSocket.OPEN,
    open() {
      if (!current && !retry) connect();
    },
    async clientId(waitMs) {
      if (retry) clearTimeout(retry);
      retry = null;
      const { id, settled, socket } = current ?? connect();
      if (socket.readyState !== WebSocket.OPEN) await Promise.race([settled, pause(waitMs, undefined, { ref: false })]);
      return id;
    },
    drop() {
      if (retry) clearTimeout(retry);
      retry = null;
      failures = 0;
      const { socket } = current ?? {};
      current = null;
      socket?.close();
      const old = agent;
      agent = null;
      void old?.destroy();
    },
  };
}
