import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeComfyui, type FakeComfyui } from '../fakes/comfyui/start-fake-comfyui.ts';
import { easelJson, newPlace, type Place } from '../run-easel.ts';
import { startServe, until, type Served } from './start-serve.ts';

interface Job {
  readonly id: string;
  readonly state: string;
  readonly imageIds: readonly string[];
  readonly attempts: readonly { readonly state: string }[];
}
interface Provider {
  readonly manifest: { readonly id: string };
  readonly health: { readonly state: string };
}

let place: Place;
let fake: FakeComfyui;
let served: Served;
beforeEach(async () => {
  place = newPlace();
  fake = await startFakeComfyui({ settings: { stepMs: 20 } });
  served = await startServe(place, { environment: { EASEL_COMFYUI_URL: fake.url } });
});
afterEach(async () => {
  await served.stop();
  expect(await easelJson(place, ['library', 'verify'])).toMatchObject({ clean: true, problems: [] });
  await fake.close();
  place.remove();
});

const create = (prompt: string, more: object = {}): Promise<Job> =>
  served.call<Job>('jobs/create', { prompt, provider: 'comfyui', width: 64, height: 64, steps: 4, ...more });
const show = (id: string): Promise<Job> => served.call<Job>('jobs/show', { id });
const health = async (): Promise<string | undefined> => {
  const { providers } = await served.call<{ providers: Provider[] }>('providers/list', {});
  return providers.find(({ manifest }) => manifest.id === 'comfyui')?.health.state;
};

describe('a ComfyUI that goes away', () => {
  it(
    'is seen to be away, what waits for it goes on waiting, and runs when it is back',
    { timeout: 90_000 },
    async () => {
      await create('first');
      await until(async () => (await health()) === 'ready');
      const { port } = fake;
      await fake.close();
      const waiting = await Promise.all(['one', 'two', 'three'].map((prompt) => create(prompt)));
      await until(async () => (await health()) === 'unreachable');
      // Long enough for each of them to have failed three times.
      await new Promise((resolve) => setTimeout(resolve, 4_000));
      for (const { id } of waiting) expect((await show(id)).state).toBe('queued');

      fake = await startFakeComfyui({ port });
      await until(async () =>
        (await Promise.all(waiting.map(({ id }) => show(id)))).every(({ state }) => state === 'succeeded'),
      );
      expect(fake.promptsSeen.filter(({ accepted }) => accepted).length).toBeLessThanOrEqual(4);
    },
  );

  it('and whose gateway stumbles while it is asked draws nothing twice', async () => {
    fake.settings.stepMs = 100;
    fake.faults.add({ on: 'GET /jobs/*', kind: 'status', status: 502, times: 3 });
    const { id } = await create('a fjord');
    await until(async () => (await show(id)).state === 'succeeded');
    expect(fake.promptsSeen).toHaveLength(1);
    expect((await show(id)).attempts).toHaveLength(1);
  });

  it('can be cancelled while it is waited for', async () => {
    await until(
      async () => (await health()) === 'ready' || (await served.call('providers/check', { id: 'comfyui' })) === null,
    );
    await fake.close();
    const { id } = await create('never');
    await until(async () => (await health()) === 'unreachable');
    await until(async () => (await show(id)).state === 'queued');
    expect((await served.call<Job>('jobs/cancel', { id })).state).toBe('cancelled');
    fake = await startFakeComfyui();
  });
});

describe('a connection in use', () => {
  it('survives a check of the same provider', async () => {
    fake.settings.stepMs = 80;
    const { id } = await create('a long one', { steps: 10 });
    await until(() => Promise.resolve(fake.runningId() !== null));
    for (let round = 0; round < 3; round += 1) await served.call('providers/check', { id: 'comfyui' });
    await until(async () => (await show(id)).state === 'succeeded');
    expect(fake.promptsSeen).toHaveLength(1);
  });
});

describe('the largest seed', () => {
  it('is followed by 0, and the library can still be read', async () => {
    const { id } = await create('edge', { seed: Number.MAX_SAFE_INTEGER, count: 2 });
    await until(async () => (await show(id)).state === 'succeeded');
    const { images } = await served.call<{ images: { seed: number }[] }>('library/list', { limit: 5 });
    expect(images.map(({ seed }) => seed).sort()).toEqual([0, Number.MAX_SAFE_INTEGER]);
  });
});

describe('two windows that open libraries at the same time', () => {
  it('leave one open, and neither of them locked', async () => {
    const [one, two] = [`${place.library}-one`, `${place.library}-two`];
    await Promise.all([
      served.call('system/openLibrary', { folder: one }),
      served.call('system/openLibrary', { folder: two }),
    ]);
    await served.call('system/openLibrary', { folder: one });
    const info = await served.call<{ library: { state: string; folder: string } }>('system/info', {});
    expect(info.library).toMatchObject({ state: 'open', folder: one });
  });
});
