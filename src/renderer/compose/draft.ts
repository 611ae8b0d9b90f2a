import { z } from 'zod';
import { InputFileId, Lora, OutputFormat } from '../../shared/models/generation-request.ts';
import { PromptOptions } from '../../shared/models/prompt-options.ts';
import { Must, Strategy, Tier } from '../../shared/models/route-wishes.ts';
import { aspects, type Aspect, type AspectPreset } from './aspect.ts';

const aspectNames = [
  ...(Object.keys(aspects) as AspectPreset[]),
  'reference',
  'custom',
] as const satisfies readonly Aspect[];

/** A picture in the library's inputs. Sides are pixels; null when it came from an image's request, which doesn't tell them. */
const DraftPicture = z.object({ id: InputFileId, width: z.int().nullable(), height: z.int().nullable() });
export type DraftPicture = z.infer<typeof DraftPicture>;

/** What an automatic choice of the provider has to heed. Null: as the settings say; `maxUsd` in US dollars for the whole job. */
const DraftWishes = z.object({
  strategy: Strategy.nullable().default(null),
  tier: Tier.nullable().default(null),
  maxUsd: z.number().nonnegative().max(100_000).nullable().default(null),
  localOnly: z.boolean().default(false),
  /** Only these, by id; none: all that are in use. */
  providers: z.array(z.string().max(64)).max(40).default([]),
  musts: z.array(Must).nullable().default(null),
});
export type DraftWishes = z.infer<typeof DraftWishes>;

/**
 * What is in the editor, as the user left it: nothing is taken away when a model can't do it, so that it is there again
 * with the next model. Null means "as the model likes it".
 */
export const Draft = z.object({
  prompt: z.string().default(''),
  negativePrompt: z.string().default(''),
  /** Styles, enhancers, values of variables, and what else is to be done with the words. */
  promptOptions: PromptOptions.prefault({}),
  /** Null: Easel finds the provider and its model. */
  choice: z.object({ provider: z.string(), model: z.string() }).nullable().default(null),
  /** It was asked for. Without that, and without a choice, it is automatic as soon as there are several providers to find among. */
  automatic: z.boolean().default(false),
  wishes: DraftWishes.prefault({}),
  aspect: z.enum(aspectNames).default('1:1'),
  width: z.int().positive().default(1024),
  height: z.int().positive().default(1024),
  count: z.int().min(1).default(1),
  /** Null: another one for each job. */
  seed: z.int().nullable().default(null),
  steps: z.int().nullable().default(null),
  guidance: z.number().nullable().default(null),
  sampler: z.string().nullable().default(null),
  scheduler: z.string().nullable().default(null),
  strength: z.number().nullable().default(null),
  loras: z.array(Lora).default([]),
  style: z.string().nullable().default(null),
  outputFormat: OutputFormat.nullable().default(null),
  /** How many times larger an upscaled picture's sides become. */
  scale: z.number().nullable().default(null),
  /** Of a video. */
  seconds: z.number().nullable().default(null),
  image: DraftPicture.nullable().default(null),
  mask: DraftPicture.nullable().default(null),
  /** Further pictures to go by, beside `image`. */
  references: z.array(DraftPicture).default([]),
  project: z.string().default('default'),
});
export type Draft = z.infer<typeof Draft>;

export const emptyDraft: Draft = Draft.parse({});

/** Drafts are plain data. */
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Whether something the user wrote or put there goes when these fields come with a text. A seed or a size alone takes nothing. */
export function isReplaced(draft: Draft, taken: Partial<Draft>): boolean {
  if (taken.prompt === undefined) return false;
  const hasWords = draft.prompt.trim() !== '' || draft.negativePrompt.trim() !== '';
  const hasContent = hasWords || draft.image !== null || draft.references.length > 0;
  return hasContent && Object.entries(taken).some(([name, value]) => !isSame(draft[name as keyof Draft], value));
}

/** A draft as it was stored, field by field: what can't be read falls back, the rest stays. */
export function readDraft(stored: unknown): Draft {
  const fields: [string, unknown][] =
    typeof stored === 'object' && stored !== null ? Object.entries(stored as Record<string, unknown>) : [];
  const readable = fields.filter(
    ([name, value]) => name in Draft.shape && Draft.shape[name as keyof typeof Draft.shape].safeParse(value).success,
  );
  return Draft.parse(Object.fromEntries(readable));
}
