import { readFileSync } from 'node:fs';
import { compileFunction, createContext } from 'node:vm';
import { connect, type Client } from '../../../src/renderer/backend/client.ts';
import type { PagePort } from './ports.ts';
import type { FrameDouble } from './web-contents.ts';

/** The page's `window`, as far as preload and client touch it. */
class PageWindow extends EventTarget {
  readonly location: { readonly origin: string };
  [exposed: string]: unknown;

  constructor(origin: string) {
    super();
    this.location = { origin };
  }

  postMessage(data: unknown, targetOrigin: string, ports: readonly PagePort[] = []): void {
    if (targetOrigin !== this.location.origin && targetOrigin !== '*') return;
    const event = Object.assign(new Event('message'), { data, origin: this.location.origin, source: this, ports });
    setImmediate(() => this.dispatchEvent(event));
  }
}

/** A loaded page: the built preload runs in a context without Node, and the interface's own client talks through it. */
export class Page {
  readonly window: PageWindow;
  readonly response: Response;
  private client: Promise<Client> | null = null;

  constructor(options: {
    frame: FrameDouble;
    response: Response;
    preload: string;
    send: (channel: string, words: readonly unknown[]) => void;
  }) {
    const { frame, preload, send } = options;
    this.response = options.response;
    this.window = new PageWindow(frame.origin);
    const electron = {
      contextBridge: {
        exposeInMainWorld: (name: string, value: unknown): void => {
          this.window[name] = structuredClone(value);
        },
      },
      ipcRenderer: Object.assign(frame.inbox, {
        send: (channel: string, ...words: unknown[]): void => {
          setImmediate(() => send(channel, words));
        },
      }),
    };
    const require = (name: string): unknown => {
      if (name === 'electron') return electron;
      throw new Error(`module not found: ${name}`);
    };
    const context = createContext({ window: this.window });
    const run = compileFunction(readFileSync(preload, 'utf8'), ['require'], { parsingContext: context }) as (
      load: typeof require,
    ) => void;
    run(require);
  }

  /** The interface's own client, connected as the interface connects it. */
  connect(): Promise<Client> {
    this.client ??= connect(this.window as unknown as Window);
    return this.client;
  }
}
