import Sqlite from 'better-sqlite3';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CostGroup, LedgerEntry } from '../../src/shared/models/costs.ts';
import type { Model } from '../../src/shared/models/provider.ts';
import { fakeBfl } from '../fakes/bfl/service.ts';
import { fakeEnvironment } from '../fake-environment.ts';
import { fakeRunware } from '../fakes/runware/service.ts';
import type { Fake } from '../fakes/kit/fake-types.ts';
import { startFake } from '../fakes/kit/start-fake.ts';
import { easelJson, newPlace, runEasel, type Outcome, type Place } from '../run-easel.ts';
import { startServe } from '../server/start-serve.ts';
import { expectPlainFailure } from './plain-failure.ts';

let place: Place;
let fakes: Fake[];
let environment: Record<string, string>;
beforeEach(async () => {
  place = newPlace();
  fakes = [await startFake(fakeRunware), await startFake(fakeBfl)];
  environment = Object.assign({}, ...fakes.map(fakeEnvironment)) as Record<string, string>;
});
afterEach(async () => {
  for (const fake of fakes) await fake.close();
  place.remove();
});

const easel = (...words: string[]): Promise<Outcome> => runEasel(place, words, { environment });
const json = <Answer>(...words: string[]): Promise<Answer> => easelJson<Answer>(place, words, { environment });
const generate = async (provider: string, ...words: string[]): Promise<void> => {
  const { code, stderr } = await easel('generate', 'a pear', '--provider', provider, '--size', '512x512', ...words);
  expect(code, stderr).toBe(0);
};
const groupsBy = (by: string) =>
  json<{ groups: Record<string, unknown>[]; total: Record<string, number> }>('costs', '--by', by);

describe('easel costs', () => {
  it('tells what was charged, what is estimated and what was free, the same by whatever it adds up', async () => {
    await generate('runware', '--count', '2', '--project', '=covers');
    await generate('bfl');
    await generate('builtin');
    const { groups, total } = await groupsBy('provider');
    expect(groups.map(({ key, attempts, images, kept }) => ({ key, attempts, images, kept }))).toEqual(
      expect.arrayContaining([
        { key: 'runware', attempts: 1, images: 2, kept: 2 },
        { key: 'bfl', attempts: 1, images: 1, kept: 1 },
        { key: 'builtin', attempts: 1, images: 1, kept: 1 },
      ]),
    );
    expect(total).toMatchObject({ attempts: 3, succeeded: 3, images: 4, unknown_costs: 0 });
    expect(total.reported_usd).toBeGreaterThan(0);
    for (const by of ['day', 'model', 'project']) expect((await groupsBy(by)).total, by).toEqual(total);

    const { stdout } = await easel('costs');
    expect(stdout).toMatch(/^provider +attempts +failed +images +kept +charged +estimated +unknown +per kept/);
    expect(stdout).toMatch(/^Runware +1 +0 +2 +2 +\$\d\.\d{2,4}/m);
    expect(stdout).toMatch(/^Total +3 /m);
    const widths = new Set(
      stdout
        .split('\n')
        .slice(0, 5)
        .map((line) => Array.from(line).length),
    );
    expect(widths.size, stdout).toBe(1);

    // Free work is no charge.
    const charges = (await easel('costs', '--csv')).stdout.split('\r\n');
    expect(charges[0]).toBe(
      'time,kind,provider,model,project,outcome,images,usd,cost,expected_usd,job,provider_task,id',
    );
    expect(charges).toHaveLength(4);
    expect(charges[1]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,attempt,bfl,/);
    expect(charges[2]).toMatch(/,attempt,runware,[^,]+,'=covers,succeeded,2,0\.\d+,reported,/);
    const sums = (await easel('costs', '--csv', '--by', 'project')).stdout.split('\r\n');
    expect(sums.map((line) => line.split(',')[0])).toEqual(
      expect.arrayContaining(['project', "'=covers", 'default', '']),
    );

    const nothing = await easel('costs', '--to', '2020-01-31');
    expect(nothing).toMatchObject({ code: 0, stdout: 'Nothing was made in this time.\n' });
    expect((await easel('costs', '--csv', '--to', '2020-01-31')).stdout.split('\r\n')).toHaveLength(2);
  });

  it('gives the same over the server, page by page', async () => {
    for (const count of ['1', '2', '3']) await generate('runware', '--count', count);
    const served = await startServe(place, { environment });
    interface Ledger {
      entries: LedgerEntry[];
      next: string | null;
    }
    const first = await served.call<Ledger>('costs/ledger', { limit: 2 });
    const second = await served.call<Ledger>('costs/ledger', { limit: 2, before: first.next });
    expect([...first.entries, ...second.entries].map(({ images }) => images)).toEqual([3, 2, 1]);
    expect(second.next).toBeNull();
    const { total } = await served.call<{ total: CostGroup }>('costs/summary', { by: 'day' });
    const sum = [...first.entries, ...second.entries].reduce(
      (usd, { cost }) => usd + (cost.kind === 'unknown' ? NaN : cost.usd),
      0,
    );
    expect(total.reportedUsd + total.estimatedUsd).toBeCloseTo(sum, 6);
    expect(await served.fail('costs/ledger', { before: 'x' })).toMatchObject({ status: 400, code: 'badInput' });
    expect(await served.fail('costs/setBudget', { day: -1 })).toMatchObject({ status: 400, code: 'badInput' });
    expect(await served.fail('costs/setBudget', { day: 'NaN' })).toMatchObject({ status: 400, code: 'badInput' });
    await served.call('costs/setBudget', { day: 3 });
    expect(await served.call('costs/setBudget', { month: 9 })).toMatchObject({
      caps: { day: 3, month: 9, image: null, job: null },
      spent: { day: expect.closeTo(sum, 6) as number },
    });
    await served.stop();
  });

  it.each([
    [['costs', '--from', '2026-02-30'], /--from takes a day/],
    [['costs', '--to', 'yesterday'], /--to takes a day/],
    [['costs', '--from', '2026-02-02', '--to', '2026-02-01'], /--from is after --to/],
    [['costs', '--csv', '--json'], /not both/],
    [['costs', '--by', 'colour'], /Allowed choices are day, provider, model, project/],
    [['budget', 'set'], /Nothing to set/],
    [['budget', 'set', '--day', '-1'], /--day takes an amount/],
    [['budget', 'set', '--day', 'NaN'], /--day takes an amount/],
    [['budget', 'set', '--day', '1e9'], /--day takes an amount/],
    [['prices', 'set', 'nobody/m', '1'], /There is no provider "nobody"/],
    [['prices', 'set', 'bfl/flux-dev-9', '1'], /Black Forest Labs has no model "flux-dev-9"/],
    [['prices', 'set', 'builtin/sketch', '1'], /charges nothing/],
    [['prices', 'set', 'bfl/flux-2-pro', 'cheap'], /The price takes an amount/],
    [['prices', 'set', 'flux-2-pro', '1'], /no <provider>\/<model>, such as bfl\/flux-2-pro/],
    [['prices', 'set', 'bfl/', '1'], /no <provider>\/<model>/],
    [['prices', 'reset', 'bfl/no-such'], /has no model "no-such"/],
    [['prices', 'list', '--provider', 'nobody'], /There is no provider "nobody"/],
    [['prices', 'list', '--provider', 'builtin'], /charges nothing/],
  ])('refuses %j', async (words, message) => {
    const outcome = await easel(...words);
    expectPlainFailure(outcome, 2, message);
  });
});

describe('easel budget', () => {
  it('sets caps before there is a library, makes none, and holds the first pictures to them', async () => {
    const spent = { day: 0, month: 0 };
    expect(await json('budget', 'get')).toEqual({ caps: { image: null, job: null, day: null, month: null }, spent });
    expect(await json('budget', 'set', '--day', '0')).toMatchObject({ caps: { day: 0 }, spent });
    expect((await easel('budget', 'get')).stdout).toMatch(/^day {4}\$0: only what is free, spent \$0\.00$/m);
    mkdirSync(place.library);
    expect(await json('budget', 'set', '--month', '3')).toMatchObject({ caps: { day: 0, month: 3 }, spent });
    // What never comes into play is taken, and said.
    const day = await easel('budget', 'set', '--day', '4');
    expect(day).toMatchObject({
      code: 0,
      stderr: "note: The day's cap never comes into play: the month's cap is lower.\n",
    });
    expect((await easel('budget', 'set', '--day', '0')).stderr).toBe('');
    expect(readdirSync(place.library)).toEqual([]);
    expect((await easel('generate', 'a pear', '--provider', 'runware')).code).toBe(10);
    await generate('builtin');
  });

  it('sets caps and prices while the library is of an older Easel, which reading commands say how to mend', async () => {
    await generate('runware');
    const { spent } = await json<{ spent: { day: number; month: number } }>('budget', 'get');
    const library = new Sqlite(join(place.library, 'library.db'));
    const version = Number(library.pragma('user_version', { simple: true }));
    library.pragma(`user_version = ${version - 1}`);
    library.close();
    expectPlainFailure(await easel('costs'), 7, /is of an older Easel .* Start `easel serve`/);
    expect(await json('budget', 'set', '--month', '3')).toMatchObject({ caps: { month: 3 }, spent });
    expect((await easel('prices', 'set', 'bfl/flux-2-pro', '0.05')).stdout).toContain('costs $0.050');
  });

  it('holds the caps over all libraries of a data folder', async () => {
    await generate('runware');
    const { spent } = await json<{ spent: { day: number; month: number } }>('budget', 'get');
    expect(spent.day).toBeGreaterThan(0);
    const other = { ...place, library: `${place.library}-other` };
    const inOther = (...words: string[]) => runEasel(other, words, { environment });
    const budget = () => easelJson(other, ['budget', 'get'], { environment });
    // Before that library is made, and once it is.
    expect(await budget()).toMatchObject({ spent });
    expect((await inOther('budget', 'set', '--day', String(spent.day))).code).toBe(0);
    expect((await inOther('generate', 'a pear', '--provider', 'runware')).code).toBe(10);
    expect((await inOther('generate', 'a pear', '--provider', 'builtin')).code).toBe(0);
    expect(await budget()).toMatchObject({ spent });
    expect((await inOther('generate', 'a pear', '--provider', 'runware')).code).toBe(10);
  });

  it('says that a library is missing which was there, and changes nothing', async () => {
    const gone = join(place.data, 'gone');
    mkdirSync(place.data);
    writeFileSync(join(place.data, 'settings.json'), JSON.stringify({ libraryFolder: gone }));
    for (const words of [
      ['budget', 'get'],
      ['budget', 'set', '--day', '1'],
    ]) {
      expectPlainFailure(await runEasel({ data: place.data, library: null }, words), 4, /Connect its drive/);
    }
    expect(JSON.parse(readFileSync(join(place.data, 'settings.json'), 'utf8'))).toEqual({ libraryFolder: gone });
  });

  it('sets caps, keeps the others, and takes them away', async () => {
    await generate('runware');
    expect((await easel('budget', 'get')).stdout).toMatch(
      /^image {2}no cap\njob {4}no cap\nday {4}no cap, spent \$0\.\d+/,
    );
    await easel('budget', 'set', '--image', '0', '--day', '$2.50');
    const { stdout } = await easel('budget', 'set', '--month', '20');
    expect(stdout).toMatch(/^image {2}\$0: only what is free$/m);
    expect(stdout).toMatch(/^day {4}\$2\.50, spent \$0\.\d{2,4} \(\d+ %\)$/m);
    expect(await json('budget', 'set', '--day', 'none')).toMatchObject({
      caps: { image: 0, job: null, day: null, month: 20 },
    });
  });
});

describe('easel prices', () => {
  it('correct what a model costs from then on, until they are reset', async () => {
    const priceOf = async (): Promise<Pick<Model, 'price'> & { list_price?: unknown }> => {
      const { providers } = await json<{
        providers: { manifest: { id: string }; models: (Pick<Model, 'id' | 'price'> & { list_price?: unknown })[] }[];
      }>('providers');
      const models = providers.find(({ manifest }) => manifest.id === 'bfl')?.models;
      const found = models?.find(({ id }) => id === model);
      if (!found) throw new Error(`bfl has no ${model}`);
      return { price: found.price, list_price: found.list_price };
    };
    const model = 'flux-2-pro';
    const { price: listed } = await priceOf();
    const set = await easel('prices', 'set', `bfl/${model}`, '0.77');
    expect(set).toMatchObject({ code: 0, stdout: `bfl/${model} costs $0.770 for each image.\n` });
    expect(await priceOf()).toEqual({ price: { usd: 0.77, per: 'image' }, list_price: listed });
    const list = await easel('prices', 'list', '--provider', 'bfl');
    expect(list.stdout).toMatch(
      /^\$0\.770\/image +yours; the list of 2026-10-08: \$0\.030, then \$0\.015\/MP +bfl\/flux-2-pro$/m,
    );
    expect(list.stdout).toMatch(/ +by the list of 2026-10-08 +bfl\/flux-2-max$/m);
    // Only what is set up, unless it is named.
    const { prices } = await json<{ prices: { provider: string; is_corrected: boolean }[] }>('prices', 'list');
    expect(new Set(prices.map(({ provider }) => provider))).not.toContain('astria');
    expect(prices.filter(({ is_corrected }) => is_corrected)).toHaveLength(1);
    await generate('bfl', '--model', model);
    const [charge] = (await easel('costs', '--csv')).stdout.split('\r\n').slice(1);
    expect(charge).toContain(',0.77,');
    const reset = await easel('prices', 'reset', `bfl/${model}`);
    expect(reset.stdout).toMatch(/by the price list\.$/m);
    expect(await priceOf()).toEqual({ price: listed, list_price: undefined });
  });
});
