import { describe, expect, it } from 'vitest';
import type { OllamaModel } from '../../shared/models/ollama.ts';
import { OllamaSettings } from '../../shared/models/ollama.ts';
import type { ChatPiece } from '../ollama/chat.ts';
import { createAssistants } from './assistants.ts';

const model: OllamaModel = {
  ...{ name: 'gpt-oss:20b', digest: 'd', sizeBytes: 1, parameterSize: '', quantization: '', isCloud: false },
  ...{ abilities: ['completion'], isLoaded: true, memoryBytes: null, vramBytes: null },
};

/** What is made of an answer of the model. */
async function made(answer: string): Promise<string> {
  const assistants = createAssistants({
    ollama: {
      status: () =>
        Promise.resolve({
          ...{ url: 'http://127.0.0.1:1', source: 'default', variable: null, isThisMachine: true },
          ...{ isReachable: true, version: '1.0.0', problem: null },
        } as const),
      models: () => Promise.resolve([model]),
      // eslint-disable-next-line @typescript-eslint/require-await -- it stands in for one that waits
      async *chat(): AsyncGenerator<ChatPiece, void, void> {
        yield { kind: 'text', text: answer };
        yield {
          kind: 'end',
          reason: 'stop',
          stats: { loadMs: 0, totalMs: 0, promptTokens: 0, answerTokens: 0 },
        };
      },
    },
    settings: () => OllamaSettings.parse({}),
    now: Date.now,
    picture: () => {
      throw new Error('There is no picture.');
    },
  });
  const wish = { task: 'expand', text: 'a fox', language: 'English', as: 'prompt' } as const;
  for await (const event of assistants.run(wish)) if (event.kind === 'done') return event.result.text;
  throw new Error('It did not end.');
}

describe('what a model wraps its answer in', () => {
  it.each([
    ['a red fox\n\nin  snow\n', 'a red fox in  snow'],
    ['Here is the prompt:\n\na red fox', 'a red fox'],
    ['A sign that says:\nOPEN', 'A sign that says: OPEN'],
    ['<think>so it is:\n</think>a fox', 'a fox'],
    ['```text\na fox\n```', 'a fox'],
    ['“a fox”', 'a fox'],
    ['"a" and "b"', '"a" and "b"'],
  ])('is taken off: %j', async (answer, text) => {
    expect(await made(answer)).toBe(text);
  });

  it.each([`a fox:${'\n'.repeat(400_000)}`, `a fox${' '.repeat(400_000)}b`, `a fox${'\n'.repeat(400_000)}b`])(
    'takes no longer where it is empty lines or spaces without end',
    async (answer) => {
      // What takes time by the square of it would not end before the test's time is over.
      expect(await made(answer)).toMatch(/^a fox/);
    },
  );
});
