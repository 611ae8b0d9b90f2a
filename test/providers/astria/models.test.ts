import { describe, expect, it } from 'vitest';
import { failureOf, makeInput, never } from '../comfyui/requests.ts';
import { finish, lastForm, openAgain, requestFor, startStand } from './stand.ts';

const signal = never();
const wish = {
  attemptId: '6f0e4a52-2d3b-4b66-9d1a-1f2f5a7f9c10',
  name: 'My lighthouse',
  triggerWord: 'lghths',
  description: 'a lighthouse',
  subject: 'object',
  images: [1, 2, 3, 4].map((seed) => makeInput(64, 64, seed)),
  steps: null,
} as const;

describe('the models', () => {
  it('are the base ones, those of other makers, and those that were trained', async () => {
    const { fake, provider } = await startStand();
    const models = (await provider.listModels?.({ signal })) ?? [];
    expect(models.map(({ id, name }) => [id, name])).toEqual([
      ['1504944', 'FLUX.1 dev'],
      ['666678', 'SDXL 1.0'],
      ['690204', 'Realistic Vision 5.1'],
      ['upscale/1504944', 'Upscaler'],
      ['video/seedance_480p', 'Seedance 480p'],
      ['video/wan25_720p', 'Wan 2.5 720p'],
      ['video/veo31_fast_720p', 'Veo 3.1 fast 720p'],
      ['video/kling30_standard', 'Kling 3.0 standard'],
      ['3618064', 'Nano Banana'],
      ['faceid/1504944/2100004', 'A face (ohwx man)'],
      ['2100003', 'First try (sks dog)'],
      ['lora/666678/2100002', 'Old portrait (ohwx woman)'],
      ['lora/1504944/2100001', 'My cat (ohwx cat)'],
    ]);
    expect(models[0]?.choices.loras).toEqual(['2100001 My cat (ohwx cat)']);
    expect(models[8]).toMatchObject({ tier: 'premium', parameters: ['size', 'seed'] });
    expect(models.find(({ id }) => id === 'lora/1504944/2100001')?.parameters).not.toContain('negativePrompt');
    expect(fake.charges).toEqual([]);
  });

  it('are there without the catalogue of other makers', async () => {
    const { provider } = await startStand({ hasCatalogue: false });
    const models = (await provider.listModels?.({ signal })) ?? [];
    expect(models).toHaveLength(12);
    expect(models.some(({ id }) => id === '3618064')).toBe(false);
  });
});

describe('the account', () => {
  it('is asked for its balance in millicents', async () => {
    const { provider } = await startStand({ balanceMc: 1_250_000 });
    expect(await provider.readBalance?.({ signal })).toEqual({ amount: 12.5, unit: 'USD', usd: 12.5 });
    await expect(provider.checkHealth({ signal })).resolves.toMatchObject({ version: null });
  });

  it('is not opened by a wrong key', async () => {
    const { fake } = await startStand();
    const stranger = openAgain({ url: fake.url, keys: { apiKey: 'sd_wrong' } });
    expect((await failureOf(stranger.checkHealth({ signal }))).code).toBe('auth');
  });
});

describe('training', () => {
  it('sends the pictures as files and the trigger word, and becomes a model that draws', async () => {
    const { fake, provider } = await startStand({}, { stepMs: 60 });
    let training = (await provider.train?.(wish, { signal }))!;
    const form = await lastForm(fake);
    expect(Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'))).toEqual({
      'tune[title]': `My lighthouse ${wish.attemptId}`,
      'tune[name]': 'object',
      'tune[token]': 'lghths',
      'tune[base_tune_id]': '1504944',
      'tune[model_type]': 'lora',
    });
    expect(form.getAll('tune[images][]')).toHaveLength(4);
    const stages = new Set<string>();
    const again = openAgain(fake);
    while (training.state === 'pending') {
      stages.add(training.progress?.stage ?? '');
      await new Promise((resolve) => setTimeout(resolve, 2));
      training = (await again.collectTraining?.(training.task, { signal }))!;
    }
    expect([...stages]).toEqual(['Waiting at Astria', 'Training']);
    expect(training).toEqual({
      state: 'finished',
      model: { id: expect.stringMatching(/^lora\/1504944\/\d+$/), name: 'My lighthouse (lghths object)', source: null },
    });
    const id = training.state === 'finished' ? training.model.id : '';
    await finish(provider, await requestFor(provider, id, { width: 256, height: 256 }));
  });

  it('of a person uses the preset for portraits', async () => {
    const { fake, provider } = await startStand();
    await provider.train?.({ ...wish, subject: 'person', steps: 400 }, { signal });
    const form = await lastForm(fake);
    expect([form.get('tune[name]'), form.get('tune[preset]'), form.get('tune[steps]')]).toEqual([
      'person',
      'flux-lora-portrait',
      '400',
    ]);
  });

  it('is refused in the service’s words, lost when unknown, and uncertain when its answer is', async () => {
    const { fake, provider } = await startStand();
    const few = provider.train?.({ ...wish, images: [] }, { signal }) ?? Promise.resolve();
    expect((await failureOf(few)).message).toContain('images');
    expect(await provider.collectTraining?.({ remoteId: '1' }, { signal })).toEqual({ state: 'lost' });
    fake.addFault({ on: 'pay', kind: 'resetAfter', times: 1 });
    expect((await failureOf(provider.train?.(wish, { signal }) ?? Promise.resolve())).code).toBe('unknown_outcome');
  });
});
