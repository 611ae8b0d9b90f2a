import { z } from 'zod';
import { ErrorReportModel } from './job.ts';

export const OllamaStatus = z.object({
  /** Null where the address can't be used. */
  url: z.string().nullable(),
  source: z.enum(['environment', 'settings', 'default']),
  variable: z.string().nullable(),
  /** Otherwise prompts leave this computer, for one of yours. */
  isThisMachine: z.boolean(),
  isReachable: z.boolean(),
  version: z.string().nullable(),
  /** Why it can't be reached, and what to do. */
  problem: z.string().nullable(),
});
export type OllamaStatus = z.infer<typeof OllamaStatus>;

export const OllamaModel = z.object({
  name: z.string(),
  digest: z.string(),
  /** On disk. */
  sizeBytes: z.number(),
  /** As Ollama writes it: `20.9B`. */
  parameterSize: z.string(),
  /** As Ollama writes it: `MXFP4`. */
  quantization: z.string(),
  /** `completion`, `vision`, `thinking`, `tools`, `embedding` and what else may come. */
  abilities: z.array(z.string()),
  /** It runs on computers of Ollama's vendor: what it is told leaves this machine. */
  isCloud: z.boolean(),
  isLoaded: z.boolean(),
  /** While it is loaded. */
  memoryBytes: z.number().nullable(),
  /** Less than `memoryBytes`: a part runs on the processor, slowly. */
  vramBytes: z.number().nullable(),
});
export type OllamaModel = z.infer<typeof OllamaModel>;

/** A model that is being brought, or was. */
export const OllamaPull = z.object({
  model: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** Ollama's own words for what it is doing. */
  status: z.string(),
  completedBytes: z.number(),
  /** Of what is known so far; null at the very beginning. */
  totalBytes: z.number().nullable(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  error: ErrorReportModel.nullable(),
});
export type OllamaPull = z.infer<typeof OllamaPull>;

export const usualOllamaModel = 'gpt-oss:20b';

/** How Ollama is used. */
export const OllamaSettings = z.object({
  /** Null: where Ollama usually is. */
  address: z.string().max(2000).nullable().default(null),
  /** Writes and shortens. */
  model: z.string().min(1).max(200).default(usualOllamaModel),
  /** Describes pictures; null: the first installed one that can see. */
  visionModel: z.string().min(1).max(200).nullable().default(null),
  /** Long prompts are shortened by it; otherwise by rules. */
  use: z.boolean().default(true),
  /** Models that run on computers of Ollama's vendor and may be used nevertheless. */
  allowedCloudModels: z.array(z.string().min(1).max(200)).max(100).default([]),
  /** Before a picture is made on this machine, the model that Easel loaded leaves the memory. */
  freeMemoryBefore: z.boolean().default(true),
  /** Before a model is loaded, ComfyUI is asked to let go of its own. */
  freeComfyui: z.boolean().default(false),
  /** How long an answer may take from its first word. */
  seconds: z.int().min(5).max(3600).default(60),
});
export type OllamaSettings = z.infer<typeof OllamaSettings>;

/** A short answer, and how long it took. */
export const OllamaTest = z.object({
  model: z.string(),
  text: z.string(),
  /** Until the first piece, loading included, and in all. */
  firstMs: z.number(),
  ms: z.number(),
  /** Null where the server does not count. */
  tokensPerSecond: z.number().nullable(),
});
export type OllamaTest = z.infer<typeof OllamaTest>;
