import { describe, expect, it } from 'vitest';
import { exampleImage } from '../ui/examples-for-tests.ts';
import { noPromptOptions } from '../../shared/models/prompt-options.ts';
import { recallImage } from './recall-image.ts';

const image = exampleImage(1, {
  width: 832,
  height: 1216,
  seed: 42,
  request: {
    prompt: 'a fox',
    negativePrompt: 'blur',
    width: 832,
    height: 1216,
    steps: 30,
    sampler: 'euler',
    image: `${'a'.repeat(64)}.png`,
    strength: 0.5,
    count: 4,
    project: 'foxes',
  },
});

describe('taking an image back into the editor', () => {
  it('takes one thing when asked for one', () => {
    expect(recallImage(image, 'prompt')).toEqual({
      prompt: 'a fox',
      negativePrompt: 'blur',
      promptOptions: noPromptOptions,
    });
    expect(recallImage(image, 'seed')).toEqual({ seed: 42 });
    expect(recallImage(image, 'size')).toEqual({ aspect: 'custom', width: 832, height: 1216 });
  });

  it('takes everything, so that the same picture would come again', () => {
    expect(recallImage(image, 'all')).toEqual({
      prompt: 'a fox',
      negativePrompt: 'blur',
      promptOptions: noPromptOptions,
      aspect: 'custom',
      width: 832,
      height: 1216,
      choice: { provider: 'comfyui', model: 'sdxl' },
      seed: 42,
      steps: 30,
      guidance: null,
      sampler: 'euler',
      scheduler: null,
      strength: 0.5,
      loras: [],
      image: { id: `${'a'.repeat(64)}.png`, width: null, height: null },
      mask: null,
      references: [],
      style: null,
      outputFormat: null,
      scale: null,
      seconds: null,
      count: 1,
    });
  });

  it('takes everything but the seed for a remix', () => {
    const { count, ...all } = recallImage(image, 'all');
    expect(recallImage(image, 'remix')).toEqual({ ...all, seed: null });
    expect(count).toBe(1);
  });

  it('leaves the project to the user, and the number of images where it isn’t the same picture again', () => {
    expect(recallImage(image, 'remix')).not.toHaveProperty('count');
    expect(recallImage(image, 'all')).not.toHaveProperty('project');
  });

  it('takes no size from an upscale', () => {
    const large = exampleImage(2, { width: 4096, height: 4096, request: { operation: 'upscale' } });
    expect(recallImage(large, 'all')).not.toHaveProperty('width');
  });
});
