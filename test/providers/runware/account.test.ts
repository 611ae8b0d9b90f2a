import { describe, expect, it } from 'vitest';
import { ProviderManifest } from '../../../src/shared/models/provider.ts';
import { failureOf } from '../comfyui/requests.ts';
import { generate, makeRequest, never, open } from './setup.ts';

describe('the account at Runware', () => {
  it('is checked free of charge, with the key in a header only', async () => {
    const { fake, provider } = await open();
    expect((await provider.checkHealth({ signal: never() })).message).toContain('25.00 USD');
    const [request] = fake.requests;
    expect(request?.headers.authorization).toBe(`Bearer ${fake.keys.apiKey ?? ''}`);
    expect(request?.body.toString()).not.toContain(fake.keys.apiKey);
    expect(fake.charges).toEqual([]);
  });

  it('refuses a wrong key', async () => {
    const { reopen } = await open();
    expect((await failureOf(reopen({ apiKey: 'wrong' }).checkHealth({ signal: never() }))).code).toBe('auth');
  });

  it('tells what is left', async () => {
    const { provider } = await open();
    await generate(provider, makeRequest('runware:100@1'));
    expect(await provider.readBalance?.({ signal: never() })).toEqual({ amount: 24.9994, unit: 'USD', usd: 24.9994 });
  });

  it('tells it as a bare number in older answers', async () => {
    const { fake, provider } = await open();
    fake.addFault({ on: 'free', kind: 'status', status: 200, times: 1, json: { data: { balance: 3.5 } } });
    expect(await provider.readBalance?.({ signal: never() })).toEqual({ amount: 3.5, unit: 'USD', usd: 3.5 });
  });
});

describe('the models of Runware', () => {
  it('are its own, those it features and the private ones whose parameters are known', async () => {
    const { provider } = await open();
    const models = (await provider.listModels?.({ signal: never() })) ?? [];
    const found = models.slice(provider.manifest.models.length);
    expect(models.slice(0, provider.manifest.models.length)).toEqual(provider.manifest.models);
    expect(found.map(({ id, family }) => [id, family])).toEqual([
      ['civitai:133005@782002', 'sdxl'],
      ['civitai:4384@128713', 'sd15'],
      ['studio:7@1', 'flux'],
    ]);
    expect(found[0]).toMatchObject({ name: 'Juggernaut XL XI', defaults: { steps: 30, guidance: 5 } });
    expect(() => ProviderManifest.parse({ ...provider.manifest, models })).not.toThrow();
  });

  it('begin with the one that is recommended', async () => {
    const { provider } = await open();
    expect(provider.manifest.models[0]).toMatchObject({ id: 'runware:101@1', tier: 'standard' });
    expect(new Set(provider.manifest.models.slice(0, 3).map(({ tier }) => tier)).size).toBe(3);
  });
});
