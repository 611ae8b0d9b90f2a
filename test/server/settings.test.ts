import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newPlace, runEasel, type Place } from '../run-easel.ts';
import { startServe, until, type Served } from './start-serve.ts';

let place: Place;
let served: Served;
beforeEach(async () => {
  place = newPlace();
  served = await startServe(place);
});
afterEach(async () => {
  await served.stop();
  place.remove();
});

it('tell the caps, and let them be set, before there is a library', async () => {
  const bare = newPlace();
  const first = await startServe(bare, { withLibrary: false });
  const spent = { day: 0, month: 0 };
  expect(await first.call('costs/budget')).toEqual({ caps: { image: null, job: null, day: null, month: null }, spent });
  expect(await first.call('costs/setBudget', { day: 2 })).toMatchObject({ caps: { day: 2 }, spent });
  expect(await first.call('costs/budget')).toMatchObject({ caps: { day: 2 }, spent });
  await first.stop();
  bare.remove();
});

it('that a terminal changes hold in a program that is running', async () => {
  const dayCap = async (): Promise<number | null> =>
    (await served.call<{ inForce: { caps: { day: number | null } } }>('routing/get')).inForce.caps.day;
  expect(await dayCap()).toBeNull();
  const set = await runEasel(place, ['budget', 'set', '--day', '2']);
  expect(set).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^day {4}\$2\.00, spent \$0/m) });
  await until(async () => (await dayCap()) === 2);
  const price = async (): Promise<unknown> => {
    const { models } = await served.call<{ models: { id: string; price: unknown }[] }>('providers/models', {
      provider: 'bfl',
    });
    return models.find(({ id }) => id === 'flux-2-pro')?.price;
  };
  expect((await runEasel(place, ['prices', 'set', 'bfl/flux-2-pro', '0.77'])).code).toBe(0);
  await until(async () => isDeepStrictEqual(await price(), { usd: 0.77, per: 'image' }));
});
