import { z } from 'zod';
import { Operation } from './generation-request.ts';

/** What a model can be told beside the prompt. What it does not list never reaches its adapter and is reported as dropped (P3). */
export const parameters = [
  'negativePrompt',
  'size',
  'seed',
  'steps',
  'guidance',
  'sampler',
  'scheduler',
  'strength',
  'loras',
] as const;
export const Parameter = z.enum(parameters);
export type Parameter = z.infer<typeof Parameter>;

export const Price = z.object({ usd: z.number().nonnegative(), per: z.enum(['image', 'request', 'megapixel']) });
export type Price = z.infer<typeof Price>;

/** One engine of a provider. Sides are pixels; a missing default means that the service decides. */
export const Model = z.object({
  id: z.string(),
  name: z.string(),
  family: z.enum(['sd15', 'sdxl', 'flux', 'upscaler', 'procedural', 'other']),
  tier: z.enum(['fast', 'standard', 'premium']),
  operations: z.array(Operation).min(1),
  parameters: z.array(Parameter),
  limits: z.object({
    promptCharacters: z.int().positive(),
    /** More than this is split into several attempts. */
    imagesPerRequest: z.int().positive(),
    side: z.object({ min: z.int().positive(), max: z.int().positive(), multipleOf: z.int().positive() }),
  }),
  defaults: z.object({
    width: z.int().optional(),
    height: z.int().optional(),
    steps: z.int().optional(),
    guidance: z.number().optional(),
    sampler: z.string().optional(),
    scheduler: z.string().optional(),
    strength: z.number().optional(),
  }),
  /** What the service offers to choose from; empty where the model takes no such parameter. */
  choices: z.object({
    samplers: z.array(z.string()),
    schedulers: z.array(z.string()),
    loras: z.array(z.string()),
  }),
  price: Price.nullable(),
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
  /** Where it listens unless the user says otherwise; empty for one that needs no network. */
  defaultUrls: z.array(z.url()),
  credentials: z.array(z.object({ field: z.string(), label: z.string(), environment: z.array(z.string()) })),
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
  }),
  /** True where a picture is drawn by rules, not by a model; shown with each picture (P10). */
  notAi: z.boolean(),
  pricesCheckedOn: z.iso.date().nullable(),
  models: z.array(Model),
});
export type ProviderManifest = z.infer<typeof ProviderManifest>;

/** Whether a provider can be used now. `found`: discovered on this machine, not yet accepted by the user (P13). */
export const ProviderHealth = z.object({
  state: z.enum(['ready', 'unreachable', 'notSetUp', 'found', 'checking']),
  /** Plain words for people: what is wrong and what to do, or the version of what answered. */
  message: z.string(),
  version: z.string().nullable(),
  checkedAt: z.number().nullable(),
});
export type ProviderHealth = z.infer<typeof ProviderHealth>;

/** A provider as the interface shows it. */
export const ProviderStatus = z.object({
  manifest: ProviderManifest,
  /** The address in use, or that would be used, without credentials. */
  url: z.string().nullable(),
  /** Where the address comes from. `environment` overrides the settings for this run. */
  urlSource: z.enum(['default', 'settings', 'environment', 'found']).nullable(),
  enabled: z.boolean(),
  health: ProviderHealth,
  /** The models that can be chosen now: from the manifest or, where the service lists them, from the service. */
  models: z.array(Model),
});
export type ProviderStatus = z.infer<typeof ProviderStatus>;
