import { describe, expect, it } from 'vitest';
import type { ProviderRequest } from '../provider.ts';
import { describeGenerator, describeUpscaler } from './describe-model.ts';
import { isLink, type Graph } from './graph.ts';
import { buildGraph, type GraphParts } from './graphs.ts';
import { parseModelId } from './model-ids.ts';

const choices = { samplers: ['euler', 'dpmpp_2m'], schedulers: ['simple', 'karras'], loras: [] };
const models = {
  sdxl: describeGenerator({ folder: 'checkpoints', file: 'x.safetensors' }, 'sdxl', choices),
  fluxFp8: describeGenerator({ folder: 'checkpoints', file: 'f8.safetensors' }, 'flux', choices),
  fluxDev: describeGenerator({ folder: 'diffusion_models', file: 'f.safetensors' }, 'flux', choices),
  upscaler: describeUpscaler('4x.pth'),
};
const picture = { bytes: new Uint8Array(), hash: 'h', format: 'png', width: 64, height: 64 } as const;

function build(
  model: keyof typeof models,
  fields: Partial<ProviderRequest> = {},
  parts: Partial<GraphParts> = {},
): Graph {
  const request: ProviderRequest = {
    attemptId: 'attempt',
    operation: 'textToImage',
    model: models[model],
    prompt: '',
    negativePrompt: '',
    width: 64,
    height: 64,
    count: 1,
    seed: 5,
    steps: null,
    guidance: null,
    sampler: null,
    scheduler: null,
    strength: null,
    loras: [],
    image: null,
    mask: null,
    references: [],
    style: null,
    outputFormat: null,
    scale: null,
    seconds: null,
    ...fields,
  };
  const fluxFiles = model === 'fluxDev' ? { t5: 't5', clip: 'clip', vae: 'vae' } : null;
  return buildGraph(request, {
    model: parseModelId(models[model].id)!,
    prompt: 'yes',
    negativePrompt: 'no',
    loras: [],
    image: null,
    mask: null,
    fluxFiles,
    ...parts,
  });
}

/** The chain of classes from the saved picture backwards, along each node's first link of that name. */
function find(graph: Graph, className: string) {
  return Object.values(graph).find((node) => node.class_type === className)?.inputs ?? {};
}
const classes = (graph: Graph): string[] => Object.values(graph).map((node) => node.class_type);

describe('a graph for ComfyUI', () => {
  it('links only to outputs of nodes that exist', () => {
    const withPictures = { image: 'i.png', mask: 'm.png' };
    for (const model of ['sdxl', 'fluxFp8', 'fluxDev'] as const) {
      for (const parts of [
        {},
        { image: 'i.png' },
        withPictures,
        { loras: [{ name: 'l', modelWeight: 1, clipWeight: 1 }] },
      ]) {
        const graph = build(model, { image: picture, mask: picture, strength: 0.5 }, parts);
        for (const { inputs } of Object.values(graph)) {
          for (const value of Object.values(inputs)) if (isLink(value)) expect(graph).toHaveProperty(value[0]);
        }
      }
    }
  });

  it('fills in the defaults of the model where the request leaves something open', () => {
    expect(find(build('sdxl'), 'KSampler')).toMatchObject({
      steps: 25,
      cfg: 7,
      sampler_name: 'dpmpp_2m',
      scheduler: 'karras',
      denoise: 1,
      seed: 5,
    });
    expect(find(build('fluxFp8'), 'FluxGuidance')).toMatchObject({ guidance: 3.5 });
    expect(find(build('fluxDev'), 'BasicScheduler')).toMatchObject({ steps: 20, scheduler: 'simple', denoise: 1 });
  });

  it('saves under the name of the attempt', () => {
    for (const model of ['sdxl', 'fluxFp8', 'fluxDev'] as const) {
      expect(find(build(model), 'SaveImage').filename_prefix).toBe('easel/attempt');
    }
    expect(find(build('upscaler', { image: picture }, { image: 'i.png' }), 'SaveImage').filename_prefix).toBe(
      'easel/attempt',
    );
  });

  it('does not scale a reference that has the right size', () => {
    expect(classes(build('sdxl', { image: picture, strength: 0.5 }, { image: 'i.png' }))).not.toContain('ImageScale');
    expect(classes(build('sdxl', { image: picture, strength: 0.5, width: 72 }, { image: 'i.png' }))).toContain(
      'ImageScale',
    );
  });

  it('cuts and scales a mask exactly as its reference, or neither of them', () => {
    const names = { image: 'i.png', mask: 'm.png' };
    const scalingOf = (graph: Graph, fileName: string) => {
      const [id] = Object.entries(graph).find(([, { inputs }]) => inputs.image === fileName)!;
      const user = Object.values(graph).find(({ inputs: { image = 0 } }) => isLink(image) && image[0] === id);
      return user?.class_type === 'ImageScale' ? { ...user.inputs, image: null } : null;
    };
    for (const model of ['sdxl', 'fluxFp8', 'fluxDev'] as const) {
      for (const [width, height] of [
        [64, 64],
        [128, 64],
        [64, 32],
      ]) {
        for (const strength of [0.5, 1]) {
          const graph = build(
            model,
            { image: picture, mask: picture, strength, width: width!, height: height! },
            names,
          );
          expect(scalingOf(graph, 'm.png')).toEqual(scalingOf(graph, 'i.png'));
          expect(scalingOf(graph, 'i.png') === null).toBe(width === 64 && height === 64);
        }
      }
    }
  });

  it('lowers the noise in the scheduler of FLUX in parts', () => {
    const graph = build('fluxDev', { image: picture, strength: 0.4 }, { image: 'i.png' });
    expect(find(graph, 'BasicScheduler').denoise).toBe(0.4);
    expect(classes(graph)).toContain('VAEEncode');
    expect(classes(graph)).not.toContain('EmptySD3LatentImage');
  });

  it('weighs picture and text of a LoRA apart', () => {
    const graph = build('fluxDev', {}, { loras: [{ name: 'l', modelWeight: 0.7, clipWeight: 0.2 }] });
    expect(find(graph, 'LoraLoader')).toMatchObject({ lora_name: 'l', strength_model: 0.7, strength_clip: 0.2 });
  });
});
