import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { OllamaModel, OllamaPull, OllamaStatus, OllamaTest } from '../models/ollama.ts';
import { operation } from './operation.ts';

const Named = z.object({ model: z.string().trim().min(1).max(200).describe('A model by its name, as in gpt-oss:20b') });

export const ollama = {
  status: operation({
    summary: 'Whether Ollama is there, and which version',
    command: 'ollama status',
    access: 'read',
    withoutLibrary: true,
  }).output(OllamaStatus),

  models: operation({
    summary: 'Show the models of Ollama with size and abilities',
    command: 'ollama models',
    access: 'read',
    withoutLibrary: true,
  }).output(z.object({ models: z.array(OllamaModel) })),

  /**
   * Brings a model, or joins in where it is being brought, and tells how far it is until it has ended. Leaving off does not end it:
   * `cancelPull` does. A pull that was cancelled or failed goes on where it stopped.
   */
  pull: operation({ summary: 'Get a model for Ollama', access: 'write', withoutLibrary: true })
    .input(Named)
    .output(eventIterator(OllamaPull)),

  /** Those under way and those that ended since the start, newest first. */
  pulls: operation({ summary: 'Models that are being brought', access: 'read', withoutLibrary: true }).output(
    z.object({ pulls: z.array(OllamaPull) }),
  ),

  cancelPull: operation({ summary: 'Stop bringing a model', access: 'write', withoutLibrary: true })
    .input(Named)
    .output(OllamaPull),

  remove: operation({
    summary: 'Delete a model of Ollama from its disk',
    command: 'ollama remove',
    positional: ['model'],
    access: 'write',
    withoutLibrary: true,
  })
    .input(Named)
    .output(z.object({ models: z.array(OllamaModel) })),

  test: operation({
    summary: 'Let a model of Ollama answer once, with timing',
    command: 'ollama test',
    positional: ['model'],
    access: 'read',
    withoutLibrary: true,
  })
    .input(Named.partial())
    .output(OllamaTest),
};
