import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeBfl } from '../fakes/bfl/service.ts';
import { startFakeComfyui, type FakeComfyui } from '../fakes/comfyui/start-fake-comfyui.ts';
import { fakeFal } from '../fakes/fal/service.ts';
import type { Fake } from '../fakes/kit/fake-types.ts';
import { startFake } from '../fakes/kit/start-fake.ts';
import { fakeStability } from '../fakes/stability/service.ts';
import { easelJson, newPlace, runEasel, type Place } from '../run-easel.ts';

interface Answer {
  readonly images: readonly { readonly format: string; readonly width: number; readonly height: number }[];
  readonly metadata: { readonly dropped: readonly { readonly parameter: string }[] };
}
interface Jobs {
  readonly jobs: readonly { readonly request: Record<string, unknown> }[];
}

let place: Place;
let comfyui: FakeComfyui;
let stability: Fake;
let bfl: Fake;
let fal: Fake;
let environment: Record<string, string>;
beforeAll(async () => {
  place = newPlace();
  [comfyui, stability, bfl, fal] = await Promise.all([
    startFakeComfyui(),
    startFake(fakeStability),
    startFake(fakeBfl),
    startFake(fakeFal),
  ]);
  environment = {
    EASEL_COMFYUI_URL: comfyui.url,
    EASEL_STABILITY_URL: stability.url,
    STABILITY_API_KEY: stability.keys.apiKey ?? '',
    EASEL_BFL_URL: bfl.url,
    BFL_API_KEY: bfl.keys.apiKey ?? '',
    EASEL_FAL_URL: fal.url,
    FAL_KEY: fal.keys.apiKey ?? '',
  };
  mkdirSync(place.data, { recursive: true });
  for (const background of ['teal', 'olive', 'navy']) {
    const picture = sharp({ create: { width: 256, height: 192, channels: 3, background } });
    writeFileSync(file(background), await picture.png().toBuffer());
  }
});
afterAll(async () => {
  await Promise.all([comfyui, stability, bfl, fal].map((fake) => fake.close()));
  place.remove();
});

const file = (name: string): string => join(place.data, `${name}.png`);
const generate = (...words: readonly string[]): Promise<Answer> =>
  easelJson<Answer>(place, ['generate', ...words], { environment });
const lastRequest = async (): Promise<Record<string, unknown>> => {
  const { jobs } = await easelJson<Jobs>(place, ['jobs', 'list', '--limit', '1']);
  return jobs[0]!.request;
};
const fastest = ['--provider', 'comfyui', '--size', '256x256', '--steps', '2'];

describe('generate', () => {
  it('takes LoRAs with and without a weight, a sampler and a scheduler', async () => {
    const { metadata } = await generate(
      'a boat',
      ...fastest,
      ...['--lora', 'detail-tweaker.safetensors', '--lora', 'styles/watercolour.safetensors:0.4'],
      ...['--sampler', 'euler', '--scheduler', 'karras'],
    );
    expect(metadata.dropped).toEqual([]);
    const graph = JSON.stringify(comfyui.promptsSeen.at(-1));
    expect(graph).toMatch(/detail-tweaker\.safetensors","strength_model":1\b/);
    expect(graph).toMatch(/watercolour\.safetensors","strength_model":0\.4/);
    expect(graph).toContain('karras');
  });

  it.each([
    ['civitai:12@34', { name: 'civitai:12@34', weight: 1 }],
    [
      'https://example.org:8443/ink.safetensors:-0.5',
      { name: 'https://example.org:8443/ink.safetensors', weight: -0.5 },
    ],
    ['runware:7:1', { name: 'runware:7', weight: 1 }],
  ])('finds the weight behind the last colon only: %s', async (text, lora) => {
    await generate('a boat', '--provider', 'builtin', '--size', '64x64', '--lora', text);
    expect(await lastRequest()).toMatchObject({ loras: [lora] });
  });

  it('says of a LoRA or a sampler that is not there which there are', async () => {
    for (const [words, message] of [
      [['--lora', 'oil:0.5'], /There is no LoRA "oil".*detail-tweaker/],
      [['--sampler', 'magic'], /no sampler "magic".*euler/],
    ] as const) {
      const outcome = await runEasel(place, ['generate', 'x', ...fastest, ...words], { environment });
      expect([outcome.code, outcome.stderr]).toEqual([2, expect.stringMatching(message)]);
    }
  });

  it('takes a style of the model and a file format', async () => {
    const words = ['--provider', 'stability', '--model', 'core', '--model-style', 'anime', '--format', 'webp'];
    const { images, metadata } = await generate('a boat', ...words);
    expect([images[0]!.format, metadata.dropped]).toEqual(['webp', []]);
    const body = stability.requests.find(({ kind }) => kind === 'pay')?.body.toString('latin1');
    expect(body).toMatch(/name="style_preset"\s+anime/);
  });

  it('takes further references, each in its place', async () => {
    const references = ['olive', 'navy'].flatMap((name) => ['--reference', file(name)]);
    const { metadata } = await generate(
      'a boat',
      ...['--provider', 'bfl', '--model', 'flux-2-pro', '--image', file('teal')],
      ...references,
    );
    expect(metadata.dropped).toEqual([]);
    const paid = JSON.parse(bfl.requests.find(({ kind }) => kind === 'pay')?.body.toString() ?? '{}') as object;
    expect(Object.keys(paid)).toEqual(expect.arrayContaining(['input_image', 'input_image_2', 'input_image_3']));
  });

  it('enlarges a picture without a word, as many times as it is told', async () => {
    const model = ['--provider', 'fal', '--model', 'fal-ai/esrgan'];
    const { metadata } = await generate(
      '',
      ...model,
      '--operation',
      'upscale',
      '--image',
      file('teal'),
      '--scale',
      '4',
    );
    expect(metadata.dropped).toEqual([]);
    expect(await lastRequest()).toMatchObject({ operation: 'upscale', scale: 4 });
    const paid = JSON.parse(fal.requests.find(({ kind }) => kind === 'pay')?.body.toString() ?? '{}') as object;
    expect(paid).toMatchObject({ scale: 4 });
  });

  it('makes a video as long as it is told', async () => {
    const words = ['--provider', 'bfl', '--operation', 'video', '--seconds', '5'];
    await generate('a boat', ...words);
    expect(await lastRequest()).toMatchObject({ operation: 'video', seconds: 5 });
  });
});

describe('models', () => {
  it('are those that the service has now, with what they do', async () => {
    const { stdout } = await runEasel(place, ['models', 'comfyui'], { environment });
    expect(stdout).toMatch(/^comfyui {2}\S+ +(fast|standard|premium) +free$/m);
    expect(stdout).toMatch(/: text to image, /);
    const { models } = await easelJson<{ models: { provider: string; id: string }[] }>(place, ['models'], {
      environment,
    });
    expect(new Set(models.map(({ provider }) => provider))).toContain('comfyui');
    expect(models.find(({ provider }) => provider === 'builtin')?.id).toBe('sketch');
  });

  it('are none of a provider that is away, and why is said', async () => {
    const outcome = await runEasel(place, ['models', 'comfyui'], {
      environment: { EASEL_COMFYUI_URL: 'http://127.0.0.1:9' },
    });
    expect(outcome.code).toBe(0);
    expect(outcome.stdout).toMatch(/No models\.\ncomfyui was not heard: Nothing answers at/);
  });

  it('of nobody are refused', async () => {
    const outcome = await runEasel(place, ['models', 'comfi']);
    expect([outcome.code, outcome.stderr]).toEqual([2, expect.stringMatching(/no provider "comfi".*comfyui/)]);
  });
});
