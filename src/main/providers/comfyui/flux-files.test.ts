import { describe, expect, it } from 'vitest';
import { chooseFluxFiles, hasFluxFiles } from './flux-files.ts';

const textEncoders = [
  'clip_g.safetensors',
  'clip_l.safetensors',
  't5xxl_fp16.safetensors',
  'flux\\t5xxl_fp8_e4m3fn.safetensors',
];

describe('the parts of FLUX', () => {
  it('are chosen to fit the precision of the model', () => {
    const vaes = ['sdxl_vae.safetensors', 'flux/ae.safetensors'];
    expect(chooseFluxFiles('flux1-dev.safetensors', { textEncoders, vaes })).toEqual({
      t5: 't5xxl_fp16.safetensors',
      clip: 'clip_l.safetensors',
      vae: 'flux/ae.safetensors',
    });
    expect(chooseFluxFiles('flux1-dev-fp8.safetensors', { textEncoders, vaes }).t5).toBe(
      'flux\\t5xxl_fp8_e4m3fn.safetensors',
    );
    expect(hasFluxFiles({ textEncoders, vaes })).toBe(true);
  });

  it('have their usual names where the server lacks them', () => {
    const none = {
      textEncoders: ['clip_g.safetensors', 'clip_large.safetensors'],
      vaes: ['taesd', 'sdxl_vae.safetensors'],
    };
    expect(chooseFluxFiles('flux1-dev.safetensors', none)).toEqual({
      t5: 't5xxl_fp16.safetensors',
      clip: 'clip_l.safetensors',
      vae: 'ae.safetensors',
    });
    expect(hasFluxFiles(none)).toBe(false);
  });
});
