import { describe, expect, it } from 'vitest';
import { chooseService } from '../../../src/main/providers/huggingface/resolve-model.ts';
import { failureOf, finish, lastPaid, requestOf, signal, startHuggingface } from './stand.ts';

describe('the hub', () => {
  it('is asked who runs a model once, not with each request', async () => {
    const { fake, provider } = await startHuggingface();
    await finish(provider, await requestOf('easel/on-together'));
    await finish(provider, await requestOf('easel/on-together'));
    expect(fake.requests.filter(({ path }) => path.startsWith('/api/models/'))).toHaveLength(1);
  });

  it('is asked anew after a service said that it no longer runs the model', async () => {
    const { fake, provider } = await startHuggingface();
    const request = await requestOf('easel/on-together');
    await finish(provider, request);
    const json = { error: 'Model x not supported by provider together' };
    fake.addFault({ on: 'pay', kind: 'status', status: 400, json, times: 1 });
    expect((await failureOf(provider.submit(request, { signal }))).code).toBe('server');
    await finish(provider, request);
    expect(fake.requests.filter(({ path }) => path.startsWith('/api/models/'))).toHaveLength(2);
  });

  it('names services that Easel does not speak to: the next one in its order is taken', async () => {
    const { fake, provider } = await startHuggingface();
    await finish(provider, await requestOf('black-forest-labs/FLUX.1-schnell'));
    expect(lastPaid(fake).path).toBe('/fal-ai/fal-ai/flux/schnell');
  });

  it('is read as a record and as a list, and live comes before staging', async () => {
    const { fake, provider } = await startHuggingface();
    await finish(provider, await requestOf('easel/staging-first'));
    expect(lastPaid(fake).path).toMatch(/^\/nscale/);
    const staging = { providerId: 'x', status: 'staging', task: 'text-to-image' };
    const choose = (mapping: object) =>
      chooseService({ id: 'a/b', inferenceProviderMapping: mapping as never }, 'text-to-image')?.serviceName;
    expect(choose({ together: staging })).toBe('together');
    expect(choose([{ ...staging, provider: 'nscale' }])).toBe('nscale');
    expect(choose({ together: { ...staging, task: 'text-to-video' } })).toBeUndefined();
    expect(choose({ constructor: staging })).toBeUndefined();
  });

  it('leaves a model that nobody runs, or that it does not have, unpaid', async () => {
    const { fake, provider } = await startHuggingface();
    for (const id of ['easel/nobody', 'easel/unheard-of']) {
      expect((await failureOf(provider.submit(await requestOf(id), { signal }))).code).toBe('server');
    }
    expect(fake.requests.some(({ kind }) => kind === 'pay')).toBe(false);
  });

  it('lists what is served, page by page, known models first', async () => {
    const { fake, provider } = await startHuggingface();
    const models = (await provider.listModels?.({ signal })) ?? [];
    const ids = models.map(({ id }) => id);
    expect(ids.slice(0, 4)).toEqual([
      'black-forest-labs/FLUX.1-dev',
      'black-forest-labs/FLUX.1-schnell',
      'Qwen/Qwen-Image',
      'black-forest-labs/FLUX.1-Kontext-dev',
    ]);
    expect(ids).toContain('easel/staging-first');
    expect(ids).not.toContain('black-forest-labs/FLUX.2-dev');
    expect(new Set(ids).size).toBe(ids.length);
    expect(models.find(({ id }) => id === 'easel/edit-on-hf')?.operations).toEqual(['imageToImage']);
    expect(fake.requests.filter(({ query }) => query.includes('cursor='))).not.toHaveLength(0);
  });

  it('tells who is signed in, and hints at a permission that is missing', async () => {
    const { fake, provider } = await startHuggingface();
    expect((await provider.checkHealth({ signal })).message).toBe('Ready, signed in as tester.');
    const json = (permissions: string[]): object => ({
      name: 'tester',
      auth: { accessToken: { role: 'fineGrained', fineGrained: { global: [], scoped: [{ permissions }] } } },
    });
    fake.addFault({ on: 'free', kind: 'status', status: 200, json: json(['repo.read']), times: 1 });
    expect((await provider.checkHealth({ signal })).message).toMatch(/seems to lack the permission/);
    fake.addFault({ on: 'free', kind: 'status', status: 200, json: json(['inference.serverless.write']), times: 1 });
    expect((await provider.checkHealth({ signal })).message).not.toMatch(/lack/);
  });

  it('is told whom to bill with each paid call, where the user said so', async () => {
    const { fake, provider } = await startHuggingface({ billTo: 'a-studio' });
    await finish(provider, await requestOf('easel/on-zai'));
    const toHub = fake.requests.filter(({ path }) => path.startsWith('/api/'));
    expect(lastPaid(fake).headers['x-hf-bill-to']).toBe('a-studio');
    expect(lastPaid(fake).headers['user-agent']).toBe('Easel');
    for (const { headers } of toHub) expect(headers['x-hf-bill-to']).toBeUndefined();
  });
});
