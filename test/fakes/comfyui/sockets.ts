import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { readRecordedBytes } from './recordings.ts';

export interface SocketContext {
  readonly negotiates: boolean;
  readonly features: () => unknown;
  readonly queueRemaining: () => number;
  /** The node that runs now for the prompt of this client. */
  readonly runningNodeOf: (clientId: string) => string | null;
}

function frameWithMetadata(promptId: string, node: string, picture: Buffer): Buffer {
  const metadata = Buffer.from(
    JSON.stringify({
      node_id: node,
      prompt_id: promptId,
      display_node_id: node,
      parent_node_id: null,
      real_node_id: node,
      image_type: 'image/jpeg',
    }),
  );
  const head = Buffer.alloc(8);
  head.writeUInt32BE(4, 0);
  head.writeUInt32BE(metadata.length, 4);
  return Buffer.concat([head, metadata, picture]);
}

function plainFrame(picture: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(1, 0);
  head.writeUInt32BE(1, 4);
  return Buffer.concat([head, picture]);
}

/** Who is connected. As on the real server there is one entry per id: a second connection takes it over, and whoever closes removes it. */
export function createSockets(context: SocketContext) {
  const byId = new Map<string, WebSocket>();
  const everyone = new Set<WebSocket>();
  const wantsMetadata = new Set<string>();
  const idsSeen: string[] = [];
  const picture = readRecordedBytes('preview.jpg');

  const send = (socket: WebSocket | undefined, type: string, data: unknown): void => {
    socket?.send(JSON.stringify({ type, data }));
  };
  const status = (): object => ({ status: { exec_info: { queue_remaining: context.queueRemaining() } } });

  return {
    idsSeen,
    count: () => everyone.size,

    accept(socket: WebSocket, clientId: string | null): void {
      const id = clientId ?? randomUUID().replaceAll('-', '');
      idsSeen.push(id);
      byId.set(id, socket);
      everyone.add(socket);
      wantsMetadata.delete(id);
      let isFirst = true;
      socket.on('error', () => undefined);
      socket.on('close', () => {
        everyone.delete(socket);
        byId.delete(id);
      });
      socket.on('message', (raw: Buffer, isBinary) => {
        if (isBinary) return;
        const wasFirst = isFirst;
        isFirst = false;
        const message = JSON.parse(raw.toString('utf8')) as { type?: string; data?: Record<string, unknown> };
        if (!wasFirst || !context.negotiates || message.type !== 'feature_flags') return;
        if (message.data?.supports_preview_metadata === true) wantsMetadata.add(id);
        send(socket, 'feature_flags', context.features());
      });
      send(socket, 'status', { ...status(), sid: id });
      const node = context.runningNodeOf(id);
      if (node !== null) send(socket, 'executing', { node });
    },

    sendStatus(): void {
      for (const socket of byId.values()) send(socket, 'status', status());
    },
    /** To the owner; to nobody when the prompt has none. */
    toOwner(owner: string | null, type: string, data: unknown): void {
      if (owner !== null) send(byId.get(owner), type, data);
    },
    /** To the owner; to everyone when the prompt has none. */
    toOwnerOrAll(owner: string | null, type: string, data: unknown): void {
      if (owner !== null) send(byId.get(owner), type, data);
      else for (const socket of byId.values()) send(socket, type, data);
    },
    wantsMetadata: (owner: string | null): boolean => owner !== null && wantsMetadata.has(owner),
    sendPreview(owner: string | null, promptId: string, node: string): void {
      if (owner === null) for (const socket of byId.values()) socket.send(plainFrame(picture));
      else
        byId
          .get(owner)
          ?.send(wantsMetadata.has(owner) ? frameWithMetadata(promptId, node, picture) : plainFrame(picture));
    },
    closeAll(): void {
      for (const socket of everyone) socket.terminate();
    },
  };
}

export type Sockets = ReturnType<typeof createSockets>;
