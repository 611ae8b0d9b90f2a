import type { DroppedParameter } from '../../shared/models/job.ts';
import type { Cost } from '../../shared/models/cost.ts';
import type { Lora, Operation } from '../../shared/models/generation-request.ts';
import type { Model, ProviderManifest } from '../../shared/models/provider.ts';
import type { ProviderErrorCode } from '../../shared/errors.ts';

/** A picture from the library's inputs, as bytes. */
export interface InputImage {
  readonly bytes: Uint8Array;
  /** SHA-256 in hex: a stable name for uploads. */
  readonly hash: string;
  readonly format: 'png' | 'jpg' | 'webp' | 'gif' | 'avif';
  readonly width: number;
  readonly height: number;
}

/** A request fitted to one model: nothing in it that the model can't do, every default filled in. */
export interface ProviderRequest {
  /** A UUID in lower-case form, new for each attempt. Services that take a task id made by us get this one. */
  readonly attemptId: string;
  readonly operation: Operation;
  readonly model: Model;
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly width: number;
  readonly height: number;
  /** At most the model's `imagesPerRequest`. Image i of the answer has seed + i. */
  readonly count: number;
  readonly seed: number;
  readonly steps: number | null;
  readonly guidance: number | null;
  readonly sampler: string | null;
  readonly scheduler: string | null;
  readonly strength: number | null;
  readonly loras: readonly Lora[];
  readonly image: InputImage | null;
  /** Same size as `image`; white is painted anew. */
  readonly mask: InputImage | null;
}

/** What the queue keeps of a piece of work at the service. It must survive JSON and a restart. */
export interface Task {
  /** The service's name for it, shown to the user. */
  readonly remoteId: string;
  readonly [field: string]: string | number | boolean | null;
}

export interface ResultImage {
  readonly bytes: Uint8Array;
  readonly seed: number | null;
}

export interface TaskProgress {
  /** 0 to 1 for the image under way. */
  readonly fraction: number | null;
  readonly stage: string;
  /** 0: running; 1: next; null: not told. */
  readonly queuePosition: number | null;
}

export type Submission =
  | {
      readonly state: 'finished';
      readonly images: readonly ResultImage[];
      readonly cost?: Cost;
      readonly dropped?: readonly DroppedParameter[];
    }
  | { readonly state: 'pending'; readonly task: Task; readonly askAgainInMs: number; readonly progress?: TaskProgress }
  /** Only from `collect`: the service does not know this task (any more). */
  | { readonly state: 'lost' };

export type WatchEvent =
  | { readonly kind: 'progress'; readonly progress: TaskProgress }
  | { readonly kind: 'preview'; readonly bytes: Uint8Array; readonly mimeType: string }
  /** Something happened that makes it worth asking at once. */
  | { readonly kind: 'collectNow' };

export interface CallOptions {
  readonly signal: AbortSignal;
}

/** What an adapter gives: data plus a few functions. Waiting, retrying, paying and storing belong to the queue. */
export interface ImageProvider {
  readonly manifest: ProviderManifest;
  /** One paid (or, locally, free) call. Never waits, retries or reads settings. Throws ProviderError. */
  submit(request: ProviderRequest, options: CallOptions): Promise<Submission>;
  /** Asks once about a task. Never loops, sleeps or pays. */
  collect(task: Task, options: CallOptions): Promise<Submission>;
  /** One free call. Throws ProviderError when the service can't be used. */
  checkHealth(options: CallOptions): Promise<{ readonly version: string | null; readonly message: string }>;
  /** Known before anything is sent, where the manifest says `ownTaskIds`. */
  taskFor?(request: ProviderRequest): Task;
  /** Stops this task and no other. `false`: there was nothing left to stop. */
  cancel?(task: Task, options: CallOptions): Promise<boolean>;
  listModels?(options: CallOptions): Promise<readonly Model[]>;
  /** Decorates a task with progress and previews until the returned function is called. Never throws: `collect` decides. */
  watch?(task: Task, listener: (event: WatchEvent) => void): () => void;
  /** Closes sockets and workers. */
  close(): Promise<void>;
}

/** A failure of a provider, in Easel's categories. `providerText` is the service's own words, free of keys. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly code: ProviderErrorCode;
  readonly providerText: string | null;
  readonly retryAfterMs: number | null;
  /** The service itself reported the end of this task; asking again gives the same answer. */
  readonly isFinal: boolean;

  constructor(
    code: ProviderErrorCode,
    message: string,
    more: { providerText?: string | null; retryAfterMs?: number | null; isFinal?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.code = code;
    this.providerText = more.providerText ?? null;
    this.retryAfterMs = more.retryAfterMs ?? null;
    this.isFinal = more.isFinal ?? false;
  }
}
