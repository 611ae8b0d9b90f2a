import { describe, expect, it } from 'vitest';
import type { ImageProvider, Task, Training, TrainingRequest } from '../../../src/main/providers/provider.ts';
import { failureOf, makeInput } from '../comfyui/requests.ts';
import { options, paidInput, paidPaths, useFal } from './stand.ts';

const fal = useFal();
const wish: TrainingRequest = {
  attemptId: crypto.randomUUID(),
  name: 'My lighthouse',
  triggerWord: 'lghths',
  description: 'a lighthouse of my own',
  subject: 'object',
  images: [1, 2, 3, 4].map((seed) => makeInput(64, 64, seed)),
  steps: null,
};

async function endOf(provider: ImageProvider, first: Training): Promise<Training> {
  let training = first;
  for (let asked = 0; training.state === 'pending' && asked < 500; asked += 1) {
    await new Promise((resolve) => setTimeout(resolve, 3));
    const task = JSON.parse(JSON.stringify(training.task)) as Task;
    training = (await provider.collectTraining?.(task, options)) ?? training;
  }
  return training;
}

describe('training', () => {
  it('uploads the pictures in an archive and ends in a model that can be drawn with', async () => {
    const { fake, provider } = await fal.start();
    const first = await provider.train!(wish, options);
    expect(first).toMatchObject({ state: 'pending', askAgainInMs: 10_000 });
    const end = await endOf(fal.another(fake), first);
    if (end.state !== 'finished') throw new Error(`it ended as ${end.state}`);
    expect(end.model.name).toBe('My lighthouse');
    expect(end.model.source).toMatch(/\.safetensors$/);
    expect(end.model.id).toBe(`fal-ai/flux-lora#${end.model.source ?? ''}`);
    expect(end.cost).toEqual({ kind: 'reported', usd: 2 });
    expect(paidPaths(fake)).toEqual(['/fal-ai/flux-lora-fast-training']);
    expect(paidInput(fake)).toEqual({
      images_data_url: expect.stringMatching(/images\.zip$/) as string,
      trigger_word: 'lghths',
      is_style: false,
      create_masks: true,
    });
    expect(fake.charges).toHaveLength(1);
  });

  it('puts no texts into the archive, because the trigger word would then be ignored', async () => {
    const { fake, provider } = await fal.start();
    await provider.train!(wish, options);
    const archive = fake.requests.find(({ method }) => method === 'PUT')?.body.toString('latin1') ?? '';
    expect(archive).toContain('001.png');
    expect(archive).not.toContain('.txt');
  });

  it('trains a style without masks, for as many steps as were asked for', async () => {
    const { fake, provider } = await fal.start({
      keys: { apiKey: 'ordinary-52-9a59:0123456789abcdef0123456789abcdef' },
    });
    const end = await endOf(provider, await provider.train!({ ...wish, subject: 'style', steps: 500 }, options));
    expect(paidInput(fake)).toMatchObject({ is_style: true, create_masks: false, steps: 500 });
    expect(end).toMatchObject({ state: 'finished', cost: { kind: 'estimated', usd: 1 } });
  });

  it('refuses too few pictures before anything is paid', async () => {
    const { fake, provider } = await fal.start();
    const failure = await failureOf(provider.train!({ ...wish, images: wish.images.slice(1) }, options));
    expect(failure.code).toBe('invalid_request');
    expect(fake.requests).toHaveLength(0);
  });

  it('tells how far it is, and that it is lost', async () => {
    const { provider } = await fal.start({ stepMs: 100 });
    const first = await provider.train!(wish, options);
    if (first.state !== 'pending') throw new Error('it should take its time');
    const second = await provider.collectTraining!(first.task, options);
    expect(second).toMatchObject({ state: 'pending', progress: { stage: 'Working' } });
    expect(second.state === 'pending' && second.progress?.fraction).not.toBeNull();
    const statusUrl = String(first.task.statusUrl).replace(first.task.remoteId, crypto.randomUUID());
    expect(await provider.collectTraining!({ ...first.task, statusUrl }, options)).toEqual({ state: 'lost' });
  });
});
