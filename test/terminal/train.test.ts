import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { providerKinds } from '../../src/main/providers/registry.ts';
import { allFakes } from '../fakes/all-fakes.ts';
import { fakeFal } from '../fakes/fal/service.ts';
import type { Fake } from '../fakes/kit/fake-types.ts';
import { startFake } from '../fakes/kit/start-fake.ts';
import { easelJson, newPlace, runEasel, type Place, type RunOptions } from '../run-easel.ts';
import { startServe } from '../server/start-serve.ts';
import { expectPlainFailure } from './plain-failure.ts';

interface Training {
  readonly id: string;
  readonly state: string;
  readonly images: readonly string[];
  readonly remote_id: string | null;
  readonly error: { readonly code: string } | null;
  readonly cost: unknown;
  readonly model: { readonly id: string; readonly name: string; readonly source: string } | null;
}

interface Providers {
  readonly providers: readonly { manifest: { id: string }; models: readonly unknown[] }[];
}

let place: Place;
let fake: Fake;
let environment: Record<string, string>;
let pictures: string;
let train: string[];
beforeEach(async () => {
  place = newPlace();
  fake = await startFake(fakeFal);
  environment = { EASEL_FAL_URL: fake.url, FAL_KEY: fake.keys.apiKey ?? '' };
  pictures = join(place.data, 'pictures');
  mkdirSync(join(pictures, 'older.png'), { recursive: true });
  for (const [index, background] of ['#336699', '#669933', '#993366', '#999999'].entries()) {
    const picture = sharp({ create: { width: 64, height: 48, channels: 3, background } });
    writeFileSync(join(pictures, `${index}.png`), await picture.png().toBuffer());
  }
  writeFileSync(join(pictures, 'notes.txt'), 'Taken in autumn.');
  train = ['train', 'fal', ...[0, 1, 2, 3].map((index) => join(pictures, `${index}.png`))];
  train.push('--name', 'My pier', '--trigger', 'pierxy', '--subject', 'object');
});
afterEach(async () => {
  await fake.close();
  place.remove();
});

const easel = (words: readonly string[], options: RunOptions = {}) =>
  runEasel(place, words, { environment, ...options });
const json = <Answer>(words: readonly string[]): Promise<Answer> => easelJson<Answer>(place, words, { environment });
const list = async (): Promise<readonly Training[]> =>
  (await json<{ trainings: readonly Training[] }>(['training', 'list'])).trainings;
const kindOf = (id: string) => providerKinds.find(({ manifest }) => manifest.id === id);
const paid = () => fake.requests.filter(({ kind }) => kind === 'pay').map(({ path }) => path);

describe('train', () => {
  it('ends with a model that pictures can be made with', async () => {
    const outcome = await easel([...train, '--description', 'A pier in the fog']);
    expect(outcome.code, outcome.stderr).toBe(0);
    const [done, ...more] = await list();
    expect(more).toEqual([]);
    expect(done).toMatchObject({ state: 'succeeded', cost: { kind: 'reported', usd: 2 }, model: { name: 'My pier' } });
    expect(done?.images).toHaveLength(4);
    expect(outcome.stdout).toBe(`${done?.model?.id ?? ''}\n`);
    expect(outcome.stderr).toMatch(/“My pier” was made of 4 pictures, \$2\.00/);
    const { models } = await json<{ models: readonly unknown[] }>(['training', 'models', '--provider', 'fal']);
    expect(models).toEqual([
      {
        ...done?.model,
        provider: 'fal',
        trigger_word: 'pierxy',
        training_id: done?.id,
        made_at: expect.any(Number) as number,
      },
    ]);

    const model = done?.model?.id ?? '';
    const made = await json<{ images: readonly unknown[]; metadata: { provider_model: string } }>([
      ...['generate', 'a pierxy at night', '--provider', 'fal', '--model', model, '--size', '256x256'],
    ]);
    expect(made.images).toHaveLength(1);
    expect(made.metadata.provider_model).toBe(model);
    const served = await startServe(place, { environment });
    const { providers } = await served.call<Providers>('providers/list', {});
    expect(providers.find(({ manifest }) => manifest.id === 'fal')?.models.at(-1)).toMatchObject({
      id: model,
      name: 'My pier',
    });
    await served.stop();
    expect(paid()).toEqual(['/fal-ai/flux-lora-fast-training', '/fal-ai/flux-lora']);
    const drawn = JSON.parse(fake.requests.findLast(({ kind }) => kind === 'pay')?.body.toString() ?? '') as unknown;
    expect(drawn).toMatchObject({ loras: [{ path: done?.model?.source, scale: 1 }] });
  });

  it.each(allFakes.filter(({ id }) => kindOf(id)?.manifest.abilities.train))(
    'makes a model that $id itself draws with',
    async (definition) => {
      await fake.close();
      fake = await startFake(definition);
      const { id } = definition;
      environment = { [`EASEL_${id.toUpperCase()}_URL`]: fake.url };
      for (const { field, environment: names } of kindOf(id)?.manifest.credentials ?? []) {
        const value = fake.keys[field];
        if (value !== undefined && names[0] !== undefined) environment[names[0]] = value;
      }
      // Ended and taken up again, because that asks at once: the services are asked seldom.
      const words = train.map((word) => (word === 'fal' ? id : word));
      expect((await easel(words, { killAt: 'pending+500' })).signal).toBe('SIGKILL');
      const resumed = await easel(['training', 'resume']);
      expect(resumed.code, resumed.stderr).toBe(0);
      const [done] = await list();
      const model = done?.model?.id ?? '';
      const made = await json<{ images: readonly unknown[]; metadata: { provider_model: string } }>([
        ...['generate', 'a pierxy at night', '--provider', id, '--model', model],
      ]);
      expect(made.images).toHaveLength(1);
      expect(made.metadata.provider_model).toBe(model);
      expect(paid()).toHaveLength(2);
    },
  );

  it.each([
    ['a provider that trains nothing', ['builtin'], /can't train models/],
    ['an unknown subject', ['fal', '--subject', 'cat'], /--subject/],
    ['a name of nothing', ['fal', '--name', ' '], /--name: must have at least 1 character/],
    ['steps that are no number', ['fal', '--steps', 'many'], /--steps/],
    ['a folder without pictures', ['fal', 'older.png'], /There are no pictures in/],
    ['a picture that is missing', ['fal', 'nowhere.png'], /There is no image at/],
    ['a file that is no picture', ['fal', 'notes.txt'], /not a picture/],
  ])('refuses %s in one sentence, before anything is sent', async (_, [provider = '', ...more], message) => {
    const [option] = more;
    const path = option?.startsWith('--') === false ? [join(pictures, option)] : [join(pictures, '0.png')];
    const own = option?.startsWith('--') ? more : [];
    const usual = ['--name', 'x', '--trigger', 'x', '--subject', 'style'];
    expectPlainFailure(await easel(['train', provider, ...path, ...usual, ...own]), 2, message);
    expect(fake.requests.filter(({ kind }) => kind === 'pay')).toEqual([]);
  });

  it('takes the pictures of a folder, and tells what the service says of too few', async () => {
    const words = ['train', 'fal', pictures, '--name', 'x', '--trigger', 'x', '--subject', 'style'];
    fake.addFault({ on: 'pay', kind: 'status', status: 422, times: 1, json: { detail: 'No.' } });
    const outcome = await easel(words);
    expect(outcome.code, outcome.stderr).toBe(2);
    const [failed] = await list();
    expect(failed).toMatchObject({
      state: 'failed',
      error: { code: 'invalid_request' },
      cost: { kind: 'reported', usd: 0 },
    });
    expect(failed?.images).toHaveLength(4);
  });
});

describe('kill -9 during a training', () => {
  it('does not pay twice when it comes while fal works', async () => {
    expect((await easel(train, { killAt: 'pending+400' })).signal).toBe('SIGKILL');
    const [left] = await list();
    expect(left).toMatchObject({ state: 'pending', remote_id: fake.charges[0]?.id });
    const resumed = await easel(['training', 'resume']);
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(await list()).toMatchObject([{ state: 'succeeded', remote_id: left?.remote_id }]);
    expect(fake.charges).toHaveLength(1);
    expect((await easel(['training', 'resume'])).stdout).toBe('Nothing was left to do.\n');
  });

  it('asks the user when it comes before the answer was recorded', async () => {
    expect((await easel(train, { killAt: 'after-submit' })).signal).toBe('SIGKILL');
    const resumed = await easel(['training', 'resume']);
    expect(resumed.code, resumed.stderr).toBe(6);
    expect(resumed.stderr).toMatch(/may have been charged/);
    const [lost] = await list();
    expect(lost).toMatchObject({ state: 'unknown', error: { code: 'unknown_outcome' } });
    expect((await easel(['training', 'resume'])).stdout).toBe('Nothing was left to do.\n');
    expect(fake.charges).toHaveLength(1);
    const again = await json<Training>(['training', 'answer', lost?.id ?? '', 'sendAgain']);
    expect(again.state).toBe('queued');
    expect((await list()).map(({ state }) => state)).toEqual(['queued', 'cancelled']);
    const cancelled = await json<Training>(['training', 'cancel', again.id]);
    expect(cancelled).toMatchObject({ state: 'cancelled', cost: { kind: 'reported', usd: 0 } });
    expect(fake.charges).toHaveLength(1);
  });

  it('sends what was only put down', async () => {
    expect((await easel(train, { killAt: 'job-recorded' })).signal).toBe('SIGKILL');
    expect(await list()).toMatchObject([{ state: 'queued' }]);
    const interrupted = await easel(['training', 'resume'], { killAt: 'pending+400' });
    expect(interrupted.signal).toBe('SIGKILL');
    expect((await easel(['training', 'resume'])).code).toBe(0);
    expect(await list()).toMatchObject([{ state: 'succeeded' }]);
    expect(fake.charges).toHaveLength(1);
  });
});

it('cancels a training at fal with Ctrl+C', async () => {
  await fake.close();
  fake = await startFake(fakeFal, { stepMs: 60_000 });
  environment = { EASEL_FAL_URL: fake.url, FAL_KEY: fake.keys.apiKey ?? '' };
  const outcome = await easel(train, {
    onStart: (child) => {
      child.stderr?.on('data', (text: string) => {
        if (text.includes('accepted')) child.kill('SIGINT');
      });
    },
  });
  expect(outcome.code, outcome.stderr).toBe(130);
  expect(fake.requests.some(({ method, path }) => method === 'PUT' && path.endsWith('/cancel'))).toBe(true);
  expect(await list()).toMatchObject([{ state: 'cancelled', error: null, cost: { kind: 'unknown' } }]);
});
