import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, nearestNames } from './nearest-names.ts';

const known = ['sd_xl_base_1.0.safetensors', 'flux1-dev.safetensors', 'v1-5-pruned.safetensors'];

describe('nearestNames', () => {
  it.each([
    ['flux', ['flux1-dev.safetensors']],
    ['SDXL', ['sd_xl_base_1.0.safetensors']],
    ['flux-dev.safetensors', ['flux1-dev.safetensors']],
    ['something else entirely', []],
    ['', []],
  ])('finds what %j may have meant', (wrong, meant) => {
    const near = nearestNames(wrong, known);
    expect(near.slice(0, Math.max(1, meant.length))).toEqual(meant);
  });

  it('puts the nearest first and offers a few only', () => {
    expect(nearestNames('modelx', ['model9', 'modelx1', 'modely', 'modelz', 'other'])).toEqual([
      'modelx1',
      'model9',
      'modely',
    ]);
  });

  it('always finds the name itself', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{1,30}$/), (name) => {
        expect(nearestNames(name, ['zzzzzz', name])[0]).toBe(name === 'zzzzzz' ? 'zzzzzz' : name);
      }),
    );
  });
});

describe('didYouMean', () => {
  it('is a sentence to be put behind another one, or nothing', () => {
    expect(didYouMean('comfy', ['comfyui', 'builtin'])).toBe(' Did you mean comfyui?');
    expect(didYouMean('zzz', ['comfyui', 'builtin'])).toBe('');
  });
});
