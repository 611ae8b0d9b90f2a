import { describe, expect, it } from 'vitest';
import type { Model } from '../models/provider.ts';
import { promptHabits } from './prompt-habits.ts';

const limits = { promptCharacters: 800, imagesPerRequest: 1, side: { min: 64, max: 2048, multipleOf: 8 } };
const habits = (name: string, family: Model['family'] = 'other', more: Partial<Model> = {}) =>
  promptHabits({ id: 'some-id', name, family, limits, ...more });

describe('promptHabits', () => {
  it('takes the longest prompt and the way of weights from the model itself', () => {
    expect(habits('x')).toEqual({ family: 'natural', weights: 'none', longestPrompt: 800 });
    expect(habits('x', 'sdxl', { promptWeights: 'comfyui' })).toMatchObject({ weights: 'comfyui' });
  });

  it.each<[string, Model['family'], string]>([
    ['Any', 'sd15', 'tags'],
    ['Any', 'sdxl', 'tags'],
    ['Any', 'flux', 'natural'],
    ['Pony Diffusion V6', 'other', 'tags'],
    ['animagine-xl-4', 'other', 'tags'],
    ['stable-diffusion-v1-5', 'other', 'tags'],
    ['stable-diffusion-3.5-large', 'other', 'natural'],
    ['SD 3.5 Large Turbo', 'other', 'natural'],
    ['GPT Image 2', 'other', 'natural'],
    ['Nano Banana Pro', 'other', 'natural'],
    ['Qwen-Image', 'other', 'natural'],
    ['anime-flux-lora', 'other', 'natural'],
    ['Stable Image Core', 'other', 'natural'],
    ['Unheard of', 'other', 'natural'],
  ])('writes for %s (%s) in %s', (name, family, expected) => {
    expect(habits(name, family).family).toBe(expected);
  });

  it('looks at the id as well, where names are made up by users', () => {
    expect(habits('My model', 'other', { id: 'checkpoints/illustriousXL.safetensors' }).family).toBe('tags');
  });
});
