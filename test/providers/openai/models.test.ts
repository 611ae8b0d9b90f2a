import { describe, expect, it } from 'vitest';
import { createOpenai } from '../../../src/main/providers/openai/adapter.ts';
import { availableModels, imageEngines } from '../../../src/main/providers/openai/list-models.ts';
import { engineOf } from '../../../src/main/providers/openai/models.ts';
import { failureOf, never } from '../comfyui/requests.ts';
import { useStand } from './stand.ts';

const start = useStand();
const idsOf = (engines: string[]): string[] => availableModels(engines).map(({ id }) => id);

describe('the models of OpenAI', () => {
  it('begin with the recommended ones, each quality a model of its own tier', async () => {
    const { provider } = await start();
    expect(provider.manifest.models.slice(0, 3).map(({ id, tier }) => [id, tier])).toEqual([
      ['gpt-image-2.6-flare/medium', 'standard'],
      ['gpt-image-2.6-flare/low', 'fast'],
      ['gpt-image-2.6-sunburst/high', 'premium'],
    ]);
    const ids = provider.manifest.models.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('gpt-image-2.5-flare/max');
    expect(ids).not.toContain('gpt-image-2/xhigh');
  });

  it('have a price only where all their sizes cost no more than that', async () => {
    const { provider } = await start();
    const priced = provider.manifest.models.filter(({ price }) => price !== null);
    expect(priced.map(({ id }) => id)).toEqual(['gpt-image-2/low', 'gpt-image-2/medium', 'gpt-image-2/high']);
    for (const { limits } of priced)
      expect(limits.sizes?.map(({ width, height }) => width + height)).toEqual([2048, 2560, 2560]);
    const any = provider.manifest.models.find(({ id }) => id === 'gpt-image-2/high@any');
    expect(any).toMatchObject({
      price: null,
      limits: { side: { max: 3840 } },
      name: 'GPT Image 2, high quality, any size',
    });
    expect(engineOf('gpt-image-2/high@any')).toEqual({ engine: 'gpt-image-2', quality: 'high' });
  });

  it('are those of the service that make pictures, without retired ones and dated copies', async () => {
    const { fake, provider } = await start();
    const models = (await provider.listModels?.({ signal: never() })) ?? [];
    expect(models).toEqual(provider.manifest.models);
    expect(fake.requests.every(({ kind }) => kind === 'free')).toBe(true);
  });

  it('are left out where the account has them not', () => {
    expect(idsOf(['gpt-image-1-mini'])).toEqual([
      'gpt-image-1-mini/low',
      'gpt-image-1-mini/medium',
      'gpt-image-1-mini/high',
    ]);
  });

  it('may be new: known by their version, without a price', () => {
    const [model, ...others] = availableModels(['gpt-image-3-aurora']);
    expect(others).toHaveLength(4);
    expect(model).toMatchObject({
      id: 'gpt-image-3-aurora/low',
      name: 'GPT Image 3 Aurora, low quality',
      price: null,
      limits: { side: { max: 3840 } },
    });
  });

  it('may be dated where nothing undated is there', () => {
    expect(availableModels(['gpt-image-2-2026-04-21'])[0]?.name).toBe('GPT Image 2 of 2026-04-21, low quality');
  });

  it('end on the day of their shutdown', () => {
    const data = [
      { id: 'gpt-image-2', shutdown_date: null },
      { id: 'gpt-image-1.5', shutdown_date: '2027-01-01' },
      { id: 'gpt-image-1' },
      { id: 'gpt-5' },
    ];
    expect(imageEngines({ data }, Date.parse('2026-12-31'))).toEqual(['gpt-image-2', 'gpt-image-1.5']);
    expect(imageEngines({ data }, Date.parse('2027-01-02'))).toEqual(['gpt-image-2']);
  });
});

describe('the health of OpenAI', () => {
  it('is known after one free request', async () => {
    const { fake, provider } = await start();
    expect(await provider.checkHealth({ signal: never() })).toEqual({ version: null, message: 'OpenAI is ready.' });
    expect(fake.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /models']);
  });

  it('is auth with a wrong key', async () => {
    const { fake } = await start();
    const provider = createOpenai({ url: fake.url, credentials: { apiKey: 'sk-wrong' } });
    expect((await failureOf(provider.checkHealth({ signal: never() }))).code).toBe('auth');
    await provider.close();
  });

  it('is auth with a key that may use no image model', async () => {
    const { fake, provider } = await start();
    fake.addFault({ on: 'free', kind: 'status', status: 200, json: { object: 'list', data: [{ id: 'gpt-5' }] } });
    expect((await failureOf(provider.checkHealth({ signal: never() }))).code).toBe('auth');
  });
});
