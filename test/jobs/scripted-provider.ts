import sharp from 'sharp';
import { expect, vi } from 'vitest';
import {
  ProviderError,
  type CallOptions,
  type ImageProvider,
  type ProviderRequest,
  type ResultImage,
  type SentRequest,
  type Submission,
  type Task,
} from '../../src/main/providers/provider.ts';
import type { ProviderKind } from '../../src/main/providers/registry.ts';
import type { Model, Price, ProviderManifest } from '../../src/shared/models/provider.ts';

/** On a busy machine; usually it takes some milliseconds. */
const longestWaitMs = 5_000;

/** What a provider says and does, as a test writes it. What is left out it can't do; `submit` and `collect` then fail the test. */
export type Script = Partial<
  Pick<ImageProvider, 'submit' | 'collect' | 'find' | 'cancel' | 'taskFor' | 'listModels' | 'checkHealth'>
>;

interface Traits {
  /** `painter` where it is left out. */
  readonly id?: string;
  readonly price?: Price | null;
  readonly imagesPerRequest?: number;
  /** 10,000 where it is left out. */
  readonly promptCharacters?: number;
  /** Size and seed where they are left out. */
  readonly parameters?: Model['parameters'];
  /** How long it takes to open, in milliseconds. */
  readonly opensInMs?: number;
}

export interface ScriptedProvider {
  readonly kind: ProviderKind;
  /** What was sent, and in a cloud paid for. */
  readonly sent: ProviderRequest[];
  readonly asked: Task[];
  readonly sought: SentRequest[];
  readonly cancelled: Task[];
  /** Ends every call that is still under way. */
  hangUp(): void;
}

/** Each picture costs 4 cents, four go into one request. */
export const paidProvider = (script: Script, traits: Traits = {}): ScriptedProvider =>
  scriptedProvider('cloud', script, { price: { usd: 0.04, per: 'image' }, ...traits });

/** On the user's own machine. */
export const freeProvider = (script: Script, traits: Traits = {}): ScriptedProvider =>
  scriptedProvider('local', script, { price: null, ...traits });

/** Waits until so many requests have been sent to it. */
export const whenSent = ({ sent }: ScriptedProvider, times = 1): Promise<void> =>
  vi.waitFor(() => {
    expect(sent).toHaveLength(times);
  }, longestWaitMs);

/** A call that is never answered. */
export const never = (): Promise<never> => new Promise(() => undefined);

/** The one task of a test, and what is said of it while the service works on it. */
export const task: Task = { remoteId: 'r1' };
export const accepted = (): Promise<Submission> => Promise.resolve({ state: 'pending', task, askAgainInMs: 1 });

/** A small picture; `shade`, 0 to 255, makes it another one. */
export async function picture(shade: number): Promise<ResultImage> {
  const background = { r: shade, g: shade, b: shade };
  const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background } })
    .png()
    .toBuffer();
  return { bytes, seed: null };
}

/** One that broke off on its way. */
export async function brokenPicture(shade: number): Promise<ResultImage> {
  const { bytes, seed } = await picture(shade);
  return { bytes: bytes.subarray(0, 40), seed };
}

type Finished = Extract<Submission, { state: 'finished' }>;

/** As many as the request asks for, by their seeds. */
export const drawn = ({ count, seed }: Pick<ProviderRequest, 'count' | 'seed'>): Promise<Finished> =>
  finished(Array.from({ length: count }, (_, at) => picture((seed + at) % 256)));

export async function finished(
  images: readonly Promise<ResultImage>[],
  more: Omit<Partial<Finished>, 'images'> = {},
): Promise<Finished> {
  return { state: 'finished', images: await Promise.all(images), ...more };
}

export const failing =
  (...failure: ConstructorParameters<typeof ProviderError>): (() => Promise<never>) =>
  () =>
    Promise.reject(new ProviderError(...failure));

function scriptedProvider(kind: 'cloud' | 'local', script: Script, traits: Traits): ScriptedProvider {
  const manifest = manifestOf(kind, traits, {
    cancel: script.cancel !== undefined,
    find: script.find !== undefined,
    ownTaskIds: script.taskFor !== undefined,
    listModels: script.listModels !== undefined,
  });
  const lines = Promise.withResolvers<never>();
  lines.promise.catch(() => undefined);
  const calls = { sent: [] as ProviderRequest[], asked: [] as Task[], sought: [] as SentRequest[] };
  const cancelled: Task[] = [];

  /** Writes the call down, and breaks it off as real adapters do when they are told to. */
  const heard =
    <Argument, Answer>(
      book: Argument[],
      answer: (argument: Argument, options: CallOptions) => Promise<Answer>,
    ): ((argument: Argument, options: CallOptions) => Promise<Answer>) =>
    (argument, options) => {
      const { signal } = options;
      if (signal.aborted) return Promise.reject(stopped());
      book.push(argument);
      const broken = new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(stopped());
        });
      });
      return Promise.race([answer(argument, options), broken, lines.promise]);
    };
  const unscripted = (): Promise<never> => Promise.reject(new Error('The script does not say what to answer.'));

  const provider: ImageProvider = {
    manifest,
    checkHealth: () => Promise.resolve({ version: null, message: 'Ready.' }),
    ...script,
    submit: heard(calls.sent, script.submit ?? unscripted),
    collect: heard(calls.asked, script.collect ?? unscripted),
    ...(script.find ? { find: heard(calls.sought, script.find) } : {}),
    ...(script.cancel ? { cancel: heard(cancelled, script.cancel) } : {}),
    close: () => Promise.resolve(),
  };
  return {
    kind: {
      manifest,
      open: async () => {
        if (traits.opensInMs !== undefined) await new Promise((resolve) => setTimeout(resolve, traits.opensInMs));
        return provider;
      },
    },
    ...calls,
    cancelled,
    hangUp: () => {
      lines.reject(stopped());
    },
  };
}

const stopped = (): ProviderError => new ProviderError('cancelled', 'This was stopped.');

/** The one model that the scripted providers have. */
export function modelFor({
  price = null,
  imagesPerRequest = 4,
  promptCharacters = 10_000,
  parameters = ['size', 'seed'],
}: Traits): Model {
  return {
    id: 'brush',
    name: 'Brush',
    family: 'other',
    tier: 'standard',
    operations: ['textToImage'],
    parameters,
    limits: { promptCharacters, imagesPerRequest, side: { min: 64, max: 64, multipleOf: 1 } },
    defaults: { width: 64, height: 64 },
    choices: { samplers: [], schedulers: [], loras: [] },
    price,
    typicalSeconds: null,
  };
}

const names: Readonly<Record<string, string>> = { painter: 'Painter', home: 'Easel at home', sketcher: 'Sketcher' };

function manifestOf(
  kind: 'cloud' | 'local',
  traits: Traits,
  abilities: Partial<ProviderManifest['abilities']>,
): ProviderManifest {
  const { id = 'painter' } = traits;
  const apiKey = { field: 'apiKey', label: 'API key', environment: [], isSecret: true, isOptional: false, help: '' };
  return {
    id,
    name: names[id] ?? id,
    summary: 'Paints what the test says.',
    kind,
    docsUrl: null,
    keysUrl: null,
    defaultUrls: [kind === 'cloud' ? 'https://painter.example' : 'http://127.0.0.1:1'],
    credentials: kind === 'cloud' ? [apiKey] : [],
    limits: { perMinute: null, atOnce: 2 },
    abilities: {
      cancel: false,
      listModels: false,
      watch: false,
      ownTaskIds: false,
      find: false,
      balance: false,
      train: false,
      ...abilities,
    },
    keepsTasksForHours: null,
    notAi: false,
    pricesCheckedOn: null,
    models: [modelFor(traits)],
  };
}
