import { describe, expect, it } from 'vitest';
import { collectAll, generate, makeInput, modelsOf } from '../../provider-kit/requests.ts';
import { failureOf } from '../comfyui/requests.ts';
import { signal, submitted, useModal, wishFor } from './stand.ts';

const stand = useModal();

describe('models', () => {
  it('are the app’s, in its order, with its limits and its price by the second', async () => {
    const models = await modelsOf(stand.provider);
    expect(models.map(({ id, tier }) => [id, tier])).toEqual([
      ['flux-schnell', 'fast'],
      ['flux-dev', 'standard'],
      ['sdxl', 'standard'],
      ['real-esrgan', 'standard'],
    ]);
    expect(models[1]).toMatchObject({
      name: 'FLUX.1 dev',
      family: 'flux',
      operations: ['textToImage', 'imageToImage', 'inpaint'],
      parameters: ['size', 'seed', 'steps', 'guidance', 'strength', 'loras', 'outputFormat'],
      limits: { imagesPerRequest: 4, side: { min: 256, max: 1536, multipleOf: 16 } },
      defaults: { width: 1024, height: 1024, steps: 28, guidance: 3.5 },
      price: { usd: 0.000542, per: 'gpuSecond' },
    });
    expect(models[2]?.choices.schedulers).toEqual(['euler', 'dpmpp_2m']);
    expect(models[3]).toMatchObject({ family: 'upscaler', operations: ['upscale'], choices: { scales: [2, 4] } });
  });
});

describe('a request', () => {
  it('carries its own id twice, and null for everything that is the app’s choice', async () => {
    const request = await wishFor(stand.provider, 'flux-schnell', { width: 512, height: 768, count: 2 });
    await generate(stand.provider, request);
    const [paid] = stand.paid();
    expect(paid?.headers['idempotency-key']).toBe(request.attemptId);
    expect(paid?.body).toEqual({
      client_request_id: request.attemptId,
      task: 'txt2img',
      model: 'flux-schnell',
      prompt: 'a lighthouse at dusk',
      negative_prompt: null,
      width: 512,
      height: 768,
      num_images: 2,
      steps: 4,
      guidance: null,
      seed: 7,
      scheduler: null,
      image: null,
      mask: null,
      strength: null,
      scale: null,
      loras: null,
      output_format: 'png',
      safety_checker: true,
    });
  });

  it('carries every parameter that the model takes', async () => {
    const loras = [{ name: 'https://example.org/a.safetensors', weight: 0.9 }];
    const more = { steps: 20, guidance: 6, scheduler: 'dpmpp_2m', outputFormat: 'jpg' } as const;
    await generate(stand.provider, await wishFor(stand.provider, 'sdxl', { ...more, negativePrompt: 'blurry' }));
    await generate(stand.provider, await wishFor(stand.provider, 'flux-dev', { loras, outputFormat: 'webp' }));
    const [sdxl, flux] = stand.paid().map(({ body }) => body);
    expect(sdxl).toMatchObject({
      negative_prompt: 'blurry',
      steps: 20,
      guidance: 6,
      scheduler: 'dpmpp_2m',
      output_format: 'jpeg',
    });
    expect(flux).toMatchObject({
      loras: [{ source: 'https://example.org/a.safetensors', scale: 0.9 }],
      output_format: 'webp',
    });
  });

  it.each([
    [{ steps: 51 }, '1 to 50 for steps'],
    [{ guidance: 10.5 }, '0 to 10 for guidance'],
  ])('with %j, which the app does not take, is not even sent', async (wish, words) => {
    const request = await wishFor(stand.provider, 'flux-dev', wish);
    const trained = { ...request, model: { ...request.model, id: 'flux-dev#vol://loras/my-lora.safetensors' } };
    for (const each of [request, trained]) {
      const failure = await failureOf(submitted(stand.open(), each));
      expect(failure.code).toBe('invalid_request');
      expect(failure.message).toContain(words);
    }
    expect(stand.paid()).toEqual([]);
  });

  it('carries picture and mask as they are: white is painted anew there, too', async () => {
    const request = await wishFor(stand.provider, 'flux-dev', { operation: 'inpaint', strength: 0.6 });
    const [one] = await generate(stand.provider, request);
    const { body } = stand.paid()[0] ?? {};
    const inline = (bytes: Uint8Array | undefined) => ({
      data: Buffer.from(bytes ?? []).toString('base64'),
      content_type: 'image/png',
    });
    expect(body).toMatchObject({
      task: 'inpaint',
      strength: 0.6,
      image: inline(request.image?.bytes),
      mask: inline(request.mask?.bytes),
    });
    const other = { ...request, attemptId: crypto.randomUUID(), mask: await makeInput(3) };
    const [changed] = await generate(stand.provider, other);
    expect(Buffer.from(changed?.bytes ?? []).equals(Buffer.from(one?.bytes ?? []))).toBe(false);
  });

  it('for a larger picture has a factor and no size', async () => {
    await generate(stand.provider, await wishFor(stand.provider, 'real-esrgan', { scale: 4 }));
    expect(stand.paid()[0]?.body).toMatchObject({ task: 'upscale', scale: 4, width: null, height: null, seed: null });
  });

  it('for a trained model is one for its base with the LoRA', async () => {
    const request = await wishFor(stand.provider, 'flux-dev');
    const model = { ...request.model, id: 'flux-dev#vol://loras/my-lora.safetensors' };
    await generate(stand.provider, { ...request, model });
    expect(stand.paid()[0]?.body).toMatchObject({
      model: 'flux-dev',
      loras: [{ source: 'vol://loras/my-lora.safetensors', scale: 1 }],
    });
  });
});

describe('results', () => {
  it.each(['by path', 'by address', 'inside the answer'])('come %s, each with its own seed', async (place) => {
    const request = await wishFor(stand.provider, 'flux-dev', { prompt: `a tin robot ${place}`, count: 2 });
    const images = await generate(stand.provider, request);
    expect(images.map(({ seed }) => seed)).toEqual([7, 8]);
    expect(new Set(images.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).size).toBe(2);
  });

  it('at an address of somebody else are fetched without the key', async () => {
    await generate(stand.provider, await wishFor(stand.provider, 'flux-dev', { prompt: 'a robot by address' }));
    const asked = stand.fake.requests.filter(({ path }) => path.startsWith('/files/'));
    expect(asked).toHaveLength(1);
    expect(asked[0]?.headers['modal-secret']).toBeUndefined();
  });

  it('cost what the app says, else at least its seconds of work', async () => {
    for (const [prompt, cost] of [
      ['a robot with its cost', { kind: 'reported', usd: 0.0123 }],
      ['a robot', { kind: 'estimated', usd: (14.2 + 7.6) * 0.000542 }],
    ] as const) {
      const { task } = await submitted(stand.provider, await wishFor(stand.provider, 'flux-dev', { prompt }));
      expect(await collectAll(stand.provider, task)).toMatchObject({ cost });
    }
  });

  it('are kept where only some were withheld, and it is said', async () => {
    const request = await wishFor(stand.provider, 'flux-dev', { prompt: 'half unsafe', count: 3 });
    const { task } = await submitted(stand.provider, request);
    expect(await collectAll(stand.provider, task)).toMatchObject({
      images: [{ seed: 8 }, { seed: 9 }],
      dropped: [{ parameter: 'count', note: 'Your Modal app withheld 1 of 3 pictures.' }],
    });
  });

  it('that were all withheld are content policy, and cost all the same', async () => {
    const { task } = await submitted(stand.provider, await wishFor(stand.provider, 'flux-dev', { prompt: 'unsafe' }));
    const failure = await failureOf(collectAll(stand.provider, task));
    expect(failure).toMatchObject({ code: 'content_policy', isFinal: true, cost: { kind: 'estimated' } });
  });
});

describe('a job at work', () => {
  it('waits for a container, then counts its steps', async () => {
    for (const [prompt, stage] of [
      ['no container', 'Waiting for a container at Modal'],
      ['never done', 'Step 14 of 28'],
    ]) {
      const first = await submitted(stand.provider, await wishFor(stand.provider, 'flux-dev', { prompt }));
      expect(first.askAgainInMs).toBe(1000);
      expect(await stand.provider.collect(first.task, { signal })).toMatchObject({ progress: { stage } });
      const old = { ...first.task, sentAt: Date.now() - 60_000 };
      expect(await stand.provider.collect(old, { signal })).toMatchObject({ askAgainInMs: 3000 });
    }
  });
});
