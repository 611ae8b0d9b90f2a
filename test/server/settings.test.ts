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

it('that a terminal changes hold in a program that is running', async () => {
  const dayCap = async (): Promise<number | null> =>
    (await served.call<{ inForce: { caps: { day: number | null } } }>('routing/get')).inForce.caps.day;
  expect(await dayCap()).toBeNull();
  expect((await runEasel(place, ['budget', 'set', '--day', '2'])).code).toBe(0);
  await until(async () => (await dayCap()) === 2);
});
