import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort as NodePort } from 'node:worker_threads';

/** The main process's side of a channel, on Node's own ports. Messages wait until `start`. */
export class MessagePortMain extends EventEmitter {
  readonly port: NodePort;

  constructor(port: NodePort) {
    super();
    this.port = port;
    port.once('close', () => this.emit('close'));
  }

  start(): void {
    this.port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (!transfer.every((item) => item instanceof MessagePortMain)) {
      throw new TypeError('Port at index 0 is not a valid port');
    }
    this.port.postMessage(message);
  }

  close(): void {
    this.port.close();
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortMain(port1);
    this.port2 = new MessagePortMain(port2);
  }
}

/** The page's side, as the DOM has it: what carries a transferred ArrayBuffer never arrives in the main process. */
export class PagePort extends EventTarget {
  private readonly port: NodePort;
  private isStarted = false;

  constructor({ port }: MessagePortMain) {
    super();
    this.port = port;
    port.once('close', () => this.dispatchEvent(new Event('close')));
  }

  start(): void {
    if (this.isStarted) return;
    this.isStarted = true;
    this.port.on('message', (data: unknown) => {
      this.dispatchEvent(Object.assign(new Event('message'), { data, ports: [] }));
    });
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.some((item) => item instanceof ArrayBuffer)) return;
    this.port.postMessage(message);
  }

  close(): void {
    this.port.close();
  }
}
