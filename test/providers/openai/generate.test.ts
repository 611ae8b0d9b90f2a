import { describe, expect, it } from 'vitest';
import { fileKindOf } from '../../../src/main/providers/file-kind.ts';
import { failureOf, makeRequest, never } from '../comfyui/requests.ts';
import { finished, jsonOf, lastOf, modelNamed, useStand } from './stand.ts';

const start = useStand();
const square = { width: 1024, height: 1024 };
const standard = 'gpt-image-2.6-flare/medium';

describe('a picture from a prompt, by OpenAI', () => {
  it('sends the engine, its quality and nothing that GPT Image models refuse', async () => {
    const { fake, provider } = await start();
    const request = makeRequest(modelNamed(provider, standard), {
      width: 1536,
      height: 1024,
      count: 2,
      negativePrompt: 'fog',
      steps: 9,
    });
    const { images, revisedPrompt } = finished(await provider.submit(request, { signal: never() }));
    expect(lastOf(fake).path).toBe('/images/generations');
    expect(jsonOf(lastOf(fake))).toEqual({
      model: 'gpt-image-2.6-flare',
      prompt: 'a lighthouse at dusk',
      n: 2,
      size: '1536x1024',
      quality: 'medium',
      output_format: 'png',
    });
    expect(images).toHaveLength(2);
    expect(images.map(({ seed }) => seed)).toEqual([null, null]);
    expect(revisedPrompt).toBe('a lighthouse at dusk, in fine detail');
  });

  it.each([
    ['png', 'png', 'png'],
    ['jpg', 'jpeg', 'jpg'],
    ['webp', 'webp', 'webp'],
    [null, 'png', 'png'],
  ] as const)('asks for %s by its name %s there', async (outputFormat, sent, kind) => {
    const { fake, provider } = await start();
    const request = makeRequest(modelNamed(provider, standard), { ...square, outputFormat });
    const { images } = finished(await provider.submit(request, { signal: never() }));
    expect(jsonOf(lastOf(fake))).toMatchObject({ output_format: sent });
    expect(fileKindOf(images[0]!.bytes)?.kind).toBe(kind);
  });

  it('is accepted for every model at the size it begins with', async () => {
    const { fake, provider } = await start();
    for (const model of provider.manifest.models) {
      await provider.submit(makeRequest(model, square), { signal: never() });
    }
    expect(fake.charges).toHaveLength(provider.manifest.models.length);
  });

  it('draws a shape longer than three to one as long as it may be, and says so', async () => {
    const { fake, provider } = await start();
    for (const [width, height, size] of [
      [3840, 480, '1440x480'],
      [512, 2048, '512x1536'],
    ] as const) {
      const request = makeRequest(modelNamed(provider, standard), { width, height });
      const { dropped } = finished(await provider.submit(request, { signal: never() }));
      expect(jsonOf(lastOf(fake))).toMatchObject({ size });
      expect(dropped).toEqual([{ parameter: 'size', note: expect.stringMatching(/up to 3:1/) as string }]);
    }
  });

  it('reckons the cost from the tokens, as the service books it', async () => {
    const { fake, provider } = await start();
    const request = makeRequest(modelNamed(provider, standard), { ...square, count: 3 });
    const { cost } = finished(await provider.submit(request, { signal: never() }));
    expect(cost).toEqual({ kind: 'estimated', usd: expect.closeTo(fake.charges[0]!.usd!, 8) as number });
  });

  it('leaves the cost open where the prices of tokens are not known', async () => {
    const { provider } = await start();
    const request = makeRequest(modelNamed(provider, 'gpt-image-1-mini/low'), square);
    expect(finished(await provider.submit(request, { signal: never() }))).not.toHaveProperty('cost');
  });

  it('keeps the pictures that came, with a note about those withheld', async () => {
    const { fake, provider } = await start();
    const b64 = Buffer.from('89504e470d0a1a0a0000', 'hex').toString('base64');
    fake.addFault({ on: 'pay', kind: 'status', status: 200, json: { created: 1, data: [{ b64_json: b64 }] } });
    const request = makeRequest(modelNamed(provider, standard), { ...square, count: 2 });
    const { images, dropped } = finished(await provider.submit(request, { signal: never() }));
    expect(images).toHaveLength(1);
    expect(dropped).toEqual([{ parameter: 'count', note: expect.stringContaining('1 of 2') as string }]);
  });

  it('takes an answer without pictures for a refusal, and tells what it cost', async () => {
    const { fake, provider } = await start();
    const usage = { output_tokens: 1000, input_tokens_details: { text_tokens: 100, image_tokens: 0 } };
    fake.addFault({ on: 'pay', kind: 'status', status: 200, json: { created: 1, data: [], usage } });
    const failure = await failureOf(
      provider.submit(makeRequest(modelNamed(provider, standard), square), { signal: never() }),
    );
    expect(failure.code).toBe('content_policy');
    expect(failure.cost).toEqual({ kind: 'estimated', usd: 0.0305 });
  });

  it('knows no task, so what was lost stays lost', async () => {
    const { provider } = await start();
    expect(await provider.collect({ remoteId: 'anything' }, { signal: never() })).toEqual({ state: 'lost' });
  });
});
