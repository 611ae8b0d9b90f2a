import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createComfyui } from '../../../src/main/providers/comfyui/adapter.ts';
import type { ImageProvider } from '../../../src/main/providers/provider.ts';
import { isLink, type Graph } from '../../fakes/comfyui/graph.ts';
import { sizeOfPicture } from '../../fakes/comfyui/pictures.ts';
import { startFakeComfyui, type FakeComfyui } from '../../fakes/comfyui/start-fake-comfyui.ts';
import { collectAll, failureOf, findModel, generate, makeInput, makeRequest, never, taskIn } from './requests.ts';

let fake: FakeComfyui;
let provider: ImageProvider;

beforeEach(async () => {
  fake = await startFakeComfyui();
  provider = createComfyui({ url: fake.url });
});
afterEach(async () => {
  await provider.close();
  await fake.close();
});

const lastGraph = (): Graph => fake.promptsSeen.at(-1)?.graph ?? {};
const nodesOf = (className: string): Graph[string][] =>
  Object.values(lastGraph()).filter((node) => node.class_type === className);
const nodeOf = (className: string): Graph[string]['inputs'] => nodesOf(className)[0]?.inputs ?? {};
/** The class of the node that an input is linked to. */
const behind = (value: unknown): string | undefined => (isLink(value) ? lastGraph()[value[0]]?.class_type : undefined);

describe('generating with ComfyUI', () => {
  it.each(['dreamshaper_8', 'sd_xl_base', 'flux1-dev.', 'flux1-dev-fp8'])(
    'draws with %s in the size that was asked for',
    async (name) => {
      const model = await findModel(provider, name);
      const images = await generate(provider, makeRequest(model, { width: 96, height: 64, seed: 41 }));
      expect(images).toHaveLength(1);
      expect(await sizeOfPicture(Buffer.from(images[0]!.bytes))).toEqual({ width: 96, height: 64 });
      expect(images[0]!.seed).toBe(41);
    },
  );

  it('gives back exactly the bytes that ComfyUI saved, with the graph in them', async () => {
    const [image] = await generate(provider, makeRequest(await findModel(provider, 'sd_xl')));
    const id = fake.promptsSeen[0]!.promptId!;
    const saved = fake.files.read({ filename: `${id}_00001_.png`, subfolder: 'easel', type: 'output' });
    expect(Buffer.from(image!.bytes).equals(saved!)).toBe(true);
    expect(Buffer.from(image!.bytes).includes('tEXtprompt')).toBe(true);
    expect(fake.requestsSeen.filter(({ path }) => path === '/view').map(({ query }) => query)).not.toContainEqual(
      expect.stringMatching(/preview|channel/),
    );
  });

  it('sends every parameter of SDXL', async () => {
    const model = await findModel(provider, 'sd_xl');
    const fields = {
      steps: 9,
      guidance: 5.5,
      sampler: 'heun',
      scheduler: 'beta',
      seed: 2 ** 53 - 1,
      negativePrompt: 'blurry',
    };
    await generate(provider, makeRequest(model, { ...fields, width: 72, height: 80 }));
    expect(nodeOf('KSampler')).toMatchObject({
      steps: 9,
      cfg: 5.5,
      sampler_name: 'heun',
      scheduler: 'beta',
      seed: 9007199254740991,
      denoise: 1,
    });
    expect(nodeOf('EmptyLatentImage')).toEqual({ width: 72, height: 80, batch_size: 1 });
    expect(nodesOf('CLIPTextEncode').map((node) => node.inputs.text)).toEqual(['a lighthouse at dusk', 'blurry']);
  });

  it('gives FLUX its guidance with the prompt and no negative prompt', async () => {
    await generate(
      provider,
      makeRequest(await findModel(provider, 'flux1-dev-fp8'), { guidance: 4, negativePrompt: 'no' }),
    );
    expect(nodeOf('FluxGuidance').guidance).toBe(4);
    expect(nodeOf('KSampler').cfg).toBe(1);
    expect(behind(nodeOf('KSampler').negative)).toBe('ConditioningZeroOut');
    await generate(provider, makeRequest(await findModel(provider, 'flux1-dev.'), { guidance: 3, steps: 5 }));
    expect(nodeOf('FluxGuidance').guidance).toBe(3);
    expect(nodeOf('BasicScheduler')).toMatchObject({ steps: 5, denoise: 1, scheduler: 'simple' });
    expect(nodeOf('DualCLIPLoader')).toMatchObject({
      clip_name1: 't5xxl_fp16.safetensors',
      clip_name2: 'clip_l.safetensors',
    });
  });

  it('begins with a reference image and keeps as much of it as was asked for', async () => {
    const image = makeInput(64, 64);
    const model = await findModel(provider, 'dreamshaper');
    await generate(provider, makeRequest(model, { operation: 'imageToImage', image, strength: 0.6 }));
    expect(nodeOf('LoadImage').image).toBe(`easel-${image.hash}.png`);
    expect(nodeOf('KSampler').denoise).toBe(0.6);
    expect(behind(nodeOf('KSampler').latent_image)).toBe('VAEEncode');
    expect(
      fake.files.read({ filename: `easel-${image.hash}.png`, subfolder: '', type: 'input' })?.equals(image.bytes),
    ).toBe(true);
  });

  it('fits a reference of another size and its mask to the size that was asked for', async () => {
    const model = await findModel(provider, 'dreamshaper');
    const fields = {
      operation: 'inpaint',
      image: makeInput(100, 50),
      mask: makeInput(100, 50, 2),
      strength: 0.5,
    } as const;
    const [image] = await generate(provider, makeRequest(model, { ...fields, width: 128, height: 64 }));
    expect(nodesOf('ImageScale').map((node) => [node.inputs.width, node.inputs.height])).toEqual([
      [128, 64],
      [128, 64],
    ]);
    expect(await sizeOfPicture(Buffer.from(image!.bytes))).toEqual({ width: 128, height: 64 });
  });

  it('repaints what is white in the mask, partly or wholly', async () => {
    const fields = { operation: 'inpaint', image: makeInput(64, 64), mask: makeInput(64, 64, 2) } as const;
    const model = await findModel(provider, 'dreamshaper');
    await generate(provider, makeRequest(model, { ...fields, strength: 0.8 }));
    expect(nodeOf('LoadImageMask')).toEqual({ image: `easel-${fields.mask.hash}.png`, channel: 'red' });
    expect(behind(nodeOf('KSampler').latent_image)).toBe('SetLatentNoiseMask');
    expect(nodeOf('KSampler').denoise).toBe(0.8);
    await generate(provider, makeRequest(model, { ...fields, strength: 1 }));
    expect(behind(nodeOf('KSampler').latent_image)).toBe('VAEEncodeForInpaint');
    const flux = await findModel(provider, 'flux1-dev.');
    await generate(provider, makeRequest(flux, { ...fields, strength: 1 }));
    expect(behind(nodeOf('SamplerCustomAdvanced').latent_image)).toBe('SetLatentNoiseMask');
  });

  it('upscales with an upscale model', async () => {
    const model = await findModel(provider, '4x-UltraSharp');
    const [image] = await generate(provider, makeRequest(model, { image: makeInput(32, 16) }));
    expect(await sizeOfPicture(Buffer.from(image!.bytes))).toEqual({ width: 128, height: 64 });
    expect(image!.seed).toBeNull();
  });

  it('takes LoRA tags out of the prompt and chains them behind the chosen ones', async () => {
    const model = await findModel(provider, 'sd_xl');
    const prompt = 'a harbour <lora:watercolour:0.4>, fog';
    await generate(
      provider,
      makeRequest(model, { prompt, loras: [{ name: 'detail-tweaker.safetensors', weight: 0.8 }] }),
    );
    expect(
      nodesOf('LoraLoader').map(({ inputs }) => [inputs.lora_name, inputs.strength_model, inputs.strength_clip]),
    ).toEqual([
      ['detail-tweaker.safetensors', 0.8, 0.8],
      ['styles/watercolour.safetensors', 0.4, 0.4],
    ]);
    expect(behind(nodesOf('LoraLoader')[1]!.inputs.model)).toBe('LoraLoader');
    expect(behind(nodeOf('KSampler').model)).toBe('LoraLoader');
    expect(nodeOf('CLIPTextEncode').text).toBe('a harbour, fog');
    expect(behind(nodeOf('CLIPTextEncode').clip)).toBe('LoraLoader');
  });

  it('writes new files for the same request, so that a deleted older result can not be missed', async () => {
    const model = await findModel(provider, 'sd_xl');
    const first = makeRequest(model);
    await generate(provider, first);
    fake.files.remove({ filename: `${first.attemptId}_00001_.png`, subfolder: 'easel', type: 'output' });
    expect(await generate(provider, makeRequest(model))).toHaveLength(1);
  });

  it('uploads a reference under the name of its content, and one that is there stays one file', async () => {
    const image = makeInput(64, 64);
    const model = await findModel(provider, 'sd_xl');
    for (let round = 0; round < 2; round++) {
      await generate(provider, makeRequest(model, { operation: 'imageToImage', image, strength: 0.5 }));
    }
    expect(fake.files.inputNames()).toEqual([`easel-${image.hash}.png`]);
  });

  it('uses the name that the server gave to an upload', async () => {
    const image = makeInput(64, 64);
    fake.files.write(
      { filename: `easel-${image.hash}.png`, subfolder: '', type: 'input' },
      Buffer.from('something else'),
    );
    await generate(
      provider,
      makeRequest(await findModel(provider, 'sd_xl'), { operation: 'imageToImage', image, strength: 0.5 }),
    );
    expect(nodeOf('LoadImage').image).toBe(`easel-${image.hash} (1).png`);
  });

  it('gives the prompt the id of the attempt, asks for previews and names itself as the owner', async () => {
    const request = makeRequest(await findModel(provider, 'sd_xl'));
    expect(provider.taskFor?.(request).remoteId).toBe(request.attemptId);
    const task = taskIn(await provider.submit(request, { signal: never() }));
    expect(task.remoteId).toBe(request.attemptId);
    await collectAll(provider, task);
    const [seen] = fake.promptsSeen;
    expect(seen).toMatchObject({ promptId: request.attemptId, extraData: { preview_method: 'auto' } });
    expect(fake.sockets.idsSeen).toContain(seen!.clientId);
    expect(JSON.stringify(seen)).not.toMatch(/api_key|auth_token/);
  });

  it('never sends Origin or Sec-Fetch-Site, by request or by socket', async () => {
    await generate(
      provider,
      makeRequest(await findModel(provider, 'sd_xl'), {
        operation: 'imageToImage',
        image: makeInput(64, 64),
        strength: 1,
      }),
    );
    expect(fake.requestsSeen.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/ws', '/prompt', '/upload/image', '/view']),
    );
    for (const { headers } of fake.requestsSeen) {
      expect(headers).not.toHaveProperty('origin');
      expect(headers).not.toHaveProperty('sec-fetch-site');
    }
  });

  it('works behind a path of a proxy', async () => {
    const proxied = await startFakeComfyui({ prefix: '/comfy' });
    const behindProxy = createComfyui({ url: `${proxied.url}/` });
    try {
      const images = await generate(behindProxy, makeRequest(await findModel(behindProxy, 'sd_xl')));
      expect(images).toHaveLength(1);
      expect(proxied.sockets.count()).toBe(1);
    } finally {
      await behindProxy.close();
      await proxied.close();
    }
  });

  it('takes all pictures of a graph with several, saved ones before previews', async () => {
    const request = makeRequest(await findModel(provider, 'sd_xl'));
    const task = taskIn(await provider.submit(request, { signal: never() }));
    await collectAll(provider, task);
    const entry = fake.history.get(request.attemptId)!;
    const save = (prefix: string, type: 'output' | 'temp') =>
      fake.files.save(prefix, type, Buffer.from(`${prefix} ${type}`));
    const outputs = {
      1: { images: [save('x', 'temp')] },
      2: { images: [save('x', 'output'), save('x', 'output')] },
      3: { text: ['hello'] },
    };
    fake.history.set(request.attemptId, { ...entry, outputs });
    const several = await collectAll(provider, task);
    expect(several.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['x output', 'x output']);
    expect(several.map(({ seed }) => seed)).toEqual([7, null]);
    fake.history.set(request.attemptId, { ...entry, outputs: { 1: outputs[1] } });
    const previews = await collectAll(provider, task);
    expect(previews.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['x temp']);
  });

  it.each(['imageToImage', 'inpaint', 'upscale'] as const)(
    'refuses %s without its picture before anything is sent',
    async (operation) => {
      const model = await findModel(provider, operation === 'upscale' ? 'UltraSharp' : 'sd_xl');
      const failure = await failureOf(provider.submit(makeRequest(model, { operation }), { signal: never() }));
      expect(failure.code).toBe('invalid_request');
      expect(fake.promptsSeen).toEqual([]);
    },
  );
});
