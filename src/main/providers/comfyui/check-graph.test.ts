import { describe, expect, it } from 'vitest';
import { checkGraph, choicesOf, describeMissing } from './check-graph.ts';
import type { Graph } from './graph.ts';

const info = {
  CheckpointLoaderSimple: { input: { required: { ckpt_name: [['a.safetensors'], { tooltip: 'x' }] } } },
  UpscaleModelLoader: { input: { required: { model_name: ['COMBO', { options: ['4x.pth'], multiselect: false }] } } },
  RemoteChoice: {
    input: { required: { thing: ['COMBO', { remote: { route: '/x' } }] }, optional: { more: [['p', 'q']] } },
  },
  LoadImage: { input: { required: { image: [['example.png'], { image_upload: true }] } } },
  KSampler: { input: { required: { sampler_name: [['euler'], {}], steps: ['INT', {}], model: ['MODEL', {}] } } },
  Odd: { input: null },
};

const one = (className: string, inputs: Graph[string]['inputs']): Graph => ({ '1': { class_type: className, inputs } });

describe('what a graph needs', () => {
  it('is found in both forms of choice lists', () => {
    expect(choicesOf(info.CheckpointLoaderSimple.input.required.ckpt_name)).toEqual(['a.safetensors']);
    expect(choicesOf(info.UpscaleModelLoader.input.required.model_name)).toEqual(['4x.pth']);
    for (const spec of [['INT', {}], ['COMBO', {}], ['COMBO'], null, 'INT', []]) expect(choicesOf(spec)).toBeNull();
  });

  it.each([
    [
      'a file in a plain list',
      one('CheckpointLoaderSimple', { ckpt_name: 'b' }),
      [{ kind: 'file', folder: 'checkpoints', file: 'b' }],
    ],
    [
      'a file in a COMBO',
      one('UpscaleModelLoader', { model_name: 'b' }),
      [{ kind: 'file', folder: 'upscale_models', file: 'b' }],
    ],
    ['a class', one('Nonsense', {}), [{ kind: 'node', className: 'Nonsense' }]],
    [
      'an input and a choice',
      one('KSampler', { sampler_name: 'warp', model: ['2', 0] }),
      [
        { kind: 'input', className: 'KSampler', input: 'steps' },
        { kind: 'choice', input: 'sampler_name', value: 'warp' },
      ],
    ],
    [
      'an optional choice',
      one('RemoteChoice', { thing: 'x', more: 'z' }),
      [{ kind: 'choice', input: 'more', value: 'z' }],
    ],
    ['nothing: an uploaded image is in no list', one('LoadImage', { image: 'sub/x.png [output]' }), []],
    ['nothing: a list that is not told', one('RemoteChoice', { thing: 'anything' }), []],
    [
      'nothing: what the server does not know is ignored there',
      one('CheckpointLoaderSimple', { ckpt_name: 'a.safetensors', extra: 1 }),
      [],
    ],
    ['nothing: a node without inputs', one('Odd', { x: 1 }), []],
  ])('names %s', (_what, graph, missing) => {
    expect(checkGraph(graph, info)).toEqual(missing);
  });

  it('names each thing once and everything in one sentence', () => {
    const graph: Graph = {
      ...one('CheckpointLoaderSimple', { ckpt_name: 'b' }),
      '2': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'b' } },
      '3': { class_type: 'Nonsense', inputs: {} },
    };
    expect(describeMissing(checkGraph(graph, info))).toBe(
      'ComfyUI lacks what this needs: the file b (folder models/checkpoints); the node Nonsense. Put the files into their folders, update ComfyUI, then try again.',
    );
  });
});
