import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { providerKinds } from '../../src/main/providers/registry.ts';
import { newPlace } from '../run-easel.ts';
import { launchDesktop, quit } from './launch-desktop.ts';

const key = 'sk-test-0123456789abcdefWXYZ';
const provider = providerKinds.find(({ manifest }) => manifest.credentials.some(({ isSecret }) => isSecret))?.manifest;
const field = provider?.credentials.find(({ isSecret }) => isSecret)?.field;

const place = newPlace();
afterAll(() => {
  place.remove();
});

describe.skipIf(process.platform !== 'linux')('the keychain of a Linux desktop', () => {
  it('is none where it keeps its password in clear text', async () => {
    const desktop = launchDesktop({ place, given: { secretStorage: 'basic_text' } });
    const { state, failure } = await desktop.act(
      async ({ client }, asked) => {
        const easel = await client();
        const failure = await easel.keys.set({ ...asked, value: 'sk-test-0123456789' }).then(
          () => null,
          (error: unknown) => (error as { code: string }).code,
        );
        return { failure, state: await easel.keys.state() };
      },
      { provider: provider?.id ?? '' },
    );
    expect(state).toMatchObject({ storage: 'none', keychainName: null });
    expect(failure).toBe('noKeyStorage');
    await quit(desktop);
  });

  it('keeps keys from one start to the next, and the page learns four characters of them', async () => {
    const given = { secretStorage: 'gnome_libsecret' } as const;
    const first = launchDesktop({ place, given });
    const set = await first.act(
      async ({ client }, asked) => {
        const easel = await client();
        return easel.keys.set(asked);
      },
      { provider: provider?.id ?? '', value: key },
    );
    const shown = { field, isSet: true, source: 'keychain', variable: null, shown: 'WXYZ' };
    expect(set.credentials).toContainEqual(shown);
    await quit(first);
    const path = join(place.data, 'keys.sealed');
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, 'utf8')).not.toContain(key);

    const second = launchDesktop({ place, given });
    const list = await second.act(async ({ client }) => (await client()).keys.list());
    expect(list.state).toEqual({ storage: 'keychain', isLocked: false, keychainName: 'The keyring', problem: null });
    expect(list.providers.find((entry) => entry.provider === provider?.id)?.credentials).toContainEqual(shown);
    expect(JSON.stringify(list)).not.toContain('sk-test');
    await quit(second);
  });
});
