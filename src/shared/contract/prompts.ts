import { z } from 'zod';
import { GenerationRequest, longestPrompt } from '../models/generation-request.ts';
import { ImageSummary } from '../models/image.ts';
import { SentPrompt } from '../models/prompt-history.ts';
import { PromptOptions } from '../models/prompt-options.ts';
import { ListedStyle, PromptStyle } from '../models/prompt-style.ts';
import { PromptText, ResolvedPrompt } from '../models/prompt-stages.ts';
import { PromptFolder, SavedPrompt, SavedPromptName, SavedPromptVersion } from '../models/saved-prompt.ts';
import { WildcardSummary } from '../models/wildcard.ts';
import { promptListFormats } from '../prompt-text/prompt-list.ts';
import { styleFileFormats } from '../prompt-text/style-files.ts';
import { operation } from './operation.ts';

const SavedId = z.object({ id: z.uuid() });
const PromptToSave = z.object({
  folder: PromptFolder.default(''),
  name: SavedPromptName,
  prompt: z.string().max(longestPrompt),
  negativePrompt: PromptText.shape.negativePrompt.max(longestPrompt).default(''),
  options: PromptOptions.default(() => PromptOptions.parse({})),
});
/** Many prompts at once. A file of 10 MB is larger than any list that is possible. */
const PromptList = z.object({ content: z.string().max(10_000_000), format: z.enum(promptListFormats) });

export const prompts = {
  history: operation({
    summary: 'Show the prompts that were sent, newest first',
    command: 'prompt history',
    positional: ['search'],
    access: 'read',
  })
    .input(
      z.object({
        search: z.string().max(1000).optional().describe('Only prompts with these words'),
        limit: z.int().min(1).max(500).default(50).describe('At most this many'),
        before: z.int().optional().describe('Only older ones than this: `next` of the page before'),
      }),
    )
    .output(z.object({ prompts: z.array(SentPrompt), next: z.int().nullable() })),
  /** The pictures that came of a prompt of the history, newest first. */
  imagesOf: operation({ summary: 'The pictures that came of a prompt', access: 'read' })
    .input(z.object({ id: z.int() }))
    .output(z.object({ images: z.array(ImageSummary) })),
  forget: operation({ summary: 'Take a prompt out of the history', access: 'write' })
    .input(z.object({ id: z.int() }))
    .output(z.object({})),
  forgetAll: operation({ summary: 'Empty the history of prompts', access: 'write' }).output(
    z.object({ forgotten: z.int() }),
  ),

  /** What one draw gives, with the seed that a picture would have. */
  resolve: operation({ summary: 'Draw wildcards and choices and fill in variables', access: 'read' })
    .input(
      z.object({
        prompt: z.string().max(longestPrompt),
        negativePrompt: z.string().max(longestPrompt).default(''),
        variables: PromptOptions.shape.variables,
        seed: z.int().min(0).default(0),
      }),
    )
    .output(ResolvedPrompt),

  styles: operation({ summary: 'Show styles and enhancers', command: 'prompt styles', access: 'read' }).output(
    z.object({ styles: z.array(ListedStyle), notice: z.string().nullable() }),
  ),
  /** With an id, other words for one of one's own; without, a new one. */
  saveStyle: operation({ summary: 'Keep a style', access: 'write' })
    .input(PromptStyle.extend({ id: PromptStyle.shape.id.optional() }))
    .output(ListedStyle),
  removeStyle: operation({ summary: 'Remove a style of your own', access: 'write' })
    .input(z.object({ id: z.string() }))
    .output(z.object({})),
  favouriteStyle: operation({ summary: 'Mark a style as a favourite', access: 'write' })
    .input(z.object({ id: z.string(), isFavourite: z.boolean() }))
    .output(z.object({})),
  /** A file of Easel, Fooocus or AUTOMATIC1111; which one it is shows by itself. */
  importStyles: operation({ summary: 'Take styles from a file', access: 'write' })
    .input(z.object({ content: z.string().max(20_000_000) }))
    .output(z.object({ added: z.array(ListedStyle) })),
  exportStyles: operation({ summary: 'Write your own styles as a file', access: 'read' })
    .input(
      z.object({
        format: z.enum(styleFileFormats).default('easel'),
        /** All of one's own where they are left out. */
        ids: z.array(z.string()).max(10_000).optional(),
      }),
    )
    .output(z.object({ content: z.string() })),

  wildcards: operation({ summary: 'Show wildcards', command: 'prompt wildcards', access: 'read' }).output(
    z.object({ wildcards: z.array(WildcardSummary), folder: z.string() }),
  ),
  wildcard: operation({ summary: 'The text of a wildcard', access: 'read' })
    .input(z.object({ name: z.string() }))
    .output(z.object({ name: z.string(), text: z.string(), isBuiltIn: z.boolean() })),
  writeWildcard: operation({ summary: 'Write a wildcard', access: 'write' })
    .input(z.object({ name: z.string(), text: z.string().max(10_000_000), replace: z.boolean().default(false) }))
    .output(z.object({ name: z.string() })),
  /** The file stays beside the others under another name. */
  removeWildcard: operation({ summary: 'Take a wildcard out of use', access: 'write' })
    .input(z.object({ name: z.string() }))
    .output(z.object({ keptAs: z.string() })),

  saved: operation({ summary: 'Show the prompts that were kept', command: 'prompt saved', access: 'read' }).output(
    z.object({ prompts: z.array(SavedPrompt) }),
  ),
  versions: operation({ summary: 'All versions of a kept prompt', access: 'read' })
    .input(SavedId)
    .output(z.object({ versions: z.array(SavedPromptVersion) })),
  save: operation({ summary: 'Keep a prompt', access: 'write' }).input(PromptToSave).output(SavedPrompt),
  /** Other words become the next version. */
  change: operation({ summary: 'Change a kept prompt', access: 'write' })
    .input(PromptToSave.extend({ id: z.uuid() }))
    .output(SavedPrompt),
  remove: operation({ summary: 'Remove a kept prompt', access: 'write' }).input(SavedId).output(z.object({})),
  /** Undo of `remove`. */
  restore: operation({ summary: 'Bring back a removed prompt', access: 'write' }).input(SavedId).output(SavedPrompt),
  importList: operation({ summary: 'Keep all prompts of a list', access: 'write' })
    .input(PromptList.extend({ folder: PromptFolder.default('') }))
    .output(z.object({ added: z.int(), there: z.int() })),

  /** What a list of prompts would come to in the queue, each with the settings of `request`. Nothing is queued. */
  planList: operation({ summary: 'What a list of prompts would cost', access: 'read' })
    .input(PromptList.extend({ request: GenerationRequest }))
    .output(
      z.object({
        jobs: z.int(),
        images: z.int(),
        /** Of those whose price is known, in US dollars. */
        usd: z.number(),
        /** Jobs of which nobody knows what they cost. */
        unknownCosts: z.int(),
        /** The first ones, to look at. */
        first: z.array(z.string()),
        problems: z.array(z.object({ line: z.int(), message: z.string() })),
      }),
    ),
  /** Puts all of them into the queue, or, where one has a problem, none. */
  queueList: operation({ summary: 'Put a list of prompts into the queue', access: 'write' })
    .input(PromptList.extend({ request: GenerationRequest }))
    .output(z.object({ jobs: z.int() })),
};
