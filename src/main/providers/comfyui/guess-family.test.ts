import { describe, expect, it } from 'vitest';
import { guessFamilyByMetadata, guessFamilyByName, mayBeFlux } from './guess-family.ts';

describe('the family of a model', () => {
  it.each([
    ['sd_xl_base_1.0.safetensors', 'sdxl'],
    ['juggernautXL_v9.safetensors', 'sdxl'],
    ['SDXL\\mine.safetensors', 'sdxl'],
    ['ponyDiffusionV6.safetensors', 'sdxl'],
    ['v1-5-pruned-emaonly.safetensors', 'sd15'],
    ['sd-v1-5-inpainting.ckpt', 'sd15'],
    ['dreamshaper_8.safetensors', 'sd15'],
    ['flux1-dev-fp8.safetensors', 'flux'],
    ['FLUX/schnell.safetensors', 'flux'],
    ['mystery.safetensors', 'other'],
    ['explorer.safetensors', 'other'],
    ['sd3.5_large.safetensors', 'other'],
  ])('is told by the name %s: %s', (name, family) => {
    expect(guessFamilyByName(name)).toBe(family);
  });

  it.each([
    [{ 'modelspec.architecture': 'stable-diffusion-xl-v1-base' }, 'sdxl'],
    [{ 'modelspec.architecture': 'Flux-1-dev' }, 'flux'],
    [{ ss_base_model_version: 'sd_v1' }, 'sd15'],
    [{ 'modelspec.architecture': 7 }, 'other'],
    [{}, 'other'],
    [null, 'other'],
  ])('is told by the metadata %j: %s', (metadata, family) => {
    expect(guessFamilyByMetadata(metadata)).toBe(family);
  });

  it.each([
    ['flux1-dev.safetensors', true],
    ['flux1-krea-dev_fp8.safetensors', true],
    ['swan-flux.safetensors', true],
    ['my own finetune.safetensors', true],
    ['flux1-fill-dev.safetensors', false],
    ['FLUX.1-Canny-dev.safetensors', false],
    ['flux2-dev.safetensors', false],
    ['flux.2-klein.safetensors', false],
    ['wan2.2_t2v.safetensors', false],
    ['qwen_image_fp8.safetensors', false],
    ['video\\hunyuan.safetensors', false],
  ])('decides whether %s can be drawn with as FLUX.1: %s', (name, may) => {
    expect(mayBeFlux(name)).toBe(may);
  });
});
