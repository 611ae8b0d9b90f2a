import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RoutingState, Standing } from '../../src/shared/models/routing.ts';
import { startFakeComfyui, type FakeComfyui } from '../fakes/comfyui/start-fake-comfyui.ts';
import { easelJson, newPlace, type Place } from '../run-easel.ts';
import { startServe, until, type Served } from './start-serve.ts';

let place: Place;
let fake: FakeComfyui;
let served: Served;
const environment = (): Record<string, string> => ({ EASEL_COMFYUI_URL: fake.url });
beforeEach(async () => {
  place = newPlace();
  mkdirSync(place.data, { recursive: true });
  // One failure opens the breaker, for longer than the test takes.
  const routing = { breaker: { failures: 1, coolDownSeconds: 600 }, limits: { comfyui: { perMinute: 3 } } };
  writeFileSync(join(place.data, 'settings.json'), JSON.stringify({ routing }));
  fake = await startFakeComfyui({ settings: { stepMs: 1 } });
  served = await startServe(place, { environment: environment() });
});
afterEach(async () => {
  await served.stop();
  await fake.close();
  place.remove();
});

const draw = async (prompt: string): Promise<string> => {
  const request = { prompt, provider: 'comfyui', width: 64, height: 64, steps: 2 };
  const { id } = await served.call<{ id: string }>('jobs/create', request);
  const state = async (): Promise<string> => (await served.call<{ state: string }>('jobs/show', { id })).state;
  await until(async () => !['queued', 'running'].includes(await state()));
  return state();
};
const comfyui = async (): Promise<Standing> => {
  const { standings } = await served.call<RoutingState>('routing/state', {});
  return standings.find(({ provider }) => provider === 'comfyui')!;
};
const anotherLibrary = (name: string): Promise<unknown> =>
  served.call('system/openLibrary', { folder: `${place.library}-${name}` });
const startAgain = async (library: string): Promise<void> => {
  await served.stop();
  served = await startServe({ ...place, library }, { environment: environment() });
};

describe('another library', () => {
  it('is opened by an Easel that still knows what a service was sent, and that it is left alone', async () => {
    expect(await draw('a pear')).toBe('succeeded');
    fake.faults.add({ on: 'POST /prompt', kind: 'text500' });
    expect(await draw('another pear')).toBe('failed');
    const before = await comfyui();
    expect(before).toMatchObject({ breaker: { state: 'open', reason: 'server' }, startedLastMinute: 2 });

    await anotherLibrary('one');
    expect(await comfyui()).toMatchObject({ breaker: before.breaker, startedLastMinute: 2, tracks: [] });
    await startAgain(`${place.library}-two`);
    expect(await comfyui()).toMatchObject({ breaker: before.breaker, startedLastMinute: 2, tracks: [] });

    await served.call('routing/reset', { provider: 'comfyui' });
    expect(await draw('a plum')).toBe('succeeded');
    // The minute is full now, in all libraries.
    await startAgain(`${place.library}-three`);
    const after = await comfyui();
    expect(after).toMatchObject({ breaker: { state: 'closed' }, startedLastMinute: 3 });
    expect(after.roomAt).toBeGreaterThan(Date.now());
    await startAgain(place.library);
    expect((await comfyui()).startedLastMinute).toBe(3);
  });

  it('can be opened, and drawn into, where the data folder has no room for what services asked for', async () => {
    await served.stop();
    rmSync(join(place.data, 'accounts.db'));
    mkdirSync(join(place.data, 'accounts.db'));
    served = await startServe({ ...place, library: `${place.library}-one` }, { environment: environment() });
    expect(await draw('a pear')).toBe('succeeded');
    // As long as the program runs, nothing is forgotten.
    await anotherLibrary('two');
    expect((await comfyui()).startedLastMinute).toBe(1);
    expect(await draw('a plum')).toBe('succeeded');
    await served.stop();
    for (const name of ['one', 'two']) {
      const library = { ...place, library: `${place.library}-${name}` };
      expect(await easelJson(library, ['library', 'verify'])).toMatchObject({ clean: true });
    }
    served = await startServe(place, { environment: environment() });
  });
});
