import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newPlace, runEasel, type Place } from '../run-easel.ts';
import { startServe } from '../server/start-serve.ts';
import { expectNoStack } from '../terminal/plain-failure.ts';

let place: Place;
beforeEach(() => {
  place = newPlace();
  mkdirSync(place.data, { recursive: true });
});
afterEach(() => {
  place.remove();
});

const write = (text: string): void => {
  writeFileSync(join(place.data, 'settings.json'), text);
};

describe('a damaged settings file', () => {
  it.each([
    ['cut off', '{"theme":"dark","libra'],
    ['empty', ''],
    ['a list', '[1,2]'],
    ['null', 'null'],
    ['binary', '\0\0\0\u0001'],
  ])('is set aside as it is, and said so once: %s', async (_, text) => {
    write(text);
    const outcome = await runEasel(place, ['providers']);
    expect(outcome.code).toBe(0);
    expectNoStack(outcome);
    expect(outcome.stderr).toMatch(/settings file was damaged\. It was set aside as .*settings\.damaged-.*defaults/);
    const aside = readdirSync(place.data).filter((name) => name.startsWith('settings.damaged-'));
    expect(aside).toHaveLength(1);
    expect(readFileSync(join(place.data, aside[0]!), 'utf8')).toBe(text);
    expect((await runEasel(place, ['providers'])).stderr).toBe('');
  });

  it('reaches whoever uses a browser too', async () => {
    write('{');
    const served = await startServe(place);
    const { notices } = await served.call<{ notices: string[] }>('system/info');
    expect(notices).toEqual([expect.stringContaining('set aside') as string]);
    expect(await served.call('settings/get')).toMatchObject({ theme: 'system' });
    await served.stop();
  });
});

describe('settings of which one is not valid', () => {
  it('keep all the others, and the bad one is named', async () => {
    write(
      JSON.stringify({
        theme: 'pink',
        libraryFolder: place.library,
        providers: { comfyui: { enabled: false, url: 'http://127.0.0.1:9' } },
      }),
    );
    const served = await startServe(place, { withLibrary: false });
    expect(served.stderr()).toMatch(/not valid and are back at their defaults: theme\./);
    expect(await served.call('settings/get')).toMatchObject({
      theme: 'system',
      libraryFolder: place.library,
    });
    const { providers } = await served.call<{ providers: { url: string | null }[] }>('providers/list', {});
    expect(providers[0]?.url).toBe('http://127.0.0.1:9');
    await served.stop();
  });

  it('keep what a newer Easel wrote when one of them is changed', async () => {
    write(JSON.stringify({ theme: 'dark', fromTheFuture: { a: 1 } }));
    const served = await startServe(place);
    await served.call('settings/update', { theme: 'light' });
    await served.stop();
    expect(JSON.parse(readFileSync(join(place.data, 'settings.json'), 'utf8'))).toMatchObject({
      theme: 'light',
      fromTheFuture: { a: 1 },
    });
  });
});
