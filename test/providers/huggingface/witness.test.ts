import { InferenceClient, type InferenceProvider } from '@huggingface/inference';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fileKindOf } from '../../../src/main/providers/file-kind.ts';
import type { Fake } from '../../fakes/kit/fake-types.ts';
import { makeInput } from '../../provider-kit/requests.ts';
import { startHuggingface } from './stand.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The official client, whose calls to the hub and the router all end at the fake. */
function clientOf(fake: Fake): InferenceClient {
  const realFetch = globalThis.fetch;
  vi.stubGlobal('fetch', (input: string | URL | Request, init?: RequestInit) => {
    const url = input instanceof Request ? input.url : String(input);
    return realFetch(url.replace(/^https:\/\/(router\.)?huggingface\.co/, fake.url), init);
  });
  return new InferenceClient(fake.keys.apiKey);
}

async function kindOf(blob: Blob): Promise<string | undefined> {
  return fileKindOf(new Uint8Array(await blob.arrayBuffer()))?.kind;
}

describe('the official client', () => {
  it.each([
    ['fal-ai', 'black-forest-labs/FLUX.1-dev', {}],
    ['replicate', 'black-forest-labs/FLUX.1-dev', { seed: 3 }],
    ['together', 'easel/on-together', { seed: 3, num_inference_steps: 4, width: 512, height: 512 }],
    ['wavespeed', 'easel/on-wavespeed', { seed: 3, num_inference_steps: 4 }],
    ['nscale', 'easel/on-nscale', {}],
    ['deepinfra', 'easel/on-deepinfra', {}],
    ['hf-inference', 'easel/on-hf', { seed: 3, guidance_scale: 2, width: 512, height: 512 }],
  ] as [InferenceProvider, string, Record<string, number>][])(
    'draws at %s with what the fake says',
    async (provider, model, parameters) => {
      const { fake } = await startHuggingface();
      const client = clientOf(fake);
      const call = { provider, model, inputs: 'a lighthouse', parameters };
      const blob = await client.textToImage(call, { outputType: 'blob' });
      expect(await kindOf(blob)).toBe('jpg');
      expect(fake.charges).toHaveLength(1);
    },
  );

  it('lets the hub choose the service', async () => {
    const { fake } = await startHuggingface();
    const call = { model: 'easel/on-together', inputs: 'a lighthouse' };
    const blob = await clientOf(fake).textToImage(call, { outputType: 'blob' });
    expect(await kindOf(blob)).toBe('jpg');
  });

  it.each([
    ['fal-ai', 'black-forest-labs/FLUX.1-Kontext-dev'],
    ['wavespeed', 'easel/edit-on-wavespeed'],
    ['replicate', 'easel/edit-on-replicate'],
    ['together', 'easel/edit-on-together'],
    ['together', 'easel/kontext-on-together'],
  ] as [InferenceProvider, string][])('edits at %s (%s) with what the fake says', async (provider, model) => {
    const { fake } = await startHuggingface();
    const { bytes } = await makeInput(1);
    const inputs = new Blob([new Uint8Array(bytes)], { type: 'image/png' });
    const parameters = { prompt: 'make it night' };
    const blob = await clientOf(fake).imageToImage({ provider, model, inputs, parameters });
    expect(await kindOf(blob)).toBe('jpg');
    expect(fake.charges).toHaveLength(1);
  });

  it('reports a refusal of the fake in its own words', async () => {
    const { fake } = await startHuggingface();
    const call = { provider: 'hf-inference' as const, model: 'easel/on-hf', inputs: 'a forbidden thing' };
    await expect(clientOf(fake).textToImage(call)).rejects.toThrow(/NSFW content detected/);
  });
});
