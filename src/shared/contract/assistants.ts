import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { AssistantAvailability, AssistantEvent, AssistantWish, OptimizeEvent } from '../models/assistants.ts';
import { optimizedPromptLength } from '../prompt-text/limits.ts';
import { operation } from './operation.ts';

export const assistants = {
  /** Without a model rules do it: it never fails but for a prompt that is longer than 10,000 characters. Cancelled by leaving off. */
  optimize: operation({ summary: 'Shorten a prompt', access: 'read', withoutLibrary: true })
    .input(
      z.object({
        // Longer ones are refused by the function itself, with `promptTooLong`.
        prompt: z.string().max(1_000_000),
        limit: z.int().min(50).max(optimizedPromptLength).default(optimizedPromptLength),
        /** Terms that must survive word for word. */
        locked: z.array(z.string().min(1).max(500)).max(100).default([]),
      }),
    )
    .output(eventIterator(OptimizeEvent)),

  /** One of the small helps of the editor, streamed. Cancelled by leaving off. */
  run: operation({ summary: 'Let a model of Ollama write', access: 'read', withoutLibrary: true })
    .input(AssistantWish)
    .output(eventIterator(AssistantEvent)),

  available: operation({ summary: 'Which of them can be used now', access: 'read', withoutLibrary: true }).output(
    z.object({ tasks: z.array(AssistantAvailability) }),
  ),
};
