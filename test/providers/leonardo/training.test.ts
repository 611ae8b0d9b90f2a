import { describe, expect, it } from 'vitest';
import type { Task, TrainingRequest } from '../../../src/main/providers/provider.ts';
import { failureOf, makeInput } from '../comfyui/requests.ts';
import { generate, lucidOrigin, makeRequest, never, open, paid } from './setup.ts';

const request: TrainingRequest = {
  attemptId: '6e3f8f1c-6a0b-4a57-9d3e-1f5b7c9d2e4a',
  name: 'Tea set',
  triggerWord: 'teaset style',
  description: 'white porcelain',
  subject: 'style',
  images: [makeInput(64, 64, 1), makeInput(64, 64, 2)],
  steps: null,
};

describe('training with Leonardo', () => {
  it('uploads the pictures, pays once and ends with a model that can draw', async () => {
    const { fake, provider, reopen } = await open();
    const first = await provider.train?.(request, { signal: never() });
    if (first?.state !== 'pending') throw new Error('expected a task');
    expect(fake.requests.filter(({ path }) => path.startsWith('/storage/'))).toHaveLength(2);
    expect(paid(fake)).toEqual({
      path: '/elements',
      body: {
        name: 'Tea set',
        description: 'white porcelain',
        datasetId: expect.any(String),
        lora_focus: 'Style',
        train_text_encoder: true,
        sd_version: 'FLUX_DEV',
        num_train_epochs: 60,
        learning_rate: 0.00001,
        resolution: 1024,
        instance_prompt: 'teaset style',
      },
    });

    const again = reopen();
    const task = JSON.parse(JSON.stringify(first.task)) as Task;
    let training = await again.collectTraining?.(task, { signal: never() });
    while (training?.state === 'pending') training = await again.collectTraining?.(task, { signal: never() });
    expect(training).toEqual({
      state: 'finished',
      model: { id: 'element:48213', name: 'Tea set', source: null },
    });

    const model = (await again.listModels?.({ signal: never() }))?.find(({ id }) => id === 'element:48213');
    if (!model) throw new Error('the new model is not listed');
    expect((await generate(again, { ...makeRequest(lucidOrigin), model })).images).toHaveLength(1);
    expect(paid(fake).body).toMatchObject({
      modelId: 'b2614463-296c-462a-9586-aafdb8f00e36',
      userElements: [{ userLoraId: 48_213, weight: 1 }],
    });
  });

  it.each([
    ['style', null, 60],
    ['object', null, 140],
    ['person', 150, 150],
  ] as const)('on a %s for %s steps has %i epochs', async (subject, steps, epochs) => {
    const { fake, provider } = await open();
    await provider.train?.({ ...request, subject, steps }, { signal: never() });
    expect(paid(fake).body.num_train_epochs).toBe(epochs);
  });

  it.each([
    ['style', 500, '30 to 120'],
    ['object', 1, '120 to 220'],
    ['person', 99, '100 to 200'],
  ] as const)(
    'on a %s for %i steps is refused, with what suits it, before anything is sent',
    async (subject, steps, words) => {
      const { fake, provider } = await open();
      const failure = await failureOf(provider.train!({ ...request, subject, steps }, { signal: never() }));
      expect(failure.code).toBe('invalid_request');
      expect(failure.message).toContain(words);
      expect(fake.requests).toEqual([]);
    },
  );

  it('that failed has failed for good, and one nobody knows is lost', async () => {
    const { fake, provider } = await open();
    const task = { remoteId: '99', name: 'x', usd: null };
    expect(await provider.collectTraining?.(task, { signal: never() })).toEqual({ state: 'lost' });
    fake.addFault({ on: 'poll', kind: 'status', status: 200, json: { user_loras_by_pk: { status: 'FAILED' } } });
    const failure = await failureOf(provider.collectTraining!(task, { signal: never() }));
    expect(failure).toMatchObject({ code: 'server', isFinal: true });
  });

  it('may have been charged when its answer was lost', async () => {
    const { fake, provider } = await open();
    fake.addFault({ on: 'pay', kind: 'resetAfter', times: 1 });
    expect((await failureOf(provider.train!(request, { signal: never() }))).code).toBe('unknown_outcome');
    expect(fake.charges).toHaveLength(1);
  });
});

describe('the account at Leonardo', () => {
  it('has the credits that can be spent here, not those of the web app', async () => {
    const { fake, provider } = await open();
    expect(await provider.readBalance?.({ signal: never() })).toEqual({ amount: 8500, unit: 'credits', usd: null });
    expect((await provider.checkHealth({ signal: never() })).message).toContain('8500');
    expect(fake.charges).toEqual([]);
  });
});
