import type { CustomScheme, Protocol, Session, WebRequestFilter } from 'electron';
import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { note } from './given.ts';

type Handler = (request: Request) => Response | Promise<Response>;
type PermissionRequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type PermissionCheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
export type Permission = Parameters<PermissionRequestHandler>[1];

const schemes = new Map<string, CustomScheme>();
const handlers = new Map<string, Handler>();

/** @public Its type is part of what the stage offers. */
export class SessionDouble extends EventEmitter {
  request: PermissionRequestHandler | null = null;
  check: PermissionCheckHandler | null = null;
  device: Parameters<Session['setDevicePermissionHandler']>[0] = null;
  private refusal: {
    filter: WebRequestFilter;
    listener: (details: never, answer: (response: { cancel?: boolean }) => void) => void;
  } | null = null;

  readonly webRequest = {
    onBeforeRequest: (filter: WebRequestFilter, listener: NonNullable<typeof this.refusal>['listener']): void => {
      this.refusal = { filter, listener };
    },
  };

  setPermissionRequestHandler(handler: PermissionRequestHandler | null): void {
    this.request = handler;
  }

  setPermissionCheckHandler(handler: PermissionCheckHandler | null): void {
    this.check = handler;
  }

  setDevicePermissionHandler(handler: typeof this.device): void {
    this.device = handler;
  }

  /** What a page's own request would get. `initiatorOrigin`: the origin of whoever asks; none for the program itself. */
  async fetch(url: string, init: RequestInit & { initiatorOrigin?: string } = {}): Promise<Response> {
    const { protocol: scheme } = new URL(url);
    const isFiltered = this.refusal?.filter.urls.some((pattern) => url.startsWith(pattern.replace('*/*', ''))) ?? false;
    if (isFiltered) {
      const { promise, resolve } = Promise.withResolvers<{ cancel?: boolean }>();
      this.refusal?.listener({ url } as never, resolve);
      if ((await promise).cancel) throw new Error('net::ERR_BLOCKED_BY_CLIENT');
    }
    const handler = handlers.get(scheme.slice(0, -1));
    if (!handler) throw new Error('net::ERR_UNKNOWN_URL_SCHEME');
    const { initiatorOrigin, ...rest } = init;
    const request = new Request(url, rest);
    return handler(initiatorOrigin === undefined ? request : Object.assign(request, { initiatorOrigin }));
  }
}

const defaultSession = new SessionDouble();
export const session = {
  get defaultSession() {
    if (!app.isReady()) throw new Error('Session can only be received when app is ready');
    return defaultSession;
  },
};

export const protocol = {
  registerSchemesAsPrivileged: (customSchemes: CustomScheme[]): void => {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    if (schemes.size > 0) throw new Error('protocol.registerSchemesAsPrivileged can be called only once');
    for (const scheme of customSchemes) schemes.set(scheme.scheme, scheme);
    note({ what: 'schemes', schemes: customSchemes });
  },
  handle: (scheme: string, handler: Handler): void => {
    if (!app.isReady()) throw new Error('protocol.handle can only be called when app is ready');
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler);
  },
} satisfies Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'>;

/** A scheme that is not standard has no origin, and the page's policy and messages then mean nothing. */
export function hasOrigin(scheme: string): boolean {
  return schemes.get(scheme)?.privileges?.standard === true;
}
