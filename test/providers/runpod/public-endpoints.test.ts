import { describe, expect, it } from 'vitest';
import { collectAll, generate, makeInput } from '../../provider-kit/requests.ts';
import { failureOf } from '../comfyui/requests.ts';
import { signal, submitted, useRunpod, wishFor, type Wish } from './stand.ts';

const stand = useRunpod();

const lora = { name: 'https://example.org/paint.safetensors', weight: 0.8 };
/** What each model is asked, and what must be sent of it beside prompt and seed. */
const dialects: readonly (readonly [id: string, wish: Wish, sent: Record<string, unknown>])[] = [
  [
    'black-forest-labs-flux-1-dev',
    { width: 1216, height: 832, guidance: 3, steps: 20, negativePrompt: 'blurry', outputFormat: 'jpg' },
    {
      width: 1216,
      height: 832,
      guidance: 3,
      num_inference_steps: 20,
      negative_prompt: 'blurry',
      image_format: 'jpeg',
      seed: 7,
    },
  ],
  [
    'black-forest-labs-flux-1-schnell',
    { outputFormat: 'png' },
    { width: 512, height: 512, guidance: 3.5, num_inference_steps: 4, image_format: 'png', seed: 7 },
  ],
  [
    'seedream-v4-t2i',
    { width: 2048, height: 1024, negativePrompt: 'blurry' },
    { size: '2048*1024', negative_prompt: 'blurry', seed: 7 },
  ],
  [
    'z-image-turbo',
    { width: 1270, height: 719, outputFormat: 'webp' },
    { size: '1280*720', output_format: 'webp', seed: 7 },
  ],
  ['p-image-t2i', { width: 600, height: 900 }, { aspect_ratio: '2:3', seed: 7 }],
  ['qwen-image-t2i', { negativePrompt: 'blurry' }, { size: '512*512', negative_prompt: 'blurry', seed: 7 }],
  [
    'qwen-image-t2i-lora',
    { loras: [lora] },
    { size: '512*512', loras: [{ path: lora.name, scale: lora.weight }], seed: 7 },
  ],
  ['wan-2-6-t2i', { width: 1400, height: 1000 }, { size: '1440*1024', seed: 7 }],
];

describe('text to image', () => {
  it.each(dialects)('speaks to %s in its own convention', async (id, wish, sent) => {
    const request = await wishFor(stand.provider, id, wish);
    await generate(stand.provider, request);
    const [run] = stand.runs();
    expect(run?.endpoint).toBe(id);
    expect(run?.body).toEqual({ input: { prompt: request.prompt, ...sent } });
  });

  it('takes the cost from the answer, and the seed that was sent', async () => {
    const request = await wishFor(stand.provider, 'black-forest-labs-flux-1-dev', { width: 1024, height: 512 });
    const { task } = await submitted(stand.provider, request);
    const end = await collectAll(stand.provider, task);
    expect(end).toMatchObject({ cost: { kind: 'reported', usd: 0.02 * 1.024 * 0.512 }, images: [{ seed: 7 }] });
  });

  it('keeps endpoint and job together, so that another run of Easel can ask', async () => {
    const request = await wishFor(stand.provider, 'z-image-turbo');
    const { task } = await submitted(stand.provider, request);
    const restarted = stand.open();
    const end = await collectAll(restarted, JSON.parse(JSON.stringify(task)) as typeof task);
    expect(end.state).toBe('finished');
    expect(stand.fake.charges).toHaveLength(1);
  });

  it('refuses LoRAs that the endpoint can not load before anything is sent', async () => {
    for (const wrong of [
      { name: 'my-lora', weight: 1 },
      { ...lora, weight: 1.5 },
    ]) {
      const request = await wishFor(stand.provider, 'qwen-image-t2i-lora', { loras: [wrong] });
      expect((await failureOf(submitted(stand.provider, request))).code).toBe('invalid_request');
    }
    expect(stand.runs()).toHaveLength(0);
  });

  it('does not know a model that is no endpoint of the table', async () => {
    const request = await wishFor(stand.provider, 'qwen-image-t2i');
    const gone = { ...request, model: { ...request.model, id: 'sdxl' } };
    expect((await failureOf(submitted(stand.provider, gone))).message).toContain('no model "sdxl"');
  });
});

describe('image to image', () => {
  it.each([
    ['black-forest-labs-flux-1-kontext-dev', 'image', { guidance: 2, num_inference_steps: 28, size: '512*512' }],
    ['z-image-turbo', 'image', { strength: 0.4, size: '512*512' }],
    ['qwen-image-edit-2511-lora', 'images', { size: '512*512' }],
    ['nano-banana-edit', 'images', {}],
  ])('gives %s its picture as `%s`', async (id, field, sent) => {
    const request = await wishFor(stand.provider, id, { operation: 'imageToImage', strength: 0.4 });
    const [image] = await generate(stand.provider, request);
    expect(image?.bytes.length).toBeGreaterThan(0);
    const input = stand.runs()[0]?.body.input ?? {};
    const dataUrl = `data:image/png;base64,${Buffer.from(request.image?.bytes ?? []).toString('base64')}`;
    expect(input).toMatchObject({ prompt: request.prompt, ...sent, [field]: field === 'image' ? dataUrl : [dataUrl] });
  });

  it('adds further references behind the first picture, and tells no seed where the model takes none', async () => {
    const referenceImages = [await makeInput(2), await makeInput(3)];
    const request = await wishFor(stand.provider, 'nano-banana-edit', { referenceImages });
    const [image] = await generate(stand.provider, request);
    expect(image?.seed).toBeNull();
    expect(stand.runs()[0]?.body.input.images).toHaveLength(3);
  });

  it('draws something else from another picture', async () => {
    const request = await wishFor(stand.provider, 'z-image-turbo', { operation: 'imageToImage' });
    const [one] = await generate(stand.provider, request);
    const [other] = await generate(stand.provider, { ...request, image: await makeInput(9) });
    expect(Buffer.from(one?.bytes ?? []).equals(Buffer.from(other?.bytes ?? []))).toBe(false);
  });

  it('refuses pictures that make the request larger than 10 MB before anything is sent', async () => {
    const request = await wishFor(stand.provider, 'nano-banana-edit');
    const large = { bytes: new Uint8Array(7_600_000), hash: '0', format: 'png', width: 4096, height: 4096 } as const;
    const failure = await failureOf(submitted(stand.provider, { ...request, image: large }));
    expect(failure.code).toBe('invalid_request');
    expect(stand.runs()).toHaveLength(0);
  });
});

describe('a job at work', () => {
  it('waits for a worker first, and then works', async () => {
    for (const [prompt, stage] of [
      ['no worker', 'Waiting for a worker at RunPod'],
      ['never done', 'Working'],
    ]) {
      const { task, askAgainInMs } = await submitted(
        stand.provider,
        await wishFor(stand.provider, 'p-image-t2i', { prompt }),
      );
      expect(askAgainInMs).toBe(1000);
      expect(await stand.provider.collect(task, { signal })).toMatchObject({ state: 'pending', progress: { stage } });
    }
  });

  it('asks less often after a while, and says what to look at when no worker comes', async () => {
    const request = await wishFor(stand.provider, 'p-image-t2i', { prompt: 'no worker' });
    const { task } = await submitted(stand.provider, request);
    const old = { ...task, sentAt: Date.now() - 180_000 };
    const submission = await stand.provider.collect(old, { signal });
    expect(submission).toMatchObject({ state: 'pending', askAgainInMs: 3000 });
    expect(JSON.stringify(submission)).toContain('check the balance at RunPod');
  });
});
