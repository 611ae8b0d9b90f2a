import { describe, expect, it, vi } from 'vitest';
import { createComfyui } from '../../../src/main/providers/comfyui/adapter.ts';
import type { Task } from '../../../src/main/providers/provider.ts';
import { collectAll, failureOf, findModel, makeRequest, never, taskIn, waitFor } from './requests.ts';
import { useComfyui } from './server.ts';

const comfyui = useComfyui();

async function submit(model = 'sd_xl'): Promise<Task> {
  const { provider } = comfyui;
  return taskIn(await provider.submit(makeRequest(await findModel(provider, model)), { signal: never() }));
}
const collect = (task: Task) => comfyui.provider.collect(task, { signal: never() });

describe('asking ComfyUI about a task', () => {
  it('tells that it runs, and for how long not to ask', async () => {
    comfyui.fake.settings.held = true;
    const task = await submit();
    await waitFor('the run', () => comfyui.fake.runningId() === task.remoteId);
    const submission = await collect(task);
    expect(submission).toMatchObject({ state: 'pending', task, progress: { queuePosition: 0 } });
    expect(submission.state === 'pending' && submission.askAgainInMs).toBeGreaterThanOrEqual(1000);
  });

  it('tells the place in the queue by the order of running, not by the order of the answer', async () => {
    comfyui.fake.settings.held = true;
    comfyui.fake.addBystander();
    await waitFor('the run', () => comfyui.fake.runningId() !== null);
    const first = await submit();
    const second = await submit();
    const third = await submit();
    comfyui.fake.addBystander(1, true);
    const positions = await Promise.all([first, second, third].map(async (task) => collect(task)));
    expect(positions.map((each) => each.state === 'pending' && each.progress?.queuePosition)).toEqual([2, 3, 4]);
    expect(comfyui.fake.requestsSeen.map(({ path }) => path)).not.toContain('/queue');
  });

  it('survives JSON and another start of the program', async () => {
    comfyui.fake.settings.held = true;
    const stored = JSON.stringify(await submit());
    await comfyui.provider.close();
    const again = createComfyui({ url: comfyui.fake.url });
    comfyui.fake.settings.held = false;
    try {
      const [image] = await collectAll(again, JSON.parse(stored) as Task);
      expect(image?.seed).toBe(7);
    } finally {
      await again.close();
    }
  });

  it('gives a failed run the words of its node, without the newline', async () => {
    comfyui.fake.addFaults({ on: 'run', kind: 'error', message: 'Could not detect model type\n' });
    const failure = await failureOf(collectAll(comfyui.provider, await submit()));
    expect(failure.code).toBe('server');
    expect(failure.message).toBe('ComfyUI failed in KSampler: Could not detect model type');
    expect(failure.isFinal).toBe(true);
  });

  it('recognises that memory ran out and says what helps', async () => {
    comfyui.fake.addFaults({ on: 'run', kind: 'outOfMemory' });
    const failure = await failureOf(collectAll(comfyui.provider, await submit()));
    expect(failure.code).toBe('server');
    expect(failure.message).toMatch(/ran out of memory.*smaller/);
    expect(failure.isFinal).toBe(true);
  });

  it('calls a run that somebody interrupted in ComfyUI cancelled', async () => {
    comfyui.fake.settings.held = true;
    const task = await submit();
    await waitFor('the run', () => comfyui.fake.runningId() === task.remoteId);
    comfyui.fake.interruptRunning();
    await waitFor('the end', () => comfyui.fake.history.has(task.remoteId));
    expect(await failureOf(collect(task))).toMatchObject({ code: 'cancelled', isFinal: true });
  });

  it('calls a pending one that somebody deleted in ComfyUI lost', async () => {
    comfyui.fake.settings.held = true;
    comfyui.fake.addBystander();
    const task = await submit();
    comfyui.fake.removePending(task.remoteId);
    expect(await collect(task)).toEqual({ state: 'lost' });
  });

  it('calls everything lost after a restart of the server', async () => {
    comfyui.fake.settings.held = true;
    const task = await submit();
    comfyui.fake.restart();
    await expect.poll(() => collect(task).catch(() => null)).toEqual({ state: 'lost' });
  });

  it('asks once more where a task is in neither queue nor history', async () => {
    const task = await submit();
    await waitFor('the end', () => comfyui.fake.history.has(task.remoteId));
    vi.spyOn(comfyui.fake.history, 'get').mockReturnValueOnce(undefined);
    expect((await collect(task)).state).toBe('finished');
  });

  it('asks once more on older servers, too, where the moment lies between queue and history', async () => {
    const { fake, provider } = await comfyui.start({ version: '0.5.0' });
    const model = await findModel(provider, 'sd_xl');
    const task = taskIn(await provider.submit(makeRequest(model), { signal: never() }));
    await waitFor('the end', () => fake.history.has(task.remoteId));
    vi.spyOn(fake.history, 'get').mockReturnValueOnce(undefined);
    expect((await provider.collect(task, { signal: never() })).state).toBe('finished');
  });

  it('does not take a run without a picture for a success', async () => {
    comfyui.fake.addFaults({ on: 'run', kind: 'noOutputs' });
    const failure = await failureOf(collectAll(comfyui.provider, await submit()));
    expect(failure).toMatchObject({ code: 'server', message: 'ComfyUI finished without a picture.', isFinal: true });
  });

  it('says that the picture is gone when its file was deleted', async () => {
    comfyui.fake.addFaults({ on: 'run', kind: 'deleteFile' });
    const failure = await failureOf(collectAll(comfyui.provider, await submit()));
    expect(failure.code).toBe('server');
    expect(failure.message).toMatch(/is gone from ComfyUI's output folder/);
    expect(failure.isFinal).toBe(true);
  });

  it('takes a picture that broke off for a broken connection, and gets it whole when asked again', async () => {
    const task = await submit();
    await waitFor('the end', () => comfyui.fake.history.has(task.remoteId));
    comfyui.fake.addFaults({ on: 'GET /view', kind: 'truncated' });
    expect(await failureOf(collect(task))).toMatchObject({ code: 'network', isFinal: false });
    expect((await collect(task)).state).toBe('finished');
  });

  it('does not take an error of the server while asking for the end of the task', async () => {
    const task = await submit();
    await waitFor('the end', () => comfyui.fake.history.has(task.remoteId));
    comfyui.fake.addFaults({ on: 'GET /view', kind: 'text500' });
    expect(await failureOf(collect(task))).toMatchObject({ code: 'server', isFinal: false });
    expect((await collect(task)).state).toBe('finished');
  });

  it('takes a result of hundreds of megabytes, as a large upscale is', async () => {
    const task = await submit();
    await waitFor('the end', () => comfyui.fake.history.has(task.remoteId));
    const size = 150_000_000;
    vi.spyOn(comfyui.fake.files, 'read').mockReturnValue(Buffer.alloc(size, 1));
    const submission = await collect(task);
    expect(submission.state === 'finished' && submission.images[0]?.bytes.length).toBe(size);
  });

  it('hands on bytes that are no picture as they came: looking at them is not its work', async () => {
    comfyui.fake.addFaults({ on: 'GET /view', kind: 'notAnImage' });
    const [image] = await collectAll(comfyui.provider, await submit());
    expect(Buffer.from(image!.bytes).toString()).toBe('this is no picture');
  });

  it('does not take a web page for a picture', async () => {
    comfyui.fake.addFaults({ on: 'GET /view', kind: 'html' });
    const failure = await failureOf(collectAll(comfyui.provider, await submit()));
    expect(failure.message).toContain('Something other than ComfyUI answers');
  });

  it('reads answers with the bare NaN of somebody else in them', async () => {
    const { fake, provider } = await comfyui.start({ version: '0.5.0' });
    fake.settings.held = true;
    const model = await findModel(provider, 'sd_xl');
    const task = taskIn(await provider.submit(makeRequest(model), { signal: never() }));
    await waitFor('the run', () => fake.runningId() !== null);
    fake.addFaults({ on: 'GET /queue', kind: 'nan' });
    expect(await provider.collect(task, { signal: never() })).toMatchObject({ state: 'pending' });
  });

  it('is network while the server is down, and finds the task when it is back', async () => {
    comfyui.fake.settings.held = true;
    const task = await submit();
    comfyui.fake.addFaults({ on: 'GET /system_stats', kind: 'stopListening', forMs: 300 });
    await failureOf(comfyui.provider.checkHealth({ signal: never() }));
    const failure = await failureOf(collect(task));
    expect(failure.code).toBe('network');
    expect(failure.message).toContain('Start ComfyUI');
    comfyui.fake.settings.held = false;
    await expect.poll(async () => (await collect(task).catch(() => null))?.state, { timeout: 3000 }).toBe('finished');
  });

  it('stops when it is told to', async () => {
    const task = await submit();
    comfyui.fake.addFaults({ on: `GET /jobs/${task.remoteId}`, kind: 'hang' });
    const controller = new AbortController();
    const answer = failureOf(comfyui.provider.collect(task, { signal: controller.signal }));
    setTimeout(() => controller.abort(), 50);
    expect((await answer).code).toBe('cancelled');
  });
});
