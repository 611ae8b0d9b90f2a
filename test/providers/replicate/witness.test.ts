import { describe, expect, it } from 'vitest';
import Replicate from 'replicate';
import type { Fake } from '../../fakes/kit/fake-types.ts';
import { makeInput } from '../comfyui/requests.ts';
import { useReplicate } from './stand.ts';

const replicate = useReplicate();
const clientOf = (fake: Fake): Replicate => new Replicate({ auth: fake.keys.apiKey ?? '', baseUrl: fake.url });

describe('the official client', () => {
  it('runs an official model and gets addresses of its pictures', async () => {
    const { fake } = await replicate.start({ stepMs: 50 });
    const input = { prompt: 'a lighthouse', aspect_ratio: '3:2', num_outputs: 2, seed: 5 };
    const client = clientOf(fake);
    const prediction = await client.predictions.create({ model: 'black-forest-labs/flux-dev', input });
    expect(prediction.status).toBe('starting');
    const done = await client.wait(prediction, { interval: 5 });
    expect(done.status).toBe('succeeded');
    expect(done.output).toHaveLength(2);
    expect(done.logs).toContain('Using seed: 5');
  });

  it('runs a community model by its version, with an uploaded file', async () => {
    const { fake } = await replicate.start();
    const client = clientOf(fake);
    const file = await client.files.create(new Blob([new Uint8Array(makeInput(32, 32).bytes)], { type: 'image/png' }));
    const { latest_version: latest } = await client.models.get('nightmareai', 'real-esrgan');
    const input = { image: file.urls.get, scale: 2 };
    const prediction = await client.predictions.create({ version: latest?.id ?? '', input });
    const done = await client.wait(prediction, { interval: 5 });
    expect(done.output).toEqual(expect.stringMatching(/^http/));
  });

  it('sees a refusal for content as a failed prediction', async () => {
    const { fake } = await replicate.start();
    const client = clientOf(fake);
    const input = { prompt: 'something forbidden' };
    const wait = { mode: 'poll', interval: 5 } as const;
    await expect(client.run('black-forest-labs/flux-dev', { input, wait })).rejects.toThrow('NSFW content');
    const [prediction] = (await client.predictions.list()).results;
    expect(prediction?.status).toBe('failed');
  });

  it('cancels, lists and trains', async () => {
    const { fake } = await replicate.start({ stepMs: 100 });
    const client = clientOf(fake);
    const input = { prompt: 'a lighthouse' };
    const { id } = await client.predictions.create({ model: 'black-forest-labs/flux-schnell', input });
    expect((await client.predictions.cancel(id)).status).toBe('canceled');
    expect((await client.predictions.list()).results.map((each) => each.id)).toEqual([id]);
    expect((await client.accounts.current()).username).toBe('lighthouse');
    await client.models.create('lighthouse', 'mine', { visibility: 'private', hardware: 'gpu-t4' });
    const { latest_version: trainer } = await client.models.get('ostris', 'flux-dev-lora-trainer');
    const training = await client.trainings.create('ostris', 'flux-dev-lora-trainer', trainer?.id ?? '', {
      destination: 'lighthouse/mine',
      input: { input_images: 'https://example.org/images.zip', trigger_word: 'TOK' },
    });
    expect((await client.trainings.get(training.id)).status).toBe('starting');
  });
});
