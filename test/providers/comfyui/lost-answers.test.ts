import { describe, expect, it } from 'vitest';
import type { ImageProvider, ProviderRequest, Submission } from '../../../src/main/providers/provider.ts';
import { collectAll, failureOf, findModel, makeInput, makeRequest, never, taskIn } from './requests.ts';
import { useComfyui } from './server.ts';

const comfyui = useComfyui({}, { answerTimeoutMs: 1000 });

async function prepare(
  provider: ImageProvider,
): Promise<{ request: ProviderRequest; submit: () => Promise<Submission> }> {
  const request = makeRequest(await findModel(provider, 'sd_xl'));
  return { request, submit: () => provider.submit(request, { signal: never() }) };
}

describe('a prompt whose answer got lost', () => {
  // 0.33: jobs · 0.5: queue and history · 0.3.30: chooses the id itself
  it.each(['0.33.0', '0.5.0', '0.3.30'])('is found again on ComfyUI %s when it had arrived', async (version) => {
    const { fake, provider } = await comfyui.start({ version });
    const { request, submit } = await prepare(provider);
    fake.addFaults({ on: 'POST /prompt', kind: 'resetAfter' });
    const task = taskIn(await submit());
    expect(fake.promptsSeen).toHaveLength(1);
    expect(task.remoteId).toBe(fake.promptsSeen[0]?.promptId);
    expect(await collectAll(provider, task)).toHaveLength(1);
    // What the queue had stored before is enough, too.
    expect(await collectAll(provider, provider.taskFor!(request))).toHaveLength(1);
  });

  it.each(['0.33.0', '0.5.0', '0.3.30'])('is a failure on ComfyUI %s when it had not arrived', async (version) => {
    const { fake, provider } = await comfyui.start({ version });
    const { submit } = await prepare(provider);
    fake.addFaults({ on: 'POST /prompt', kind: 'resetBefore' });
    expect((await failureOf(submit())).code).toBe('network');
    expect(fake.promptsSeen).toEqual([]);
  });

  it('is found while it waits in the queue', async () => {
    const { fake, provider } = comfyui;
    fake.settings.held = true;
    fake.addBystander();
    const { submit } = await prepare(provider);
    fake.addFaults({ on: 'POST /prompt', kind: 'resetAfter' });
    expect(await submit()).toMatchObject({ state: 'pending' });
  });

  it('stays a task when nobody can be asked: asking later decides', async () => {
    const { fake, provider } = comfyui;
    const { request, submit } = await prepare(provider);
    fake.addFaults(
      { on: 'POST /prompt', kind: 'resetAfter' },
      { on: `GET /jobs/${request.attemptId}`, kind: 'text500' },
    );
    expect(await collectAll(provider, taskIn(await submit()))).toHaveLength(1);
  });

  it('is looked for after a time-out as well', async () => {
    const { fake, provider } = comfyui;
    const { submit } = await prepare(provider);
    fake.addFaults({ on: 'POST /prompt', kind: 'hang' });
    expect((await failureOf(submit())).code).toBe('timeout');
  });

  it('was never sent when nobody listens', async () => {
    const { fake, provider } = comfyui;
    const { submit } = await prepare(provider);
    await fake.close();
    const failure = await failureOf(submit());
    expect(failure.code).toBe('network');
  });

  it('is not looked for when the user stopped it', async () => {
    const { fake, provider } = comfyui;
    const { request } = await prepare(provider);
    fake.addFaults({ on: 'POST /prompt', kind: 'hang' });
    const controller = new AbortController();
    const failing = failureOf(provider.submit(request, { signal: controller.signal }));
    await expect.poll(() => fake.requestsSeen.some(({ path }) => path === '/prompt')).toBe(true);
    controller.abort();
    expect((await failing).code).toBe('cancelled');
  });

  it('queues nothing when an upload breaks', async () => {
    const { fake, provider } = comfyui;
    const { request } = await prepare(provider);
    fake.addFaults({ on: 'POST /upload/image', kind: 'resetBefore' });
    const upload = { ...request, operation: 'imageToImage', image: makeInput(64, 64), strength: 0.5 } as const;
    expect((await failureOf(provider.submit(upload, { signal: never() }))).code).toBe('network');
    expect(fake.promptsSeen).toEqual([]);
  });
});
