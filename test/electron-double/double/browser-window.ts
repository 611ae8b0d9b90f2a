import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { EventEmitter } from 'node:events';
import { app, openWindows } from './app.ts';
import { emitCancellable } from './cancellable.ts';
import { note } from './given.ts';
import { screen } from './system.ts';
import { WebContentsDouble } from './web-contents.ts';

type Used = Pick<
  BrowserWindow,
  | 'close'
  | 'destroy'
  | 'focus'
  | 'getNormalBounds'
  | 'isDestroyed'
  | 'isFullScreen'
  | 'isMaximized'
  | 'isMinimized'
  | 'loadURL'
  | 'maximize'
  | 'restore'
  | 'setBackgroundColor'
  | 'setFullScreen'
  | 'show'
>;

export class BrowserWindowDouble extends EventEmitter implements Used {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents: WebContentsDouble;
  /** What was done to it, in order: show, focus, maximize, … */
  readonly deeds: string[] = [];
  backgroundColor: string | undefined;
  bounds: Rectangle;
  isMaximisedNow = false;
  isMinimisedNow = false;
  isFullScreenNow = false;
  private isGone = false;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const { width = 800, height = 600 } = options;
    const { workArea } = screen.getPrimaryDisplay();
    const { x = workArea.x + (workArea.width - width) / 2, y = workArea.y + (workArea.height - height) / 2 } = options;
    this.options = options;
    this.bounds = { x, y, width, height };
    this.backgroundColor = options.backgroundColor;
    this.webContents = new WebContentsDouble(options.webPreferences?.preload ?? '');
    openWindows.add(this);
  }

  static getAllWindows(): BrowserWindowDouble[] {
    return [...openWindows] as BrowserWindowDouble[];
  }

  static getFocusedWindow(): BrowserWindowDouble | null {
    return null;
  }

  async loadURL(url: string): Promise<void> {
    note({ what: 'window', url });
    await this.webContents.load(url);
    this.emit('ready-to-show');
  }

  show(): void {
    this.deeds.push('show');
  }

  focus(): void {
    this.deeds.push('focus');
  }

  maximize(): void {
    this.deeds.push('maximize');
    this.isMaximisedNow = true;
  }

  restore(): void {
    this.deeds.push('restore');
    this.isMinimisedNow = false;
  }

  setFullScreen(isFullScreen: boolean): void {
    this.deeds.push('setFullScreen');
    this.isFullScreenNow = isFullScreen;
  }

  setBackgroundColor(colour: string): void {
    this.backgroundColor = colour;
  }

  getNormalBounds(): Rectangle {
    return this.bounds;
  }

  isMaximized(): boolean {
    return this.isMaximisedNow;
  }

  isMinimized(): boolean {
    return this.isMinimisedNow;
  }

  isFullScreen(): boolean {
    return this.isFullScreenNow;
  }

  isDestroyed(): boolean {
    return this.isGone;
  }

  close(): void {
    if (this.isGone || emitCancellable(this, 'close')) return;
    this.destroy();
  }

  destroy(): void {
    if (this.isGone) return;
    this.isGone = true;
    openWindows.delete(this);
    this.webContents.leave();
    this.webContents.emit('destroyed');
    this.emit('closed');
    app.windowClosed();
  }
}
