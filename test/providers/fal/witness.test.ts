import { ApiError, createFalClient, ValidationError } from '@fal-ai/client';
import { describe, expect, it } from 'vitest';
import type { Fake } from '../../fakes/kit/fake-types.ts';
import { makeInput } from '../comfyui/requests.ts';
import { useFal } from './stand.ts';

const fal = useFal();

/** The service's own client, with its hosts led to the stand-in. */
function clientOf(fake: Fake) {
  const elsewhere = /^https:\/\/(queue\.fal\.run|rest\.fal\.ai)/;
  return createFalClient({
    credentials: fake.keys.apiKey,
    fetch: (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      return fetch(url.replace(elsewhere, fake.url), init);
    },
  });
}

describe('the official client', () => {
  it('draws, following the queue', async () => {
    const { fake } = await fal.start();
    const states: string[] = [];
    const { data } = await clientOf(fake).subscribe('fal-ai/flux/dev', {
      input: { prompt: 'a lighthouse', image_size: { width: 512, height: 512 }, num_images: 2, seed: 5 },
      pollInterval: 5,
      logs: true,
      onQueueUpdate: ({ status }) => states.push(status),
    });
    expect(data.images).toHaveLength(2);
    expect(data.seed).toBe(5);
    expect(data.has_nsfw_concepts).toEqual([false, false]);
    expect(states.at(-1)).toBe('COMPLETED');
  });

  it('uploads an image and upscales it', async () => {
    const { fake } = await fal.start();
    const image = new Blob([new Uint8Array(makeInput(32, 32).bytes)], { type: 'image/png' });
    const input = { image_url: image, scale: 2 };
    const { data } = await clientOf(fake).subscribe('fal-ai/esrgan', { input, pollInterval: 5 });
    expect(data.image).toMatchObject({ width: 64, height: 64, content_type: 'image/png' });
  });

  it('understands a refusal for content', async () => {
    const { fake } = await fal.start();
    const input = { prompt: 'something forbidden' };
    const error: unknown = await clientOf(fake)
      .subscribe('fal-ai/flux/dev', { input, pollInterval: 5 })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect((error as ValidationError).fieldErrors[0]?.type).toBe('content_policy_violation');
  });

  it('cancels, and meets what a request is that nobody knows', async () => {
    const { fake } = await fal.start({ stepMs: 200 });
    const { queue } = clientOf(fake);
    const { request_id: requestId } = await queue.submit('fal-ai/flux/dev', { input: { prompt: 'a lighthouse' } });
    await queue.cancel('fal-ai/flux/dev', { requestId });
    expect((await queue.status('fal-ai/flux/dev', { requestId })).status).toBe('COMPLETED');
    const error: unknown = await queue
      .result('fal-ai/flux/dev', { requestId: crypto.randomUUID() })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError<unknown>).status).toBe(404);
  });
});
