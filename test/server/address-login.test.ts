import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProviderStatus } from '../../src/shared/models/provider.ts';
import { startFakeComfyui, type FakeComfyui } from '../fakes/comfyui/start-fake-comfyui.ts';
import { cheapPassphrases, newPlace, runEasel, type Place } from '../run-easel.ts';
import { startServe, until, type Served } from './start-serve.ts';

const passphrase = 'correct horse battery';
const basic = `Basic ${Buffer.from('me:open sesame').toString('base64')}`;

let place: Place;
let fake: FakeComfyui;
let served: Served | null = null;
beforeEach(async () => {
  place = newPlace();
  fake = await startFakeComfyui();
});
afterEach(async () => {
  await served?.stop();
  served = null;
  await fake.close();
  place.remove();
});

const settingsPath = (): string => join(place.data, 'settings.json');
const withLogin = (): string => fake.url.replace('http://', 'http://me:open%20sesame@');
const logins = (): Set<unknown> => new Set(fake.requestsSeen.map(({ headers }) => headers.authorization));
const comfyui = async (easel: Served): Promise<ProviderStatus> => {
  const { providers } = await easel.call<{ providers: ProviderStatus[] }>('providers/list', {});
  return providers.find(({ manifest }) => manifest.id === 'comfyui')!;
};

describe('name and password in the address of a server', () => {
  it('log in with every request and socket, and stand in no file but the vault', async () => {
    served = await startServe(place, { environment: cheapPassphrases });
    const choice = { id: 'comfyui', enabled: true, url: withLogin() };
    expect(await served.fail('providers/setUp', choice)).toMatchObject({ code: 'noKeyStorage' });
    await served.call('keys/usePassphrase', { passphrase });
    const set = await served.call<ProviderStatus>('providers/setUp', choice);
    expect(set).toMatchObject({ enabled: true, url: `${fake.url}/`, health: { state: 'ready' } });
    const request = { prompt: 'a stone', provider: 'comfyui', width: 256, height: 256, steps: 2 };
    const { id } = await served.call<{ id: string }>('jobs/create', request);
    const first = served;
    await until(async () => (await first.call<{ state: string }>('jobs/show', { id })).state === 'succeeded');
    expect(fake.requestsSeen.map(({ path }) => path)).toContain('/ws');
    expect(logins()).toEqual(new Set([basic]));
    expect(readFileSync(settingsPath(), 'utf8')).not.toMatch(/sesame|me:/);

    // At the next start the vault is locked, so that the server can not be entered until it is opened.
    await served.stop();
    served = await startServe(place, { environment: cheapPassphrases });
    expect((await comfyui(served)).health.state).toBe('locked');
    await served.call('keys/unlock', { passphrase });
    const unlocked = served;
    await until(async () => (await comfyui(unlocked)).health.state === 'ready');
    expect(logins()).toEqual(new Set([basic]));
  });

  it('move out of settings that hold them already, as soon as there is a place', async () => {
    mkdirSync(place.data, { recursive: true });
    writeFileSync(settingsPath(), JSON.stringify({ providers: { comfyui: { enabled: true, url: withLogin() } } }));
    served = await startServe(place, { environment: cheapPassphrases });
    const { notices } = await served.call<{ notices: string[] }>('system/info');
    expect(notices).toEqual([expect.stringMatching(/address of ComfyUI holds a password/)]);
    const easel = served;
    await until(async () => (await comfyui(easel)).health.state === 'ready');
    await easel.call('keys/usePassphrase', { passphrase });
    await until(() => !readFileSync(settingsPath(), 'utf8').includes('sesame'));
    expect((await easel.call<{ notices: string[] }>('system/info')).notices).toEqual([]);
    expect(await comfyui(easel)).toMatchObject({ url: `${fake.url}/`, urlSource: 'settings' });
    await until(async () => (await comfyui(easel)).health.state === 'ready');
    expect(logins()).toEqual(new Set([basic]));
  });

  it('are used, listed and forgotten by the terminal', async () => {
    served = await startServe(place, { environment: cheapPassphrases });
    await served.call('keys/usePassphrase', { passphrase });
    await served.call('providers/setUp', { id: 'comfyui', enabled: true, url: withLogin() });
    await served.stop();
    served = null;
    const generate = ['generate', 'x', '--provider', 'comfyui', '--size', '256x256', '--steps', '2'];
    expect(await runEasel(place, generate)).toMatchObject({ code: 9 });
    const environment = { ...cheapPassphrases, EASEL_PASSPHRASE: passphrase };
    const made = await runEasel(place, generate, { environment });
    expect(made.code, made.stderr).toBe(0);
    const listed = await runEasel(place, ['keys', 'list'], { environment });
    expect(listed.stdout).toMatch(/^comfyui +address +set, from the vault$/m);
    expect(listed.stdout + made.stderr).not.toContain('sesame');
    expect(await runEasel(place, ['keys', 'remove', 'comfyui'], { environment })).toMatchObject({ code: 0 });
    expect((await runEasel(place, ['keys', 'list'], { environment })).stdout).not.toContain('comfyui');
    expect(existsSync(join(place.data, 'keys.age'))).toBe(true);
  });
});
