import { describe, expect, it } from 'vitest';
import { GenerationRequest, type GenerationRequestInput } from '../../shared/models/generation-request.ts';
import type { Model } from '../../shared/models/provider.ts';
import type { OptimizeWish } from './optimize-prompt.ts';
import { createPromptPreparer } from './prepare.ts';

const model: Model = {
  ...{ id: 'brush', name: 'Brush', family: 'other', tier: 'standard', price: null, typicalSeconds: null },
  ...{ operations: ['textToImage', 'upscale', 'removeBackground'], parameters: ['negativePrompt'] },
  limits: { promptCharacters: 10_000, imagesPerRequest: 1, side: { min: 64, max: 64, multipleOf: 1 } },
  defaults: { width: 64, height: 64 },
  choices: { samplers: [], schedulers: [], loras: [] },
};

function studio({ free = () => Promise.resolve() }: { free?: () => Promise<void> } = {}) {
  const asked: OptimizeWish[] = [];
  const prepare = createPromptPreparer({
    enhance: ({ prompt, negativePrompt }) => ({
      prompt: `${prompt}, styled`,
      negativePrompt: `${negativePrompt}, plain`,
      unknown: [],
    }),
    optimizer: {
      optimize: (wish) => {
        asked.push(wish);
        const text = wish.prompt.slice(0, wish.limit);
        const by = text === wish.prompt ? 'none' : 'ollama';
        return Promise.resolve({
          ...{ text, by, model: null, digest: null, ms: 0, reason: null, conceptsKept: 1, attempts: 1 },
        });
      },
    },
    freeBeforeLocal: free,
  });
  const send = (input: GenerationRequestInput, signal = new AbortController().signal) => {
    const request = GenerationRequest.parse(input);
    const resolved = { prompt: request.prompt, negativePrompt: request.negativePrompt, draws: [] };
    const provider = { id: 'home', kind: 'local' } as const;
    return prepare({ request, resolved, provider, model, signal, onWork: () => undefined });
  };
  return { asked, send };
}

const promptOptions = { styles: ['watercolor'], enhancers: [] };
const long = Array.from({ length: 600 }, (_, at) => `lantern ${at}`).join(', ');

describe('what a model is sent', () => {
  it.each(['upscale', 'removeBackground'] as const)(
    'has no words of a style where none were typed: %s',
    async (operation) => {
      const { send } = studio();
      expect(await send({ operation, promptOptions })).toMatchObject({ prompt: '', negativePrompt: '' });
    },
  );

  it('has a style where something is described to a model that enlarges', async () => {
    const { send } = studio();
    expect(await send({ operation: 'upscale', prompt: 'a fox', promptOptions })).toMatchObject({
      prompt: 'a fox, styled',
    });
  });

  it.each(['upscale', 'removeBackground'] as const)('is not shortened by a language model: %s', async (operation) => {
    const { send, asked } = studio();
    const { prompt, fitting } = await send({ operation, prompt: long });
    expect(prompt.length).toBeLessThanOrEqual(2_999);
    expect(fitting.by).toBe('local');
    expect(asked).toEqual([]);
  });

  it('keeps what is locked in a negative prompt that is too long', async () => {
    const { send } = studio();
    const negativePrompt = `${long}, the last word`;
    const sent = await send({ prompt: 'a fox', negativePrompt, promptOptions: { locked: ['the last word'] } });
    expect(sent.negativePrompt.length).toBeLessThanOrEqual(2_999);
    expect(sent.negativePrompt).toContain('the last word');
  });

  it('is not waited for by somebody who gives up while a model leaves memory', async () => {
    const { send } = studio({ free: () => new Promise(() => undefined) });
    const controller = new AbortController();
    const sent = send({ prompt: 'a fox' }, controller.signal);
    controller.abort(new Error('given up'));
    await expect(sent).rejects.toThrow('given up');
  });
});
