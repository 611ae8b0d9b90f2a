import type { HandlerDetails, IpcMainEvent, WebContents, WindowOpenHandlerResponse } from 'electron';
import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { emitCancellable } from './cancellable.ts';
import { given } from './given.ts';
import type { MessagePortMain } from './ports.ts';
import { PagePort } from './ports.ts';
import { hasOrigin, session } from './session.ts';
import { Page } from './page.ts';

class IpcMainDouble extends EventEmitter {
  override on(channel: string, listener: (...words: unknown[]) => void): this {
    if (given.isBroken && channel.startsWith('electron-store')) throw new Error('This Electron is broken');
    return super.on(channel, listener);
  }
}

export const ipcMain = new IpcMainDouble();

/** A frame as the main process sees it. `inbox` is the page's end: what it was sent. */
export class FrameDouble {
  readonly url: string;
  readonly parent: FrameDouble | null;
  readonly detached = false;
  readonly inbox = new EventEmitter();
  readonly ports: PagePort[] = [];

  constructor(url: string, parent: FrameDouble | null = null) {
    this.url = url;
    this.parent = parent;
  }

  get origin(): string {
    const { protocol, host } = new URL(this.url);
    return /^https?:$/.test(protocol) || hasOrigin(protocol.slice(0, -1)) ? `${protocol}//${host}` : 'null';
  }

  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    const ports = transfer.map((port) => new PagePort(port));
    this.ports.push(...ports);
    this.inbox.emit(channel, { ports }, structuredClone(message));
  }
}

export class WebContentsDouble extends EventEmitter implements Pick<WebContents, 'reload' | 'setWindowOpenHandler'> {
  mainFrame = new FrameDouble('about:blank');
  page: Page | null = null;
  loads = 0;
  private openHandler: ((details: HandlerDetails) => WindowOpenHandlerResponse) | null = null;
  private readonly preload: string;

  constructor(preload: string) {
    super();
    this.preload = preload;
    app.emit('web-contents-created', {}, this);
  }

  get session() {
    return session.defaultSession;
  }

  /** Fetches the document, then runs the preload in a fresh page. */
  async load(url: string): Promise<void> {
    const response = await this.session.fetch(url);
    this.leave();
    this.mainFrame = new FrameDouble(url);
    this.page = new Page({
      frame: this.mainFrame,
      response,
      preload: this.preload,
      send: (channel, words) => this.send(channel, words),
    });
    this.loads += 1;
    this.emit('did-finish-load');
  }

  reload(): void {
    void this.load(this.mainFrame.url);
  }

  /** The page is no more: its ports go with it. */
  leave(): void {
    for (const port of this.mainFrame.ports) port.close();
    this.page = null;
  }

  setWindowOpenHandler(handler: typeof this.openHandler): void {
    this.openHandler = handler;
  }

  /** A message to the main process, from the page or from any frame a test makes up. */
  send(channel: string, words: readonly unknown[] = [], frame: FrameDouble | null = this.mainFrame): void {
    const event = { sender: this, senderFrame: frame, ports: [], type: 'frame' } as unknown as IpcMainEvent;
    ipcMain.emit(channel, event, ...(structuredClone(words) as unknown[]));
  }

  /** Whether a page would get away with going there. */
  navigate(url: string, { isMainFrame = true } = {}): boolean {
    const details = { url, isMainFrame, isSameDocument: false };
    const refusals = [
      ...(isMainFrame ? [emitCancellable(this, 'will-navigate', details)] : []),
      emitCancellable(this, 'will-frame-navigate', details),
    ];
    return !refusals.includes(true);
  }

  redirect(url: string): boolean {
    return !emitCancellable(this, 'will-redirect', { url, isMainFrame: true, isSameDocument: false });
  }

  attachWebview(): boolean {
    return !emitCancellable(this, 'will-attach-webview', {}, {}, { src: 'https://example.com/' });
  }

  openWindow(url: string): WindowOpenHandlerResponse['action'] {
    const details = {
      url,
      frameName: '',
      features: '',
      disposition: 'new-window',
      referrer: { url: '', policy: 'no-referrer' },
    } as const;
    return this.openHandler?.(details).action ?? 'allow';
  }
}
