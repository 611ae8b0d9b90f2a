import { describe, expect, it } from 'vitest';
import { ownEndpoints } from '../../fakes/runpod/workers.ts';
import { collectAll, generate, makeInput, modelsOf } from '../../provider-kit/requests.ts';
import { failureOf } from '../comfyui/requests.ts';
import { findModel, signal, submitted, useRunpod, wishFor } from './stand.ts';

const stand = useRunpod();
const sdxlId = `worker-sdxl/${ownEndpoints.sdxl}`;
const comfyuiId = `worker-comfyui/${ownEndpoints.comfyui}`;
const checkpoint = 'sd_xl_base_1.0.safetensors';

const openSdxl = () => stand.open({ endpointId: ownEndpoints.sdxl });
const openComfyui = () => stand.open({ endpointId: ownEndpoints.comfyui, checkpoint });

describe('models', () => {
  it('are the public ones alone without an endpoint of one’s own', async () => {
    expect(await modelsOf(stand.provider)).toEqual(stand.provider.manifest.models);
  });

  it('carry the name of the endpoint and what it runs', async () => {
    expect((await findModel(openSdxl(), sdxlId)).name).toBe('SDXL on my sdxl');
    const model = await findModel(openComfyui(), comfyuiId);
    expect(model).toMatchObject({ name: 'sd_xl_base_1.0 on my comfyui', family: 'sdxl', price: null });
  });

  it('go by the endpoint’s id where the key may not look at the account', async () => {
    stand.fake.addFault({ on: 'free', kind: 'status', status: 403 });
    expect((await findModel(openSdxl(), sdxlId)).name).toBe(`SDXL on ${ownEndpoints.sdxl}`);
  });
});

describe('worker-sdxl', () => {
  it('gets every parameter by its own name, and answers pictures inside JSON with their seed', async () => {
    const provider = openSdxl();
    const wish = { width: 768, height: 1024, negativePrompt: 'blurry', steps: 30, guidance: 6, scheduler: 'K_EULER' };
    const [image, ...more] = await generate(provider, await wishFor(provider, sdxlId, wish));
    expect(stand.runs()[0]).toEqual({
      endpoint: ownEndpoints.sdxl,
      body: {
        input: {
          prompt: 'a lighthouse at dusk',
          negative_prompt: 'blurry',
          width: 768,
          height: 1024,
          seed: 7,
          num_inference_steps: 30,
          guidance_scale: 6,
          scheduler: 'K_EULER',
          num_images: 1,
        },
      },
    });
    expect(image?.seed).toBe(7);
    expect(more).toHaveLength(0);
  });

  it('tells no cost where the worker tells none: it is not zero', async () => {
    const provider = openSdxl();
    const { task } = await submitted(provider, await wishFor(provider, sdxlId));
    expect(await collectAll(provider, task)).not.toHaveProperty('cost');
  });

  it('may say something while it works, which is no result', async () => {
    const provider = openSdxl();
    const { task } = await submitted(provider, await wishFor(provider, sdxlId, { prompt: 'never done' }));
    expect(await provider.collect(task, { signal })).toMatchObject({ state: 'pending', progress: { fraction: 0.5 } });
  });
});

describe('worker-comfyui', () => {
  it.each(['textToImage', 'imageToImage', 'inpaint'] as const)('draws %s from a graph', async (operation) => {
    const provider = openComfyui();
    const request = await wishFor(provider, comfyuiId, {
      operation,
      loras: [{ name: 'paint.safetensors', weight: 0.5 }],
    });
    const images = await generate(provider, request);
    expect(images).toHaveLength(1);
    const input = stand.runs()[0]?.body.input as {
      workflow: Record<string, { class_type: string }>;
      images?: unknown[];
    };
    const classes = Object.values(input.workflow).map(({ class_type }) => class_type);
    expect(classes).toContain('LoraLoader');
    expect(JSON.stringify(input.workflow)).toContain(checkpoint);
    expect(input.images?.length ?? 0).toBe({ textToImage: 0, imageToImage: 1, inpaint: 2 }[operation]);
  });

  it('draws something else from another mask', async () => {
    const provider = openComfyui();
    const request = await wishFor(provider, comfyuiId, { operation: 'inpaint' });
    const [one] = await generate(provider, request);
    const [other] = await generate(provider, { ...request, mask: await makeInput(5) });
    expect(Buffer.from(one?.bytes ?? []).equals(Buffer.from(other?.bytes ?? []))).toBe(false);
  });

  it('says what it is doing', async () => {
    const provider = openComfyui();
    const { task } = await submitted(provider, await wishFor(provider, comfyuiId, { prompt: 'never done' }));
    expect(await provider.collect(task, { signal })).toMatchObject({
      progress: { stage: 'Sampling, step 4 of 20', fraction: null },
    });
  });

  it('needs to be told its checkpoint', async () => {
    const request = await wishFor(openComfyui(), comfyuiId);
    const failure = await failureOf(submitted(stand.open({ endpointId: ownEndpoints.comfyui }), request));
    expect(failure.message).toContain('Enter the checkpoint');
  });
});

describe('its health', () => {
  it('is the workers’, and is asked free of charge', async () => {
    expect((await openSdxl().checkHealth({ signal })).message).toBe('Your endpoint answers: workers ready: 1.');
    expect(stand.fake.requests.map(({ path }) => path)).toEqual([`/${ownEndpoints.sdxl}/health`]);
  });

  it('says so when there is no such endpoint', async () => {
    const failure = await failureOf(stand.open({ endpointId: 'gone' }).checkHealth({ signal }));
    expect(failure).toMatchObject({ code: 'invalid_request' });
    expect(failure.message).toContain('no endpoint "gone"');
  });
});
