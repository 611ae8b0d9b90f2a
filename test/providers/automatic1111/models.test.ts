import { describe, expect, it } from 'vitest';
import { failureOf, never } from '../comfyui/requests.ts';
import { finish, requestFor, startStand } from './stand.ts';

const signal = never();

describe('the models', () => {
  it('are those of the server, with what it offers for them', async () => {
    const { provider } = await startStand();
    const models = (await provider.listModels?.({ signal })) ?? [];
    expect(models.map(({ id, family }) => [id, family])).toEqual([
      ['models/sd_xl_base_1.0', 'sdxl'],
      ['models/v1-5-pruned-emaonly', 'sd15'],
      ['models/mine_portraits-v2', 'other'],
      ['upscalers/Lanczos', 'upscaler'],
      ['upscalers/R-ESRGAN 4x+', 'upscaler'],
    ]);
    expect(models[0]).toMatchObject({
      parameters: expect.arrayContaining(['scheduler', 'loras', 'style']),
      defaults: { width: 1024, sampler: 'DPM++ 2M', scheduler: 'Karras' },
      choices: {
        samplers: ['DPM++ 2M', 'DPM++ SDE', 'Euler a', 'Euler', 'LCM'],
        schedulers: ['Automatic', 'Karras', 'Simple', 'SGM Uniform'],
        loras: ['paint'],
        styles: ['Photo'],
      },
    });
  });

  it('of SD.Next take no scheduler, and those of Forge for FLUX no negative prompt', async () => {
    const sdnext = await startStand({ kind: 'sdnext' });
    const forge = await startStand({ kind: 'forge' });
    const [ofSdnext] = (await sdnext.provider.listModels?.({ signal })) ?? [];
    const [ofForge] = (await forge.provider.listModels?.({ signal })) ?? [];
    expect(ofSdnext?.parameters).not.toContain('scheduler');
    expect(ofForge).toMatchObject({ id: 'models/flux1-dev-fp8', defaults: { guidance: 3.5, scheduler: 'Simple' } });
    expect(ofForge?.parameters).not.toContain('negativePrompt');
  });

  it('are not hidden by a list that an extension has broken or switched off', async () => {
    for (const broken of ['/loras', '/schedulers', '/prompt-styles']) {
      const { provider } = await startStand({ broken });
      const [first] = (await provider.listModels?.({ signal })) ?? [];
      expect(first?.id).toBe('models/sd_xl_base_1.0');
      const parameter = { '/loras': 'loras', '/schedulers': 'scheduler', '/prompt-styles': 'style' }[broken];
      expect(first?.parameters).not.toContain(parameter);
      await finish(provider, await requestFor(provider, 'xl_base', { scheduler: null }));
    }
  });
});

describe('what the server would use in silence', () => {
  it('is refused before it is sent where the model is gone', async () => {
    const { fake, provider } = await startStand();
    const request = await requestFor(provider, 'xl_base');
    const gone = { ...request, model: { ...request.model, id: 'models/gone' } };
    expect((await failureOf(provider.submit(gone, { signal }))).code).toBe('invalid_request');
    expect(fake.charges).toEqual([]);
  });

  it('is reported where it took another sampler, and where it has no such LoRA', async () => {
    const { provider } = await startStand();
    const request = await requestFor(provider, 'xl_base', {
      sampler: 'UniPC',
      prompt: 'a <lora:gone:1> <lora:Oil paint:1>',
    });
    const { dropped } = await finish(provider, request);
    expect(dropped).toEqual([
      { parameter: 'loras', note: 'The server has no LoRA "gone", so it drew without it.' },
      { parameter: 'sampler', note: 'The server used the sampler DPM++ 2M in place of UniPC.' },
    ]);
  });

  it('is not suspected of a model in a folder, or of one whose hash became known', async () => {
    const { provider } = await startStand();
    for (const part of ['portraits', 'xl_base', 'v1-5']) {
      expect((await finish(provider, await requestFor(provider, part))).dropped, part).toEqual([]);
    }
  });
});
