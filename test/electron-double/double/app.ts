import type { App } from 'electron';
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { emitCancellable } from './cancellable.ts';
import { given, note } from './given.ts';

/** What `app` must know of a window to quit as Electron does. */
export interface ClosableWindow {
  close(): void;
  destroy(): void;
  isDestroyed(): boolean;
}

/** Every window that is open, oldest first. */
export const openWindows = new Set<ClosableWindow>();

type Used = Pick<
  App,
  | 'enableSandbox'
  | 'exit'
  | 'getPath'
  | 'getVersion'
  | 'isPackaged'
  | 'isReady'
  | 'name'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'setName'
  | 'setPath'
  | 'whenReady'
>;

/** @public Its type is part of what the stage offers. */
export class AppDouble extends EventEmitter implements Used {
  name = 'easel';
  readonly isPackaged = given.isPackaged;
  isSandboxed = false;
  private readonly paths = new Map<string, string>(Object.entries(given.paths));
  private readonly ready = Promise.withResolvers<undefined>();
  private state: 'starting' | 'ready' | 'ended' = 'starting';
  private isQuitting = false;

  isReady(): boolean {
    return this.state !== 'starting';
  }

  async whenReady(): Promise<void> {
    await this.ready.promise;
  }

  /** Electron gets ready once the main module has run to its end. */
  becomeReady(): void {
    if (this.state !== 'starting') return;
    this.state = 'ready';
    this.emit('ready', {}, {});
    this.ready.resolve(undefined);
  }

  enableSandbox(): void {
    if (this.isReady()) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.isSandboxed = true;
  }

  getVersion(): string {
    return given.version;
  }

  setName(name: string): void {
    this.name = name;
  }

  getPath(name: Parameters<App['getPath']>[0]): string {
    const path = this.paths.get(name);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`);
    if (name === 'sessionData' && this.isReady()) throw new Error('sessionData must be set before ready');
    note({ what: 'path', name, path });
    this.paths.set(name, path);
  }

  requestSingleInstanceLock(): boolean {
    note({ what: 'lock', userData: this.getPath('userData') });
    return !given.isLockHeld;
  }

  quit(): void {
    if (this.isQuitting || this.state === 'ended') return;
    this.isQuitting = true;
    if (emitCancellable(this, 'before-quit')) {
      this.isQuitting = false;
      return;
    }
    for (const window of [...openWindows]) window.close();
    if (openWindows.size > 0) {
      this.isQuitting = false;
      return;
    }
    if (emitCancellable(this, 'will-quit')) {
      this.isQuitting = false;
      return;
    }
    this.end(0);
  }

  exit(exitCode = 0): void {
    for (const window of [...openWindows]) window.destroy();
    this.end(exitCode);
  }

  /** Called by a window that has just gone. */
  windowClosed(): void {
    if (openWindows.size > 0 || this.isQuitting || this.state === 'ended') return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  private end(exitCode: number): void {
    if (this.state === 'ended') return;
    this.state = 'ended';
    this.emit('quit', {}, exitCode);
    note({ what: 'end', exitCode });
    // As in Electron, the code that asked for the end still runs on.
    setImmediate(() => process.exit(exitCode));
  }
}

export const app = new AppDouble();
