import type { z } from 'zod';

/**
 * What a request costs and where it lands: faults are switched on by it. `pay` begins paid work, `poll` asks about it, `file` is
 * a result's bytes, everything else (models, balance, uploads, cancelling) is `free`.
 */
export type RouteKind = 'pay' | 'poll' | 'free' | 'file';

export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as they are, with `type`. */
  readonly bytes?: Uint8Array;
  readonly type?: string;
}

/** One request as a route sees it. */
export interface Exchange {
  readonly method: string;
  /** Below the fake's base URL, without the query: `/v1/jobs/3`. */
  readonly path: string;
  /** What the pattern's `:name` stood for. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** The body as JSON, unchecked. Throws SyntaxError. */
  json(): unknown;
  /** The body as JSON of this shape. Throws for any other: a fake is strict, so that a wrong request is noticed. */
  read<T>(schema: z.ZodType<T>): T;
  form(): Promise<FormData>;
}

export interface FakeRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base URL: `/jobs/:id`, or `/:rest*` for whatever follows. */
  readonly path: string;
  /** Where one path does everything, the request says which it is. */
  readonly kind: RouteKind | ((exchange: Exchange) => RouteKind);
  /** Answered without a key, too. */
  readonly isPublic?: boolean;
  answer(exchange: Exchange): FakeAnswer | Promise<FakeAnswer>;
}

/** A paid piece of work as the service's own books have it. */
export interface Charge {
  readonly id: string;
  /** US dollars; null where the service does not count in them. */
  readonly usd: number | null;
  readonly images: number;
  readonly at: number;
  /** The id that the client made, where the service takes one. */
  readonly clientId: string | null;
  /** The body of the paid request it is for, as text; empty where none can be told. */
  readonly request: string;
}

/** What goes wrong with the next requests of a kind. */
export interface Fault {
  readonly on: RouteKind;
  readonly kind: FaultKind;
  /** How often; for ever where it is left out. */
  readonly times?: number;
  readonly status?: number;
  readonly retryAfter?: string;
  /** Sent with `status` as the body, in the service's own words. */
  readonly json?: unknown;
}

/**
 * `resetBefore`: the connection breaks and nothing was done. `resetAfter`: the work is done (and charged) and the connection breaks
 * before the answer. `hang`: done, and no answer ever. `trickle`: done, and the answer comes byte by byte. `status`: refused with
 * this status, nothing done. `statusAfter`: done, and a gateway answers with this status. `html`, `cutJson`, `wrongType`, `bomb`: done,
 * and the answer is a web page, ends in the middle, is declared as text, or unpacks into gigabytes.
 */
export type FaultKind =
  | 'resetBefore'
  | 'resetAfter'
  | 'hang'
  | 'trickle'
  | 'status'
  | 'statusAfter'
  | 'html'
  | 'cutJson'
  | 'wrongType'
  | 'bomb';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly kind: RouteKind | null;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** What the kit gives to a service. */
export interface FakeKit {
  readonly options: Required<Pick<FakeOptions, 'stepMs' | 'keys' | 'largestSide'>>;
  /** Milliseconds since 1970. */
  now(): number;
  /** A random id. */
  id(): string;
  /** Notes a charge; one with an id that was charged already is noted as a duplicate. */
  charge(charge: Omit<Charge, 'at' | 'request'>): void;
  /** Keeps a result and answers its address, on another port than the API. Gone after `expiresInMs`, with status 403. */
  addFile(bytes: Uint8Array, mimeType: string, more?: { expiresInMs?: number }): string;
  picture(wish: {
    width: number;
    height: number;
    text: string;
    seed: number;
    format?: 'png' | 'jpg' | 'webp';
  }): Promise<Buffer>;
  video(wish: { width: number; height: number; text: string }): Buffer;
  /** 0 to 1: how far work that takes `steps` steps has come. */
  fraction(startedAt: number, steps?: number): number;
  /** The whole URL of a path of this service, for answers that carry such. */
  urlOf(path: string): string;
}

/** A service, before it is started. */
export interface FakeDefinition {
  /** The provider's id. */
  readonly id: string;
  /** The path at which the base URL of the contract's first section ends: `/v1`, or empty. */
  readonly basePath: string;
  /** By credential field, what the fake takes as right. */
  readonly keys: Readonly<Record<string, string>>;
  /** Whether the request carries the right key. */
  isAuthorized(exchange: Exchange, keys: Readonly<Record<string, string>>): boolean;
  /** What one without it gets. */
  readonly unauthorized: FakeAnswer;
  create(kit: FakeKit): readonly FakeRoute[];
}

export interface FakeOptions {
  /** 0, the default: any. */
  readonly port?: number;
  readonly filePort?: number;
  /** How long one step of work takes. */
  readonly stepMs?: number;
  readonly keys?: Readonly<Record<string, string>>;
  /** Pictures are never larger than this, whatever was asked for. */
  readonly largestSide?: number;
}

export interface Fake {
  readonly id: string;
  /** What belongs into `EASEL_<ID>_URL`. */
  readonly url: string;
  readonly keys: Readonly<Record<string, string>>;
  readonly requests: readonly SeenRequest[];
  readonly charges: readonly Charge[];
  /** Ids that were charged twice. */
  readonly duplicates: readonly string[];
  /** Most connections open at once since the start. */
  readonly mostConnections: () => number;
  readonly connectionsMade: () => number;
  addFault(fault: Fault): void;
  /** Faults that have not happened yet. */
  faultsWaiting(): number;
  clearFaults(): void;
  close(): Promise<void>;
}
