import { z } from 'zod';
import { InputFileId, longestPrompt } from './generation-request.ts';

/** A prompt that fits, and how it came to that. */
export const OptimizedPrompt = z.object({
  text: z.string(),
  /** `none`: it was short enough. `local`: by rules, on this machine and without a model. */
  by: z.enum(['ollama', 'local', 'none']),
  model: z.string().nullable(),
  /** The exact version of the model. */
  digest: z.string().nullable(),
  ms: z.number(),
  /** Why not by Ollama, in plain words. */
  reason: z.string().nullable(),
  /** 0 to 1: how many of the key concepts the text still has, by Easel's own count. */
  conceptsKept: z.number(),
  /** Answers that Ollama was asked for. */
  attempts: z.int(),
});
export type OptimizedPrompt = z.infer<typeof OptimizedPrompt>;

/** `again`: what was written so far is dropped, for this reason. `done` comes last. */
export const OptimizeEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('again'), reason: z.string() }),
  z.object({ kind: z.literal('done'), result: OptimizedPrompt }),
]);
export type OptimizeEvent = z.infer<typeof OptimizeEvent>;

export const assistantTasks = ['expand', 'rewrite', 'translate', 'negative', 'describe'] as const;
export const AssistantTask = z.enum(assistantTasks);
export type AssistantTask = z.infer<typeof AssistantTask>;

export const AssistantWish = z.object({
  task: AssistantTask,
  /** What to work on; `describe` takes a picture instead. */
  text: z.string().max(longestPrompt).default(''),
  /** For `rewrite`: "film noir", "like a botanical plate". */
  style: z.string().trim().min(1).max(200).optional(),
  /** For `translate`. */
  language: z.string().trim().min(1).max(60).default('English'),
  /** For `describe`: words to generate from, or an alternative text for people who can't see the picture. */
  as: z.enum(['prompt', 'alt']).default('prompt'),
  /** For `describe`: a picture of the library, or one that was handed in as a reference. */
  imageId: z.uuid().optional(),
  inputId: InputFileId.optional(),
});
export type AssistantWish = z.infer<typeof AssistantWish>;

export const AssistantResult = z.object({ text: z.string(), model: z.string(), digest: z.string(), ms: z.number() });
export type AssistantResult = z.infer<typeof AssistantResult>;

/** `model`: who answers. `thinking`: it has begun, but not yet to write. `text`: as it is written; the checked whole comes with `done`. */
export const AssistantEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('model'), model: z.string() }),
  z.object({ kind: z.literal('thinking') }),
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('done'), result: AssistantResult }),
]);
export type AssistantEvent = z.infer<typeof AssistantEvent>;

/** Who would do a task, or why nobody can and how that changes. */
export const AssistantAvailability = z.object({
  task: AssistantTask,
  model: z.string().nullable(),
  reason: z.string().nullable(),
});
export type AssistantAvailability = z.infer<typeof AssistantAvailability>;
