import { describe, expect, it } from 'vitest';
import { modelIdOf, parseModelId, stemOf } from './model-ids.ts';

describe('the id of a model', () => {
  it.each(['a.safetensors', 'SDXL\\a b.safetensors', 'deep/er/x.ckpt'])('leads back to the file %s', (file) => {
    for (const folder of ['checkpoints', 'diffusion_models', 'upscale_models'] as const) {
      expect(parseModelId(modelIdOf({ folder, file }))).toEqual({ folder, file });
    }
  });

  it('is refused where no ComfyUI could have given it', () => {
    expect(parseModelId('gpt-image-1')).toBeNull();
    expect(parseModelId('loras/x')).toBeNull();
  });

  it('has a short name', () => {
    expect(stemOf('SDXL\\base 1.0.safetensors')).toBe('base 1.0');
    expect(stemOf('4x.pth')).toBe('4x');
    expect(stemOf('noextension')).toBe('noextension');
  });
});
