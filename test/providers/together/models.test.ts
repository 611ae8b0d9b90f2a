import { describe, expect, it } from 'vitest';
import { createTogether } from '../../../src/main/providers/together/adapter.ts';
import { failureOf, makeRequest, never } from '../comfyui/requests.ts';
import { lastBodyOf, useStand } from './stand.ts';

const start = useStand();

describe('the models of Together AI', () => {
  it('begin with the recommended ones', async () => {
    const { provider } = await start();
    expect(provider.manifest.models.slice(0, 3).map(({ id, tier }) => [id, tier])).toEqual([
      ['black-forest-labs/FLUX.2-dev', 'standard'],
      ['black-forest-labs/FLUX.1-schnell', 'fast'],
      ['black-forest-labs/FLUX.2-pro', 'premium'],
    ]);
  });

  it('are those of the service that make pictures, with others that only it knows', async () => {
    const { fake, provider } = await start();
    const models = (await provider.listModels?.({ signal: never() })) ?? [];
    expect(models.slice(0, -1)).toEqual(provider.manifest.models);
    const other = models.at(-1)!;
    expect(other).toMatchObject({
      id: 'stabilityai/stable-diffusion-xl-base-1.0',
      family: 'sdxl',
      parameters: ['size', 'seed', 'steps', 'negativePrompt'],
      price: null,
    });
    const request = makeRequest(other, { width: 1024, height: 1024, steps: 20, negativePrompt: 'fog' });
    await provider.submit(request, { signal: never() });
    expect(lastBodyOf(fake)).toMatchObject({ steps: 20, negative_prompt: 'fog' });
  });

  it('are left out where the service has them no longer', async () => {
    const { fake, provider } = await start();
    const json = [
      { id: 'Qwen/Qwen-Image', type: 'image' },
      { id: 'Qwen/Qwen3', type: 'chat' },
    ];
    fake.addFault({ on: 'free', kind: 'status', status: 200, json });
    expect((await provider.listModels?.({ signal: never() }))?.map(({ id }) => id)).toEqual(['Qwen/Qwen-Image']);
  });
});

describe('the health of Together AI', () => {
  it('is known after one free request', async () => {
    const { fake, provider } = await start();
    expect((await provider.checkHealth({ signal: never() })).message).toBe('Together AI accepts the key.');
    expect(fake.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /models']);
  });

  it('is auth with a wrong key, though the list of models says so in one bare word', async () => {
    const { fake } = await start();
    const provider = createTogether({ url: fake.url, credentials: { apiKey: 'wrong' } });
    expect((await failureOf(provider.checkHealth({ signal: never() }))).code).toBe('auth');
    await provider.close();
  });
});
