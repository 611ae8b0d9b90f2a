import { describe, expect, it } from 'vitest';
import { Model, ProviderManifest } from '../../../src/shared/models/provider.ts';
import { findModel, generate, makeRequest, never } from './requests.ts';
import { useComfyui } from './server.ts';

const comfyui = useComfyui();

describe('the models of a ComfyUI', () => {
  it('are those of the server, each a valid model, FLUX dev first', async () => {
    const models = (await comfyui.provider.listModels?.({ signal: never() })) ?? [];
    expect(models.map(({ id, family }) => [id, family])).toEqual([
      ['diffusion_models/flux1-dev.safetensors', 'flux'],
      ['checkpoints/flux1-dev-fp8.safetensors', 'flux'],
      ['checkpoints/sd_xl_base_1.0.safetensors', 'sdxl'],
      ['checkpoints/dreamshaper_8.safetensors', 'sd15'],
      ['checkpoints/sd-v1-5-inpainting.safetensors', 'sd15'],
      ['upscale_models/4x-UltraSharp.pth', 'upscaler'],
    ]);
    for (const model of models) expect(Model.parse(model)).toEqual(model);
  });

  it('have the defaults of their family and the choices of the server', async () => {
    const sdxl = await findModel(comfyui.provider, 'sd_xl');
    expect(sdxl.defaults).toEqual({
      width: 1024,
      height: 1024,
      steps: 25,
      guidance: 7,
      sampler: 'dpmpp_2m',
      scheduler: 'karras',
      strength: 0.75,
    });
    expect(sdxl.choices.samplers).toContain('res_multistep');
    expect(sdxl.choices.schedulers).toContain('kl_optimal');
    expect(sdxl.choices.loras).toEqual(['detail-tweaker.safetensors', 'styles/watercolour.safetensors']);
    const flux = await findModel(comfyui.provider, 'flux1-dev.');
    expect(flux.defaults).toMatchObject({ steps: 20, guidance: 3.5, sampler: 'euler', scheduler: 'simple' });
    expect(flux.parameters).not.toContain('negativePrompt');
    expect(flux.limits).toMatchObject({ imagesPerRequest: 1, side: { multipleOf: 16 } });
    expect((await findModel(comfyui.provider, 'dreamshaper')).defaults).toMatchObject({ width: 512, height: 512 });
    expect((await findModel(comfyui.provider, 'UltraSharp')).operations).toEqual(['upscale']);
  });

  it('are known by the metadata in their files where their names tell nothing', async () => {
    const { fake, provider } = await comfyui.start({
      models: {
        checkpoints: ['one.safetensors', 'two.safetensors', 'three.ckpt', 'sd_xl_x.safetensors'],
        diffusion_models: [],
      },
      metadata: {
        'checkpoints/one.safetensors': { 'modelspec.architecture': 'stable-diffusion-xl-v1-base' },
        'checkpoints/two.safetensors': { 'modelspec.architecture': 'flux-1-dev' },
      },
    });
    expect((await findModel(provider, 'one')).family).toBe('sdxl');
    expect((await findModel(provider, 'two')).family).toBe('flux');
    expect((await findModel(provider, 'three')).family).toBe('other');
    const looks = fake.requestsSeen.filter(({ path }) => path.startsWith('/view_metadata'));
    expect(looks.map(({ query }) => query).join()).not.toContain('sd_xl_x');
  });

  it('can be drawn with even where the guess is wrong or there is none', async () => {
    const { provider } = await comfyui.start({
      models: { checkpoints: ['mystery.ckpt', 'fluxion_for_xl.safetensors'] },
    });
    for (const name of ['mystery', 'fluxion']) {
      expect(await generate(provider, makeRequest(await findModel(provider, name)))).toHaveLength(1);
    }
  });

  it('keep the folders and separators of the server', async () => {
    const { fake, provider } = await comfyui.start({ models: { checkpoints: ['SDXL\\base model.safetensors'] } });
    const model = await findModel(provider, 'base model');
    expect(model).toMatchObject({ name: 'base model', family: 'sdxl' });
    await generate(provider, makeRequest(model));
    expect(Object.values(fake.promptsSeen[0]!.graph)[0]?.inputs.ckpt_name).toBe('SDXL\\base model.safetensors');
  });

  it('are none on a server without files, and the whole catalogue is never fetched', async () => {
    const none = { checkpoints: [], diffusion_models: [], upscale_models: [], loras: [], text_encoders: [], vae: [] };
    const { fake, provider } = await comfyui.start({ models: none, withoutClasses: ['UpscaleModelLoader'] });
    expect(await provider.listModels?.({ signal: never() })).toEqual([]);
    expect(fake.requestsSeen.map(({ path }) => path)).not.toContain('/object_info');
  });

  it('offer FLUX in parts last while its parts are missing', async () => {
    const { provider } = await comfyui.start({ models: { vae: [] } });
    const models = (await provider.listModels?.({ signal: never() })) ?? [];
    expect(models.filter(({ family }) => family !== 'upscaler').at(-1)?.id).toContain('diffusion_models/');
  });

  it('come with a valid manifest', () => {
    expect(ProviderManifest.parse(comfyui.provider.manifest)).toEqual(comfyui.provider.manifest);
  });
});
