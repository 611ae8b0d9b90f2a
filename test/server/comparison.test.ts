import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Comparison } from '../../src/shared/models/comparison.ts';
import type { ComparedModel } from '../../src/shared/routing/price-comparison.ts';
import type { ModelScore } from '../../src/shared/models/routing.ts';
import { recordedClient } from '../canary/recorded-client.ts';
import { fakeEnvironment } from '../fake-environment.ts';
import { fakeBfl } from '../fakes/bfl/service.ts';
import type { Fake } from '../fakes/kit/fake-types.ts';
import { startFake } from '../fakes/kit/start-fake.ts';
import { fakeOpenai } from '../fakes/openai/service.ts';
import { newPlace, type Place } from '../run-easel.ts';
import { startServe, until, type Served } from './start-serve.ts';

interface Providers {
  readonly providers: readonly { manifest: { id: string; name: string }; models: readonly Named[] }[];
}
interface Named {
  readonly id: string;
  readonly name: string;
  readonly price: unknown;
}
interface Listed {
  readonly id: string;
  readonly state: string;
}

let place: Place;
let fakes: readonly Fake[];
let served: Served;
const environment = (): Record<string, string> =>
  Object.assign({}, ...fakes.map(fakeEnvironment)) as Record<string, string>;
beforeEach(async () => {
  place = newPlace();
  const options = { stepMs: 20, largestSide: 128 };
  fakes = await Promise.all([startFake(fakeOpenai, options), startFake(fakeBfl, options)]);
  served = await startServe(place, { environment: environment() });
});
afterEach(async () => {
  await served.stop();
  for (const fake of fakes) await fake.close();
  place.remove();
});

const charges = (): number => fakes.reduce((sum, fake) => sum + fake.charges.length, 0);
const request = { prompt: 'a poster that reads "open"', width: 1024, height: 1024 };

/** Of each provider the first model whose price is known; the built-in one is the third. */
async function someModels(): Promise<ComparedModel[]> {
  const { providers } = await served.call<Providers>('providers/list', { check: true });
  return ['openai', 'bfl', 'builtin'].map((provider) => {
    const own = providers.find(({ manifest }) => manifest.id === provider)?.models ?? [];
    return { provider, model: own.find(({ price }) => provider === 'builtin' || price !== null)?.id ?? '' };
  });
}
const show = (id: string): Promise<Comparison> => served.call<Comparison>('comparison/show', { id });
const start = (chosen: ComparedModel[], more: object = {}): Promise<Comparison> =>
  served.call<Comparison>('comparison/start', { request, models: chosen, ...more });

describe('a comparison over HTTP', () => {
  it('makes one picture of each model, is voted on without a name, and then tells names, prices and points', async () => {
    const chosen = await someModels();
    const { providers } = await served.call<Providers>('providers/list', {});
    const client = recordedClient(served);
    const ask = async (operation: string, input: unknown): Promise<Comparison> => {
      const { status, answer } = await client.call<Comparison>(`comparison/${operation}`, input);
      expect(status, JSON.stringify(answer)).toBe(200);
      return answer;
    };
    let now = await ask('start', { request, models: chosen, maxUsd: 100 });
    expect(now).toMatchObject({ state: 'making', kind: 'lettering' });
    await until(async () => (await ask('show', { id: now.id })).made === 3, 30_000);
    now = await ask('show', { id: now.id });
    const seen = new Set<string>();
    for (const { label } of now.entries) {
      const picture = await client.get(`/comparisons/${now.id}/${label}`);
      const { format, width, exif, icc, xmp, comments } = await sharp(picture.bytes).metadata();
      expect({ format, width, exif, icc, xmp, comments }).toEqual({
        format: 'png',
        width: now.entries.find((entry) => entry.label === label)?.picture?.width,
      });
      seen.add(picture.bytes.toString('base64'));
    }
    expect(seen.size).toBe(3);
    expect((await client.get(`/comparisons/${now.id}/D`)).status).toBe(404);
    await ask('list', {});
    for (let left = now.votesLeft; left > 1; left -= 1) {
      now = await ask('vote', { id: now.id, first: now.pair?.[0], second: now.pair?.[1], verdict: 'first' });
    }
    const names = providers
      .filter(({ manifest }) => chosen.some(({ provider }) => provider === manifest.id))
      .flatMap(({ manifest, models: own }) => [
        manifest.id,
        manifest.name,
        ...own.flatMap(({ id, name }) => [id, name]),
      ])
      .map((name) => name.toLowerCase());
    const givenAway = (texts: readonly string[]): string[] =>
      names.filter((name) => texts.some((text) => text.toLowerCase().includes(name)));
    const isPicture = (where: string): boolean => where.startsWith('the answer of /comparisons/');
    const textsOf = (ofPictures: boolean): string[] =>
      client
        .evidence()
        .filter(({ place: where }) => isPicture(where) === ofPictures)
        .map(({ place: where, bytes }) => `${where} ${bytes.toString('latin1')}`);
    expect(textsOf(false).length).toBeGreaterThan(8);
    expect(givenAway(textsOf(false))).toEqual([]);
    // Three letters are found by chance in what is compressed.
    expect(givenAway(textsOf(true)).filter((name) => name.length > 5)).toEqual([]);
    expect((await served.call<{ scores: ModelScore[] }>('comparison/scores', {})).scores).toEqual([]);

    const done = await ask('vote', { id: now.id, first: now.pair?.[0], second: now.pair?.[1], verdict: 'tie' });
    expect(done).toMatchObject({ state: 'done', votesLeft: 0, pair: null });
    expect(givenAway([JSON.stringify(done)]).length).toBeGreaterThan(3);
    const revealed = done.entries.map((entry) => entry.revealed!);
    expect(revealed.map(({ provider, model }) => ({ provider, model })).sort(byProvider)).toEqual(
      [...chosen].sort(byProvider),
    );
    for (const { provider, usd } of revealed) expect(usd === 0).toBe(provider === 'builtin');
    const { scores } = await served.call<{ scores: ModelScore[] }>('comparison/scores', { kind: 'lettering' });
    expect(scores).toHaveLength(3);
    for (const { provider, points } of scores) {
      expect(points).toBe(revealed.find((entry) => entry.provider === provider)?.after);
    }
    await client.stop();
  });

  it('tells the same of what it pushes', async () => {
    const chosen = await someModels();
    const client = recordedClient(served);
    await client.listen();
    const { id } = await start(chosen);
    await until(async () => (await show(id)).made === 3, 30_000);
    await until(() => client.eventCount() > 10);
    await client.stop();
    const events = client.evidence().at(-1)!.bytes.toString();
    const ours = events.split('\n').filter((line) => line.includes('"comparisonChanged"'));
    expect(ours.length).toBeGreaterThan(3);
    expect(ours.join('\n')).not.toMatch(/openai|bfl|builtin|flux|gpt/i);
    const { jobs } = await served.call<{ jobs: Listed[] }>('jobs/list', {});
    expect(jobs).toHaveLength(3);
    for (const job of jobs) expect(ours.join('\n')).not.toContain(job.id);
  });

  it('buys nothing where the prices are over the budget, and says each of them', async () => {
    const chosen = await someModels();
    const refusal = await served.fail('comparison/start', { request, models: chosen, maxUsd: 0.0001 });
    expect(refusal).toMatchObject({ status: 402, code: 'overBudget' });
    expect(refusal.message).toMatch(/OpenAI.*\$0\.\d+.*Black Forest Labs.*\$0\.\d+.*\$0\.00/);
    expect((await served.call<{ jobs: unknown[] }>('jobs/list', {})).jobs).toEqual([]);
    expect(charges()).toBe(0);
  });

  it('names every model that can not do it, and queues nothing', async () => {
    const chosen = [...(await someModels()), { provider: 'bfl', model: 'no-such' }, { provider: 'fal', model: 'x' }];
    const refusal = await served.fail('comparison/start', { request, models: chosen });
    expect(refusal.message).toMatch(/no-such.*fal/s);
    expect((await served.call<{ jobs: unknown[] }>('jobs/list', {})).jobs).toEqual([]);
  });

  it('survives a kill in the middle of the making: nothing is lost, nothing is paid twice', async () => {
    const chosen = await someModels();
    const { id, entries } = await start(chosen);
    await served.stop('SIGKILL');
    served = await startServe(place, { environment: environment() });
    await until(async () => {
      const now = await show(id);
      return now.made + now.needsAnswer + now.entries.filter(({ problem }) => problem !== null).length === 3;
    }, 30_000);
    const now = await show(id);
    expect(now.entries.map(({ label }) => label)).toEqual(entries.map(({ label }) => label));
    expect((await served.call<{ jobs: unknown[] }>('jobs/list', {})).jobs).toHaveLength(3);
    expect(charges()).toBeLessThanOrEqual(2);
    expect(fakes.flatMap(({ duplicates }) => duplicates)).toEqual([]);
  });
});

function byProvider(one: { provider: string }, other: { provider: string }): number {
  return one.provider.localeCompare(other.provider);
}
