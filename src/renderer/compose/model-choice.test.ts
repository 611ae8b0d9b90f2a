import { describe, expect, it } from 'vitest';
import { exampleModel, exampleProvider } from '../ui/examples-for-tests.ts';
import { choiceFromKey, choiceKey, chosenModel, modelGroups, usualModel } from './model-choice.ts';

const builtin = exampleProvider({
  id: 'builtin',
  kind: 'builtin',
  notAi: true,
  models: [exampleModel({ id: 'procedural' })],
});
const comfyui = exampleProvider({
  models: [exampleModel({ id: 'upscaler', operations: ['upscale'] }), exampleModel({ id: 'flux', name: 'FLUX dev' })],
});
const away = exampleProvider({ id: 'automatic1111', state: 'unreachable', models: [] });

describe('the model of a draft', () => {
  it('is a real one before the one that is not AI, and one that makes pictures from words', () => {
    expect(usualModel([builtin, comfyui])).toMatchObject({ model: { id: 'flux' } });
  });

  it('is the built-in one where nothing else is ready', () => {
    expect(usualModel([away, builtin])).toMatchObject({ model: { id: 'procedural' } });
    expect(usualModel([away])).toBeNull();
  });

  it('is not replaced in silence when the chosen one goes away', () => {
    expect(chosenModel([builtin, comfyui], { provider: 'comfyui', model: 'gone' })).toBeNull();
  });

  it('survives a model id with slashes', () => {
    const choice = { provider: 'replicate', model: 'black-forest-labs/flux-schnell' };
    expect(choiceFromKey(choiceKey(choice))).toEqual(choice);
  });
});

describe('the model picker', () => {
  it('shows providers that can be used first, and the others with their reason', () => {
    const groups = modelGroups([away, builtin, comfyui], '');
    expect(groups.map(({ provider, usable }) => [provider.manifest.id, usable])).toEqual([
      ['builtin', true],
      ['comfyui', true],
      ['automatic1111', false],
    ]);
  });

  it('leaves out providers that are not in use, but for the one that is chosen', () => {
    const unused = exampleProvider({ id: 'openai', kind: 'cloud', enabled: false, state: 'keyMissing' });
    const ids = (choice: { provider: string; model: string } | null) =>
      modelGroups([builtin, unused], '', choice).map(({ provider }) => provider.manifest.id);
    expect(ids(null)).toEqual(['builtin']);
    expect(ids({ provider: 'openai', model: 'any' })).toEqual(['builtin', 'openai']);
  });

  it('finds models by parts of their name, family or provider', () => {
    const found = modelGroups([away, builtin, comfyui], 'comfy flux');
    expect(found.map(({ models }) => models.map(({ id }) => id))).toEqual([['flux']]);
  });
});
