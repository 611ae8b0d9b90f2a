import { describe, expect, it } from 'vitest';
import type { ImageProvider } from '../../../src/main/providers/provider.ts';
import { collectAll, findModel, generate, makeRequest, never, recordEvents, taskIn, waitFor } from './requests.ts';
import { useComfyui } from './server.ts';

const comfyui = useComfyui({}, { socketIdleMs: 100 });

async function prepare(provider: ImageProvider, steps = 4) {
  const request = makeRequest(await findModel(provider, 'sd_xl'), { steps });
  const task = provider.taskFor!(request);
  const heard = recordEvents(provider, task);
  return { request, task, ...heard };
}

describe('what is heard while ComfyUI works', () => {
  it('tells the stages in plain words, with a preview for each step', async () => {
    const { provider } = comfyui;
    const { request, task, events, previews, stages, stop } = await prepare(provider, 3);
    await provider.submit(request, { signal: never() });
    await collectAll(provider, task);
    await waitFor('the last preview', () => previews().length === 3);
    expect(stages()).toEqual([
      'Loading model',
      'Reading the prompt',
      'Reading the prompt',
      'Working',
      'Sampling',
      'Sampling, step 1 of 3',
      'Sampling, step 2 of 3',
      'Sampling, step 3 of 3',
      'Decoding',
      'Saving',
    ]);
    const fractions = events.flatMap((event) => (event.kind === 'progress' ? [event.progress.fraction] : []));
    expect(fractions).toEqual([null, null, null, null, 0, 1 / 3, 2 / 3, 1, 1, 1]);
    expect(previews()[0]).toMatchObject({ mimeType: 'image/jpeg' });
    expect([...(previews()[0]?.bytes.subarray(0, 2) ?? [])]).toEqual([0xff, 0xd8]);
    stop();
  });

  it('negotiates with its first message and asks to collect when the run is over', async () => {
    const { fake, provider } = comfyui;
    const { request, task, collectNows, stop } = await prepare(provider);
    fake.settings.held = true;
    await provider.submit(request, { signal: never() });
    await waitFor('the run', () => fake.runningId() !== null);
    expect(fake.sockets.wantsMetadata(fake.promptsSeen[0]!.clientId)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const before = collectNows();
    fake.settings.held = false;
    await waitFor('the end', () => fake.history.has(task.remoteId));
    // Sooner than the hint that follows every change of the queue.
    await waitFor('the hint', () => collectNows() > before, 150);
    expect(await provider.collect(task, { signal: never() })).toMatchObject({ state: 'finished' });
    stop();
  });

  it('asks to collect when the queue changes: a deleted prompt has no event of its own', async () => {
    const { fake, provider } = comfyui;
    fake.settings.held = true;
    fake.addBystander();
    const { request, task, collectNows, stop } = await prepare(provider);
    await provider.submit(request, { signal: never() });
    await new Promise((resolve) => setTimeout(resolve, 400));
    const before = collectNows();
    fake.removePending(task.remoteId);
    await waitFor('the hint', () => collectNows() > before);
    expect(await provider.collect(task, { signal: never() })).toEqual({ state: 'lost' });
    stop();
  });

  it('hears nothing of prompts of others, not even of those without an owner, whose previews go to everyone', async () => {
    const { fake, provider } = comfyui;
    fake.settings.held = true;
    const { request, previews, stages, stop } = await prepare(provider);
    await provider.submit(request, { signal: never() });
    await waitFor('the run', () => fake.runningId() !== null);
    const graph = fake.promptsSeen[0]!.graph;
    const foreign = { ...graph, '5': { ...graph['5']!, inputs: { ...graph['5']!.inputs } } };
    await fetch(`${fake.url}/prompt`, {
      method: 'POST',
      body: JSON.stringify({ prompt: foreign, front: true, extra_data: { preview_method: 'auto' } }),
    });
    fake.interruptRunning();
    fake.settings.held = false;
    await waitFor('both ends', () => fake.history.size === 2);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(previews()).toEqual([]);
    expect(stages()).not.toContain('Sampling, step 4 of 4');
    stop();
  });

  it('takes a new client id for each connection', async () => {
    const { fake, provider } = comfyui;
    fake.settings.held = true;
    const { request, task, stop } = await prepare(provider);
    await provider.submit(request, { signal: never() });
    fake.sockets.closeAll();
    await waitFor('another connection', () => fake.sockets.idsSeen.length === 2);
    expect(new Set(fake.sockets.idsSeen).size).toBe(2);
    fake.settings.held = false;
    expect(await collectAll(provider, task)).toHaveLength(1);
    stop();
  });

  it('backs off while the socket is refused, and asks to collect when it is open again', async () => {
    const { fake, provider } = comfyui;
    fake.settings.held = true;
    const { request, collectNows, stop } = await prepare(provider);
    await provider.submit(request, { signal: never() });
    fake.addFaults({ on: 'socket', kind: 'status' });
    fake.sockets.closeAll();
    const before = collectNows();
    await waitFor('the connection', () => fake.sockets.idsSeen.length === 2);
    await waitFor('the hint', () => collectNows() > before);
    expect(fake.requestsSeen.filter(({ path }) => path === '/ws')).toHaveLength(3);
    stop();
  });

  it('generates without previews when the socket can not be opened', async () => {
    const { fake, provider } = comfyui;
    fake.addFaults({ on: 'socket', kind: 'status', times: 100 });
    expect(await generate(provider, makeRequest(await findModel(provider, 'sd_xl')))).toHaveLength(1);
    expect(fake.promptsSeen[0]?.clientId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('waits for a socket that hangs no longer than two seconds', async () => {
    const { fake, provider } = comfyui;
    fake.addFaults({ on: 'socket', kind: 'hang', times: 100 });
    const model = await findModel(provider, 'sd_xl');
    const start = performance.now();
    expect(await generate(provider, makeRequest(model))).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('opens no socket for a question, one for the first run, and closes it when it is idle', async () => {
    const { fake, provider } = comfyui;
    await provider.checkHealth({ signal: never() });
    const { request, task, stop } = await prepare(provider);
    await provider.submit(request, { signal: never() });
    await generate(provider, makeRequest(request.model));
    expect(fake.sockets.idsSeen).toHaveLength(1);
    await collectAll(provider, task);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(fake.sockets.count()).toBe(1);
    stop();
    await waitFor('the idle socket to close', () => fake.sockets.count() === 0);
    await generate(provider, makeRequest(request.model));
    expect(fake.sockets.idsSeen).toHaveLength(2);
  });

  it('closes its socket with the adapter, and tells nothing more', async () => {
    const { fake, provider } = comfyui;
    fake.settings.held = true;
    const { request, events } = await prepare(provider);
    await provider.submit(request, { signal: never() });
    await provider.close();
    await waitFor('the socket to close', () => fake.sockets.count() === 0);
    const told = events.length;
    fake.settings.held = false;
    await waitFor('the end', () => fake.history.size === 1);
    expect(events).toHaveLength(told);
  });

  it('tells a watcher who comes late what is known', async () => {
    const { fake, provider } = comfyui;
    const model = await findModel(provider, 'sd_xl');
    fake.settings.loadMs = 300;
    const task = taskIn(await provider.submit(makeRequest(model), { signal: never() }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { stages, stop } = recordEvents(provider, task);
    expect(stages()).toEqual(['Loading model']);
    const submission = await provider.collect(task, { signal: never() });
    expect(submission).toMatchObject({ state: 'pending', progress: { stage: 'Loading model' } });
    stop();
  });

  it('finds out by asking when the server dies in the middle of a run', async () => {
    const { fake, provider } = comfyui;
    const { request, task, stop } = await prepare(provider, 10);
    fake.addFaults({ on: 'run', kind: 'die', afterSteps: 3 });
    await provider.submit(request, { signal: never() });
    await waitFor('the end of the server', () => fake.sockets.count() === 0);
    await expect(provider.collect(task, { signal: never() })).rejects.toMatchObject({ code: 'network' });
    stop();
  });
});

describe('previews of a server that does not tell whose they are', () => {
  it('shows them with the run that is heard running', async () => {
    const { provider } = await comfyui.start({ version: '0.3.40', settings: { previewMethod: 'auto' } });
    const { request, previews, stages, stop } = await prepare(provider, 3);
    const task = taskIn(await provider.submit(request, { signal: never() }));
    expect(task.remoteId).not.toBe(request.attemptId);
    await collectAll(provider, task);
    await waitFor('the previews', () => previews().length === 3);
    expect(stages()).toContain('Sampling, step 3 of 3');
    stop();
  });
});
