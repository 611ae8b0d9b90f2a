import type { DroppedParameter } from '../../shared/models/dropped-parameter.ts';
import type { Cost } from '../../shared/models/cost.ts';
import type { Lora, Operation, OutputFormat } from '../../shared/models/generation-request.ts';
import type { Balance, Model, ProviderManifest } from '../../shared/models/provider.ts';
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
  /** Pixels, within the model's limits. A picture made from another one has that one's shape unless a size was asked for. */
  readonly width: number;
  readonly height: number;
  /** At most the model's `imagesPerRequest`. Image i of the answer has seed + i. */
  readonly count: number;
  /** Always set, drawn by Easel where nobody chose; what is drawn has 32 bits, what is chosen up to 53. */
  readonly seed: number;
  readonly steps: number | null;
  readonly guidance: number | null;
  readonly sampler: string | null;
  readonly scheduler: string | null;
  /** 0 keeps the reference, 1 ignores it; null where there is none to keep. Some services count the other way round. */
  readonly strength: number | null;
  readonly loras: readonly Lora[];
  readonly image: InputImage | null;
  /** Same size as `image`; white is painted anew. */
  readonly mask: InputImage | null;
  /** Further pictures to go by, at most the model's `limits.references`. */
  readonly references: readonly InputImage[];
  readonly style: string | null;
  readonly outputFormat: OutputFormat | null;
  /** How many times larger an upscaled picture's sides become. */
  readonly scale: number | null;
  /** Length of a video. */
  readonly seconds: number | null;
}

/** What is known of a request whose answer never came. */
export interface SentRequest {
  readonly attemptId: string;
  readonly operation: Operation;
  /** The model's id. */
  readonly model: string;
  readonly prompt: string;
  readonly seed: number | null;
  readonly width: number;
  readonly height: number;
  readonly count: number;
  /** Milliseconds since 1970, by this computer's clock. */
  readonly sentAt: number;
}

/** `absent` only where the service would surely know it: the request never arrived and nothing was charged. */
export type Found = { readonly state: 'found'; readonly task: Task } | { readonly state: 'absent' | 'unsure' };

/** What is needed to train a model of one's own. */
export interface TrainingRequest {
  /** A UUID, new for each attempt. */
  readonly attemptId: string;
  readonly name: string;
  readonly triggerWord: string;
  readonly description: string;
  /** What is shown: a person, a thing, a style. */
  readonly subject: 'person' | 'object' | 'style';
  readonly images: readonly InputImage[];
  /** Null: the service's own choice. */
  readonly steps: number | null;
}

export type Training =
  | {
      readonly state: 'finished';
      /**
       * The new model, as it appears in the picker. Where `listModels` shows it, `source` may be null; else it is the address of its
       * weights, and the id is `<id of the model that draws with them>#<source>`.
       */
      readonly model: { readonly id: string; readonly name: string; readonly source: string | null };
      readonly cost?: Cost;
    }
  | { readonly state: 'pending'; readonly task: Task; readonly askAgainInMs: number; readonly progress?: TaskProgress }
  | { readonly state: 'lost' };

/** What the queue keeps of a piece of work at the service. It must survive JSON and a restart. */
export interface Task {
  /** The service's name for it, shown to the user. */
  readonly remoteId: string;
  readonly [field: string]: string | number | boolean | null;
}

/** A picture, or the file of a video. */
export interface ResultImage {
  readonly bytes: Uint8Array;
  /** What the service says it used; null where it says nothing and none was sent. */
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
      /** The prompt as the service changed it. */
      readonly revisedPrompt?: string;
    }
  /** `askAgainInMs`: as the service advises, usually 1000 to 2000, more for long work. */
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

/** Where a provider is and with what it is entered. */
export interface ProviderPlace {
  /** Empty for a provider that needs no network. */
  readonly url: string;
  /** By field of the manifest's `credentials`; a field that is not set is missing. */
  readonly credentials: Readonly<Record<string, string>>;
}

/** What an adapter gives: data plus a few functions. Waiting, retrying, paying and storing belong to the queue. */
export interface ImageProvider {
  readonly manifest: ProviderManifest;
  /** One paid (or, locally, free) call. Never waits, retries or reads settings. Throws ProviderError. */
  submit(request: ProviderRequest, options: CallOptions): Promise<Submission>;
  /** Asks once about a task. Never loops, sleeps or pays. */
  collect(task: Task, options: CallOptions): Promise<Submission>;
  /** One free call. `message` is shown when all is well: "Key accepted." Throws ProviderError when the service can't be used. */
  checkHealth(options: CallOptions): Promise<{ readonly version: string | null; readonly message: string }>;
  /** Known before anything is sent, where the manifest says `ownTaskIds`. */
  taskFor?(request: ProviderRequest): Task;
  /** Stops this task and no other. `false`: there was nothing left to stop, as far as the service says. */
  cancel?(task: Task, options: CallOptions): Promise<boolean>;
  listModels?(options: CallOptions): Promise<readonly Model[]>;
  /** Looks, free of charge, whether a request whose answer was lost has arrived. */
  find?(sent: SentRequest, options: CallOptions): Promise<Found>;
  /** One free call. */
  readBalance?(options: CallOptions): Promise<Balance>;
  /** One paid call, as `submit`. */
  train?(request: TrainingRequest, options: CallOptions): Promise<Training>;
  /** Asks once about a training, as `collect`. */
  collectTraining?(task: Task, options: CallOptions): Promise<Training>;
  /** As `cancel`. Missing where the service finishes what it began. */
  cancelTraining?(task: Task, options: CallOptions): Promise<boolean>;
  /** Decorates a task with progress and previews until the returned function is called. Never throws: `collect` decides. */
  watch?(task: Task, listener: (event: WatchEvent) => void): () => void;
  /** Connections to the service that are open, and the most there may be. Missing where it needs none. */
  connections?(): { readonly open: number; readonly most: number };
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
  /** What the service charges all the same; null where it is nothing, or not known. */
  readonly cost: Cost | null;

  constructor(
    code: ProviderErrorCode,
    message: string,
    more: {
      providerText?: string | null;
      retryAfterMs?: number | null;
      isFinal?: boolean;
      cost?: Cost | null;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: more.cause });
    this.code = code;
    this.providerText = more.providerText ?? null;
    this.retryAfterMs = more.retryAfterMs ?? null;
    this.isFinal = more.isFinal ?? false;
    this.cost = more.cost ?? null;
  }
}
