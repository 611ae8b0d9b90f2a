import { z } from 'zod';
import { Operation, OutputFormat } from './generation-request.ts';
import { parameters, Tier } from './route-wishes.ts';

export const Parameter = z.enum(parameters);
export type Parameter = z.infer<typeof Parameter>;

/** How a back end reads weights in a prompt: as AUTOMATIC1111 or ComfyUI do, or as ordinary words. */
export const WeightDialect = z.enum(['a1111', 'comfyui', 'none']);
export type WeightDialect = z.infer<typeof WeightDialect>;

/** What one unit of work costs, in US dollars. `second` is a second of video, `gpuSecond` one of the computer's work. */
export const Price = z.object({
  usd: z.number().nonnegative(),
  per: z.enum(['image', 'request', 'megapixel', 'second', 'gpuSecond']),
  /** What the first megapixel of each picture costs, charged in full however small it is; `usd` is then for each further one. */
  first: z.number().nonnegative().optional(),
});
export type Price = z.infer<typeof Price>;

/** One engine of a provider. Sides are pixels; a missing default means that the service decides. */
export const Model = z.object({
  id: z.string(),
  name: z.string(),
  family: z.enum(['sd15', 'sdxl', 'flux', 'upscaler', 'procedural', 'other']),
  tier: Tier,
  operations: z.array(Operation).min(1),
  parameters: z.array(Parameter),
  /** How weights are written for it; missing where it takes them for words. */
  promptWeights: WeightDialect.optional(),
  /** What a video of it begins with; missing where it makes none. */
  startsFrom: z.enum(['prompt', 'image', 'either']).optional(),
  limits: z.object({
    /** 10,000, the longest there is, where the service tells none. */
    promptCharacters: z.int().positive(),
    /** More than this is split into several attempts. */
    imagesPerRequest: z.int().positive(),
    side: z.object({ min: z.int().positive(), max: z.int().positive(), multipleOf: z.int().positive() }),
    /** The only sizes there are, where the service has a list or knows shapes instead of pixels. The nearest one is taken. */
    sizes: z.array(z.object({ width: z.int().positive(), height: z.int().positive() })).optional(),
    /** Pixels of the whole picture, where the service limits those as well. */
    pixels: z.object({ min: z.int().positive(), max: z.int().positive() }).optional(),
    /** Reference images beside the first; missing where `references` is no parameter. */
    references: z.int().positive().optional(),
  }),
  defaults: z.object({
    width: z.int().optional(),
    height: z.int().optional(),
    steps: z.int().optional(),
    guidance: z.number().optional(),
    sampler: z.string().optional(),
    scheduler: z.string().optional(),
    strength: z.number().optional(),
    scale: z.number().optional(),
    seconds: z.number().optional(),
  }),
  /** What the service offers to choose from; empty where the model takes no such parameter. */
  choices: z.object({
    samplers: z.array(z.string()),
    schedulers: z.array(z.string()),
    /** Empty where LoRAs are a parameter: any name or address the service can load. */
    loras: z.array(z.string()),
    styles: z.array(z.string()).optional(),
    outputFormats: z.array(OutputFormat).optional(),
    scales: z.array(z.number()).optional(),
    /** Lengths of a video. */
    seconds: z.array(z.number()).optional(),
  }),
  price: Price.nullable(),
  /** Only where the user has corrected the price: what the provider's list says. */
  listPrice: Price.nullable().optional(),
  typicalSeconds: z.number().positive().nullable(),
});
export type Model = z.infer<typeof Model>;

/** Everything a provider says of itself. The editor draws its form from it and the router reads it; nothing of it stands elsewhere. */
export const ProviderManifest = z.object({
  id: z.string().regex(/^[a-z0-9]+$/),
  name: z.string(),
  summary: z.string(),
  kind: z.enum(['builtin', 'local', 'cloud']),
  docsUrl: z.url().nullable(),
  /** The page on which a person makes a key. */
  keysUrl: z.url().nullable(),
  /** The page on which a person sees what was done and charged; left out where none is known for sure. */
  usageUrl: z.url().optional(),
  /** Where it listens unless the user says otherwise; empty for one that needs no network. */
  defaultUrls: z.array(z.url()),
  /** What the user has to enter. `environment`: variables that set it for a run, the first one that is set wins. */
  credentials: z.array(
    z.object({
      field: z.string().regex(/^[a-zA-Z]+$/),
      label: z.string(),
      environment: z.array(z.string()),
      /** False for what may be shown, like the id of an endpoint. */
      isSecret: z.boolean(),
      isOptional: z.boolean(),
      /** How it looks and where it is found, in one sentence. */
      help: z.string(),
    }),
  ),
  limits: z.object({ perMinute: z.int().positive().nullable(), atOnce: z.int().positive() }),
  abilities: z.object({
    /** The service can stop a task. */
    cancel: z.boolean(),
    /** The models come from the service itself. */
    listModels: z.boolean(),
    /** Live progress and previews. */
    watch: z.boolean(),
    /** The service takes an id made by us, so that a lost answer can be looked up. */
    ownTaskIds: z.boolean(),
    /** A request whose answer was lost can be looked for at the service. */
    find: z.boolean(),
    /** The service tells the account's balance. */
    balance: z.boolean(),
    /** Models of one's own can be trained. */
    train: z.boolean(),
  }),
  /** For people to read: how long the service can still be asked about a task and its results, in hours; null: not told, or as long as it runs. */
  keepsTasksForHours: z.number().positive().nullable(),
  /** True where a picture is drawn by rules, not by a model; shown with each picture (P10). */
  notAi: z.boolean(),
  pricesCheckedOn: z.iso.date().nullable(),
  models: z.array(Model),
});
export type ProviderManifest = z.infer<typeof ProviderManifest>;

/**
 * Whether a provider can be used now. `found`: discovered on this machine, not yet accepted by the user (P13); `locked`: its key
 * is in a vault that waits for the passphrase; `offline`: this computer has no network, or its name can't be found.
 */
export const ProviderHealth = z.object({
  state: z.enum([
    'ready',
    'unreachable',
    'offline',
    'notSetUp',
    'keyMissing',
    'keyRefused',
    'locked',
    'found',
    'checking',
  ]),
  /** Plain words for people: what is wrong and what to do, or the version of what answered. */
  message: z.string(),
  version: z.string().nullable(),
  checkedAt: z.number().nullable(),
});
export type ProviderHealth = z.infer<typeof ProviderHealth>;

/** A model in a list, with whose it is. */
export const ListedModel = Model.extend({ provider: z.string(), kind: ProviderManifest.shape.kind });
export type ListedModel = z.infer<typeof ListedModel>;

/** What anybody but its provider learns of a key (K2). */
export const CredentialStatus = z.object({
  field: z.string(),
  isSet: z.boolean(),
  source: z.enum(['environment', 'keychain', 'vault', 'session']).nullable(),
  /** The variable it comes from, where it does. */
  variable: z.string().nullable(),
  /** The last four characters of a secret that is long enough to tell them; the whole of what is none. */
  shown: z.string().nullable(),
});
export type CredentialStatus = z.infer<typeof CredentialStatus>;

/** What is left on an account. Where the service counts in dollars, `amount` and `usd` are the same and `unit` is "USD"; else `amount` is of its own `unit`. */
export const Balance = z.object({ amount: z.number(), unit: z.string(), usd: z.number().nullable() });
export type Balance = z.infer<typeof Balance>;

/** A provider as the interface shows it. */
export const ProviderStatus = z.object({
  manifest: ProviderManifest,
  /** The address in use, or that would be used, without credentials. */
  url: z.string().nullable(),
  /** Where the address comes from. `environment` overrides the settings for this run. */
  urlSource: z.enum(['default', 'settings', 'environment', 'found']).nullable(),
  /** Where it comes from the environment: the variable that says it. */
  urlVariable: z.string().nullable(),
  enabled: z.boolean(),
  health: ProviderHealth,
  credentials: z.array(CredentialStatus),
  balance: Balance.nullable(),
  /** The models that can be chosen now: from the manifest or, where the service lists them, from the service. */
  models: z.array(Model),
});
export type ProviderStatus = z.infer<typeof ProviderStatus>;
