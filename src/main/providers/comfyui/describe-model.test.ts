import { describe, expect, it } from 'vitest';
import { Model } from '../../../shared/models/provider.ts';
import { describeGenerator } from './describe-model.ts';

const choices = { samplers: ['heun', 'euler', 'lcm'], schedulers: ['simple', 'normal'], loras: [] };
const describeFile = (file: string, family: 'sd15' | 'sdxl' | 'flux' | 'other', offered = choices) =>
  describeGenerator({ folder: 'checkpoints', file }, family, offered);

describe('a model as it is offered', () => {
  it('takes the best sampler that the server has, and none where it tells none', () => {
    expect(describeFile('sdxl.safetensors', 'sdxl').defaults).toMatchObject({ sampler: 'euler', scheduler: 'normal' });
    const bare = describeFile('sdxl.safetensors', 'sdxl', { samplers: [], schedulers: [], loras: [] });
    expect(bare.defaults).not.toHaveProperty('sampler');
    expect(Model.parse(bare)).toEqual(bare);
  });

  it.each([
    ['flux1-schnell.safetensors', 'flux', { steps: 4, guidance: 3.5 }, 'fast'],
    ['sd_xl_turbo_1.0.safetensors', 'sdxl', { steps: 4, guidance: 1 }, 'fast'],
    ['sdxl_lightning_8step.safetensors', 'sdxl', { steps: 8, guidance: 1 }, 'fast'],
    ['lcm_dream.safetensors', 'sd15', { steps: 6, sampler: 'lcm' }, 'fast'],
    ['mystery.ckpt', 'other', { width: 768, height: 768 }, 'standard'],
    ['flux1-dev.safetensors', 'flux', { steps: 20 }, 'premium'],
    ['sd-inpainting.ckpt', 'sd15', { strength: 1 }, 'fast'],
  ] as const)('has what suits %s', (file, family, defaults, tier) => {
    const model = describeFile(file, family);
    expect(model.defaults).toMatchObject(defaults);
    expect(model.tier).toBe(tier);
    const { width = 0 } = model.defaults;
    expect(width % model.limits.side.multipleOf).toBe(0);
  });
});
