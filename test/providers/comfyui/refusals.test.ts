import { describe, expect, it } from 'vitest';
import { failureOf, findModel, generate, makeInput, makeRequest, never } from './requests.ts';
import { useComfyui } from './server.ts';

const comfyui = useComfyui();

describe('what ComfyUI lacks', () => {
  it('names every missing file at once, before anything is uploaded or queued', async () => {
    const { fake, provider } = await comfyui.start({ models: { text_encoders: [], vae: ['pixel_space'], loras: [] } });
    const model = await findModel(provider, 'flux1-dev.');
    const fields = { operation: 'imageToImage', image: makeInput(64, 64), prompt: 'fog <lora:gone:1>' } as const;
    const failure = await failureOf(provider.submit(makeRequest(model, fields), { signal: never() }));
    expect(failure.code).toBe('invalid_request');
    for (const name of ['t5xxl_fp16.safetensors', 'clip_l.safetensors', 'ae.safetensors', 'gone']) {
      expect(failure.message).toContain(name);
    }
    for (const folder of ['models/text_encoders', 'models/vae', 'models/loras'])
      expect(failure.message).toContain(folder);
    expect(fake.promptsSeen).toEqual([]);
    expect(fake.files.inputNames()).toEqual([]);
  });

  it('names every missing node at once', async () => {
    const { fake, provider } = await comfyui.start({ withoutClasses: ['FluxGuidance', 'ModelSamplingFlux'] });
    const model = await findModel(provider, 'flux1-dev.');
    const failure = await failureOf(provider.submit(makeRequest(model), { signal: never() }));
    expect(failure.message).toContain('FluxGuidance');
    expect(failure.message).toContain('ModelSamplingFlux');
    expect(fake.promptsSeen).toEqual([]);
  });

  it('names a checkpoint that was deleted after it had been listed', async () => {
    const { fake, provider } = comfyui;
    const model = await findModel(provider, 'sd_xl');
    fake.changeModels({ checkpoints: ['dreamshaper_8.safetensors'] });
    // What is remembered says that it is there, so the server is the one to notice.
    const failure = await failureOf(provider.submit(makeRequest(model), { signal: never() }));
    expect(failure.code).toBe('invalid_request');
    expect(failure.message).toContain('sd_xl_base_1.0.safetensors');
    expect(failure.providerText).toContain('value_not_in_list');
    await provider.listModels?.({ signal: never() });
    const known = await failureOf(provider.submit(makeRequest(model), { signal: never() }));
    expect(known.message).toContain('models/checkpoints');
  });

  it('finds a file that was added while both programs run', async () => {
    const { fake, provider } = comfyui;
    const model = await findModel(provider, 'sd_xl');
    const request = makeRequest(model, { loras: [{ name: 'brand-new', weight: 1 }] });
    const failure = await failureOf(provider.submit(request, { signal: never() }));
    expect(failure.message).toContain('brand-new');
    fake.changeModels({ loras: ['brand-new.safetensors'] });
    expect(await generate(provider, request)).toHaveLength(1);
  });

  it('names a sampler that the server does not offer', async () => {
    const model = await findModel(comfyui.provider, 'sd_xl');
    const failure = await failureOf(
      comfyui.provider.submit(makeRequest(model, { sampler: 'warp' }), { signal: never() }),
    );
    expect(failure.message).toContain('the sampler "warp"');
  });

  it('treats node errors in a successful answer as a refusal and takes the rest out of the queue', async () => {
    const { fake, provider } = comfyui;
    fake.settings.held = true;
    fake.addFaults({ on: 'POST /prompt', kind: 'nodeErrors' });
    const failure = await failureOf(
      provider.submit(makeRequest(await findModel(provider, 'sd_xl')), { signal: never() }),
    );
    expect(failure.code).toBe('invalid_request');
    expect(failure.message).toContain('Value not in list');
    fake.settings.held = false;
    await expect.poll(() => [fake.runningId(), ...fake.pendingIds()]).toEqual([null]);
    expect([...fake.history.values()].every(({ status }) => !status.completed)).toBe(true);
  });

  it('says what to do about an image that is too large', async () => {
    const { provider } = await comfyui.start({ maxUploadBytes: 200 });
    const model = await findModel(provider, 'sd_xl');
    const request = makeRequest(model, { operation: 'imageToImage', image: makeInput(64, 64) });
    const failure = await failureOf(provider.submit(request, { signal: never() }));
    expect(failure.code).toBe('invalid_request');
    expect(failure.message).toContain('--max-upload-size');
  });

  it('explains a refusal by the browser rules', async () => {
    comfyui.fake.addFaults({ on: 'GET /system_stats', kind: 'status', status: 403, message: '' });
    const failure = await failureOf(comfyui.provider.checkHealth({ signal: never() }));
    expect(failure.code).toBe('invalid_request');
    expect(failure.message).toContain('Origin');
  });

  it('keeps an error of the server apart from a refusal', async () => {
    const model = await findModel(comfyui.provider, 'sd_xl');
    comfyui.fake.addFaults({ on: 'POST /prompt', kind: 'text500' });
    const failure = await failureOf(comfyui.provider.submit(makeRequest(model), { signal: never() }));
    expect(failure.code).toBe('server');
    expect(failure.providerText).toContain('Server got itself in trouble');
  });
});
