import { describe, expect, it } from 'vitest';
import type { ImageProvider, Task } from '../../../src/main/providers/provider.ts';
import type { FakeComfyui } from '../../fakes/comfyui/start-fake-comfyui.ts';
import { collectAll, failureOf, findModel, makeRequest, never, taskIn, waitFor } from './requests.ts';
import { useComfyui } from './server.ts';

const comfyui = useComfyui();

async function submit(provider: ImageProvider): Promise<Task> {
  const model = await findModel(provider, 'sd_xl');
  return taskIn(await provider.submit(makeRequest(model), { signal: never() }));
}
const cancel = (provider: ImageProvider, task: Task) => provider.cancel?.(task, { signal: never() });
const isRunning = (fake: FakeComfyui, id: string) => waitFor('the run', () => fake.runningId() === id);

// 0.33: cancel routes · 0.20: jobs, but no cancel routes · 0.5: neither · 0.3.50: interrupts whatever runs · 0.3.30: own ids
describe.each(['0.33.0', '0.20.0', '0.5.0', '0.3.50', '0.3.30'])('cancelling with ComfyUI %s', (version) => {
  it('stops its own run and only that one', async () => {
    const { fake, provider } = await comfyui.start({ version, settings: { held: true } });
    const task = await submit(provider);
    const other = fake.addBystander();
    await isRunning(fake, task.remoteId);
    expect(await cancel(provider, task)).toBe(true);
    fake.settings.held = false;
    await waitFor('the other one', () => fake.history.has(other));
    expect(fake.history.get(task.remoteId)?.status.completed).toBe(false);
    expect(fake.history.get(other)?.status.completed).toBe(true);
    expect((await failureOf(collectAll(provider, task))).code).toBe('cancelled');
  });

  it('takes its own pending prompt out of the queue and leaves the run of somebody else alone', async () => {
    const { fake, provider } = await comfyui.start({ version, settings: { held: true } });
    const other = fake.addBystander();
    await isRunning(fake, other);
    const task = await submit(provider);
    expect(await cancel(provider, task)).toBe(true);
    expect(fake.pendingIds()).toEqual([]);
    expect(fake.interrupts).toEqual([]);
    fake.settings.held = false;
    await waitFor('the other one', () => fake.history.has(other));
    expect(fake.history.get(other)?.status.completed).toBe(true);
    expect(await provider.collect(task, { signal: never() })).toEqual({ state: 'lost' });
  });

  it('says that nothing was left to stop, and stops nothing of others', async () => {
    const { fake, provider } = await comfyui.start({ version });
    const task = await submit(provider);
    await waitFor('the end', () => fake.history.has(task.remoteId));
    fake.settings.held = true;
    const other = fake.addBystander();
    await isRunning(fake, other);
    expect(await cancel(provider, task)).toBe(false);
    fake.settings.held = false;
    await waitFor('the other one', () => fake.history.has(other));
    expect(fake.history.get(other)?.status.completed).toBe(true);
    expect((await collectAll(provider, task)).length).toBe(1);
  });
});
