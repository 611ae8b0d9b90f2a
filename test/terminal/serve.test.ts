import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { easelJson, newPlace, runEasel, type Place } from '../run-easel.ts';
import { startServe } from '../server/start-serve.ts';
import { expectNoStack, expectPlainFailure } from './plain-failure.ts';

const builtin = ['generate', 'a kite', '--provider', 'builtin', '--size', '64x64'];
let place: Place;
beforeEach(() => {
  place = newPlace();
});
afterEach(() => {
  place.remove();
});

/** Takes a port as another program would; null where somebody else has it already. */
async function take(port: number): Promise<{ port: number; server: Server } | null> {
  const server = createServer();
  const taken = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
  });
  return taken ? { port: (server.address() as AddressInfo).port, server } : null;
}

describe('easel serve', () => {
  it('prints one line of JSON that a program can use at once', async () => {
    const served = await startServe(place);
    expect(served.stdout().split('\n')).toEqual([expect.stringMatching(/^\{.*\}$/) as string, '']);
    const line = JSON.parse(served.stdout()) as { url: string; token: string };
    expect(Object.keys(line).sort()).toEqual(['token', 'url']);
    expect(await served.call('system/info')).toMatchObject({
      library: { state: 'open', folder: place.library },
      notices: [],
    });
    expect(await served.stop()).toMatchObject({ code: 0, signal: null, stderr: '' });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends cleanly at %s', async (signal) => {
    const served = await startServe(place);
    const outcome = await served.stop(signal);
    expect(outcome).toMatchObject({ code: 0, signal: null });
    expectNoStack(outcome);
    await expect(served.get('/')).rejects.toThrow();
    // Nobody holds the library any more.
    expect((await runEasel(place, builtin)).code).toBe(0);
  });

  it('says so, with an exit code of its own, where the port that was asked for is taken', async () => {
    const other = await take(0);
    const outcome = await runEasel(place, ['serve', '--no-open', '--port', String(other!.port)]);
    other!.server.close();
    expectPlainFailure(outcome, 8, new RegExp(`Port ${other!.port} is taken.*--port`));
  });

  it('finds another port where the usual one is taken and none was asked for', async () => {
    const other = await take(4747);
    const served = await startServe(place, { words: [] });
    expect(new URL(served.origin).port).not.toBe('4747');
    expect(await served.call('system/info')).toMatchObject({ library: { state: 'open' } });
    await served.stop();
    other?.server.close();
  });

  it('waits for the first run to be answered where no library was ever chosen', async () => {
    const served = await startServe(place, { withLibrary: false });
    expect(await served.call('system/info')).toMatchObject({ library: { state: 'setup', problem: null } });
    expect(await served.fail('library/list', {})).toMatchObject({ status: 409, code: 'setupNeeded' });
    await served.call('system/openLibrary', { folder: place.library });
    expect(await served.call('library/list', {})).toEqual({ images: [], next: null });
    await served.stop();
    const again = await startServe(place, { withLibrary: false });
    expect(await again.call('system/info')).toMatchObject({ library: { state: 'open', folder: place.library } });
    await again.stop();
  });
});

describe('two Easels on one library', () => {
  it('tells the second which library it is, and lets it read', async () => {
    await runEasel(place, builtin);
    const served = await startServe(place);
    for (const words of [
      ['serve', '--no-open', '--port', '0'],
      builtin,
      ['jobs', 'resume'],
      ['jobs', 'cancel', '00000000-0000-7000-8000-000000000000'],
    ]) {
      const outcome = await runEasel(place, words);
      expectPlainFailure(outcome, 7, /Another Easel has the library in .* open/);
      expect(outcome.stderr).toContain(place.library);
    }
    const { images } = await easelJson<{ images: { id: string }[] }>(place, ['library', 'list']);
    expect(images).toHaveLength(1);
    for (const words of [['jobs', 'list'], ['library', 'path', images[0]!.id], ['library', 'verify'], ['providers']]) {
      expect(await runEasel(place, words)).toMatchObject({ code: 0, stderr: '' });
    }
    expect(await served.stop()).toMatchObject({ code: 0 });
    expect((await runEasel(place, builtin)).code).toBe(0);
  });
});
