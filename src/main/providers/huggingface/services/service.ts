import type { Parameter } from '../../../../shared/models/provider.ts';
import { lostAnswer, somethingElse, type Peer } from '../../http-failures.ts';
import type { Answer, AskOptions, Http } from '../../http-types.ts';
import { ProviderError, type ProviderRequest, type TaskProgress } from '../../provider.ts';
import type { MappingEntry } from '../answers.ts';
import { explainRefusal, isNotServed, wordsOf } from '../explain-refusal.ts';
import type { RoutedTask } from '../task.ts';
import type { z } from 'zod';

export type HubTask = 'text-to-image' | 'image-to-image';

/** What a service's answer comes to. */
export type Outcome =
  | { readonly state: 'bytes'; readonly bytes: Uint8Array }
  | { readonly state: 'urls'; readonly urls: readonly string[]; readonly seed: number | null; readonly id: string }
  | { readonly state: 'working'; readonly id: string; readonly path: string; readonly progress: TaskProgress }
  | { readonly state: 'lost' };

/** The request in the words that the hub's tasks have for all services; null where the service or the user has none. */
export interface Wish {
  /** The model's name at the hub. */
  readonly hubModel: string;
  readonly entry: MappingEntry;
  readonly prompt: string;
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly seed: number | null;
  readonly steps: number | null;
  readonly guidance: number | null;
  readonly negativePrompt: string | null;
  readonly image: ProviderRequest['image'];
  /** Tells the user that something was left out or changed. */
  readonly drop: (parameter: Parameter, note: string) => void;
}

export interface Call {
  /** Below the service's root at the router. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One of the services behind the router, with its own bodies and answers. All throw ProviderError. */
export interface Service {
  readonly tasks: readonly HubTask[];
  /** What it takes beside the prompt. */
  readonly takes: readonly Parameter[];
  call(wish: Wish): Call;
  /** Reads the answer to the paid call. */
  read(answer: Answer, peer: Peer): Outcome;
  /** Asks about work under way; only where `read` can answer `working`. */
  ask?(http: Http, task: RoutedTask, options: AskOptions): Promise<Outcome>;
}

/** A paid answer of this shape; anything else may hide a picture that was paid for. */
export function readPaid<T>(answer: Answer, schema: z.ZodType<T>, peer: Peer): T {
  const read = schema.safeParse(answer.json());
  if (read.success) return read.data;
  throw lostAnswer(peer, somethingElse(peer, read.error));
}

/** Asks a service about a task; null where it does not know it. Anything that is not its own word leaves the task open. */
export function askAbout<T>(http: Http, path: string, schema: z.ZodType<T>, options: AskOptions): Promise<T | null> {
  const notUnderstood = (providerText: string | null): ProviderError =>
    new ProviderError('server', 'Hugging Face gave an answer about this that Easel does not understand.', {
      providerText,
    });
  const read = (answer: Answer): T | null => {
    const isJson = answer.header('content-type')?.includes('json') ?? false;
    const json = isJson ? answer.json() : null;
    if (answer.status === 404) {
      const words = wordsOf(json, '');
      // The router may have stopped serving the model, which says nothing of the task.
      if (!isJson || isNotServed(words)) throw notUnderstood(words);
      return null;
    }
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    throw notUnderstood(null);
  };
  return http.get(path, read, { explain: explainRefusal, ...options, alsoAccept: [404] });
}

/** The parameters that all services call the same; what is null is left out. */
export function neutral({ size, seed, steps, guidance, negativePrompt }: Wish): Record<string, unknown> {
  return {
    ...size,
    ...(seed === null ? {} : { seed }),
    ...(steps === null ? {} : { num_inference_steps: steps }),
    ...(guidance === null ? {} : { guidance_scale: guidance }),
    ...(negativePrompt === null ? {} : { negative_prompt: negativePrompt }),
  };
}

export function withFewerSteps(wish: Wish, most: number): Wish {
  if (wish.steps === null || wish.steps <= most) return wish;
  wish.drop('steps', `The service that runs this model takes at most ${most} steps; ${most} were sent.`);
  return { ...wish, steps: most };
}

/** The path of an address that the service named; its host does not matter, because the router stands before it. */
export function pathOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).pathname : null;
}

export const mimeTypeOf = ({ format }: NonNullable<ProviderRequest['image']>): string =>
  `image/${format === 'jpg' ? 'jpeg' : format}`;
