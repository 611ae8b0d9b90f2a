import { z } from 'zod';
import { PromptOptions } from './prompt-options.ts';
import { RouteWishes } from './route-wishes.ts';

export const operations = ['textToImage', 'imageToImage', 'inpaint', 'upscale', 'removeBackground', 'video'] as const;
export const Operation = z.enum(operations);
export type Operation = z.infer<typeof Operation>;

/** File formats that can be asked for. */
export const OutputFormat = z.enum(['png', 'jpg', 'webp']);
export type OutputFormat = z.infer<typeof OutputFormat>;

/** Characters; a longer prompt is refused (W1). */
export const longestPrompt = 10_000;

/** Seeds stay in the range that JavaScript and JSON keep exactly. */
export const largestSeed = Number.MAX_SAFE_INTEGER;

/** Images per job. */
export const largestCount = 64;

/** Bytes that a reference image or a mask may have. */
export const largestInputBytes = 100_000_000;

/** The id of a file kept in the library's `inputs` folder: `<SHA-256 in hex>.<extension>`. */
export const InputFileId = z
  .string()
  .regex(/^[0-9a-f]{64}\.(png|jpg|webp|gif|avif)$/, 'is not the id of an uploaded image');

/** A project's name, which is also its folder's name in the library. */
export const ProjectName = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(80, 'must have at most 80 characters')
  .regex(/^[^\\/:*?"<>|\p{Cc}]+$/u, 'must not contain \\ / : * ? " < > | or control characters')
  .refine((name) => !/^\.|[. ]$/.test(name), 'must not start with a dot, nor end with a dot or a space')
  .refine((name) => !/^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i.test(name), 'is a name that Windows keeps for itself');

export const Lora = z.object({ name: z.string().min(1).max(400), weight: z.number().min(-10).max(10) });
export type Lora = z.infer<typeof Lora>;

/** What a person asks for: a valid draft. Sizes are pixels, `strength` is 0 (keep the reference) to 1 (ignore it). */
export const GenerationRequest = z.object({
  operation: Operation.default('textToImage'),
  prompt: z.string().default('').describe('What the picture shows'),
  negativePrompt: z.string().max(longestPrompt).default('').describe('What it must not show'),
  width: z.int().min(16).max(16_384).optional(),
  height: z.int().min(16).max(16_384).optional(),
  count: z.int().min(1).max(largestCount).default(1),
  seed: z.int().min(0).max(largestSeed).optional(),
  /** Set with a seed that Easel drew because nobody chose one: a model that takes none then drops nothing that was asked for. */
  isSeedDrawn: z.boolean().optional(),
  steps: z.int().min(1).max(1000).optional(),
  guidance: z.number().min(0).max(100).optional(),
  sampler: z.string().max(100).optional(),
  scheduler: z.string().max(100).optional(),
  strength: z.number().min(0).max(1).optional(),
  loras: z.array(Lora).max(20).default([]),
  image: InputFileId.optional(),
  mask: InputFileId.optional(),
  /** Further pictures to go by, beside `image`. */
  references: z.array(InputFileId).max(20).default([]),
  /** A style of the model's own; those of Easel are in `promptOptions`. */
  style: z.string().max(100).optional(),
  /** What is to be done with the prompt before it is sent; missing: only what is needed to fit it. */
  promptOptions: PromptOptions.optional(),
  outputFormat: OutputFormat.optional(),
  /** How many times larger an upscaled picture's sides become. */
  scale: z.number().min(1).max(16).optional(),
  /** Length of a video. */
  seconds: z.number().min(1).max(600).optional(),
  provider: z.string().max(64).optional(),
  model: z.string().max(400).optional(),
  wishes: RouteWishes.optional(),
  project: ProjectName.default('default'),
});
export type GenerationRequest = z.infer<typeof GenerationRequest>;
/** A request as a caller may write it, defaults left out. */
export type GenerationRequestInput = z.input<typeof GenerationRequest>;
