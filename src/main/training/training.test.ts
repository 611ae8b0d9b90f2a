import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import type { AppEvent } from '../../shared/models/events.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import { RoutingSettings } from '../../shared/models/routing.ts';
import type { TrainingWish } from '../../shared/models/training.ts';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open-database.ts';
import { markTrainingSending, trainingById } from '../database/trainings.ts';
import { createEvents } from '../events.ts';
import { silentLog } from '../log.ts';
import { manifest } from '../providers/fal/manifest.ts';
import { ProviderError, type ImageProvider, type Training, type TrainingRequest } from '../providers/provider.ts';
import { createTraining } from './training.ts';

const task = { remoteId: 'r1', name: 'Pier' };
const accepted: Training = { state: 'pending', task, askAgainInMs: 1 };
const model = {
  id: 'fal-ai/flux-lora#https://files.example/pier.safetensors',
  name: 'Pier',
  source: 'https://files.example/pier.safetensors',
};
const finished: Training = { state: 'finished', model, cost: { kind: 'reported', usd: 2 } };
const picture = (letter: string): string => `${letter.repeat(64)}.png`;
const wish: TrainingWish = {
  provider: 'fal',
  name: 'Pier',
  triggerWord: 'pierxy',
  description: 'a pier at the sea',
  subject: 'object',
  images: ['a', 'b', 'c', 'd'].map(picture),
};
const later = new Promise<never>(() => undefined);
type Answer = Training | Error | Promise<Training>;
interface Answers {
  readonly train?: readonly Answer[];
  readonly collect?: readonly Answer[];
}

let root: string;
let database: Database;
/** What leaves, in the order in which it leaves. */
let sent: TrainingRequest[];
let asked: number;
let cancelled: string[];
let gone: string[];
let clock: number;
let settings: RoutingSettings;
const open: { close(): Promise<void> }[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-training-'));
  database = openDatabase(root, 'write');
  [sent, asked, cancelled, gone, clock] = [[], 0, [], [], 0];
  settings = RoutingSettings.parse({});
});
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
  database.close();
  rmSync(root, { recursive: true, force: true });
});

/** Easel, once more at the same library, with a service that answers with these, one after the other, the last for ever. */
function start({ train = [accepted], collect = [finished] }: Answers = {}) {
  const answersOf = (answers: readonly Answer[]) => {
    let next = 0;
    return async (): Promise<Training> => {
      const answer = await answers[Math.min(next, answers.length - 1)]!;
      next += 1;
      if (answer instanceof Error) throw answer;
      return answer;
    };
  };
  const [trainNext, collectNext] = [answersOf(train), answersOf(collect)];
  const provider: ImageProvider = {
    manifest,
    submit: () => Promise.reject(new Error('not asked for')),
    collect: () => Promise.reject(new Error('not asked for')),
    checkHealth: () => Promise.resolve({ version: null, message: '' }),
    train: async (request, { signal }) => {
      sent.push(request);
      const stopped = new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new ProviderError('unknown_outcome', 'The answer was lost.'));
        });
      });
      return Promise.race([trainNext(), stopped]);
    },
    collectTraining: (collected) => {
      expect(collected.remoteId).toBe('r1');
      asked += 1;
      return collectNext();
    },
    cancel: () => Promise.reject(new Error('it would stop a picture')),
    cancelTraining: ({ remoteId }) => {
      cancelled.push(remoteId);
      return Promise.resolve(true);
    },
    close: () => Promise.resolve(),
  };
  const events = createEvents();
  const told: AppEvent[] = [];
  events.listen((event) => told.push(event));
  const status = { manifest, enabled: true, health: { state: 'ready', message: '' } } as unknown as ProviderStatus;
  const check = vi.fn(() => Promise.resolve(status));
  const training = createTraining({
    database,
    events,
    log: silentLog,
    now: () => (clock += 20_000),
    settings: () => settings,
    providers: { open: () => Promise.resolve(provider), list: () => [status], status: () => status, check },
    readInput: (id) => {
      if (gone.includes(id)) return Promise.reject(new AppError('referenceUnreadable', 'The reference image is gone.'));
      const [hash = ''] = id.split('.');
      return Promise.resolve({ bytes: Uint8Array.of(1), hash, format: 'png', width: 8, height: 8 });
    },
  });
  open.push(training);
  return { training, told, check };
}

const until = (condition: () => boolean) => vi.waitUntil(condition, { interval: 2, timeout: 2000 });
const working = { waitsForProviders: true };

describe('a training', () => {
  const forbidding: [string, object, string, RegExp][] = [
    ['there is a cap, since nobody knows what it will cost', { caps: { month: 20 } }, 'overBudget', /there is a cap/],
    ['cloud services are switched off', { cloudOff: true }, 'noProvider', /fal is a cloud service.*Switch/],
    ['nobody but another one may be used', { mode: 'single', primary: null }, 'noProvider', /Only the primary/],
  ];
  it.each(forbidding)('is not begun while %s', async (_, inForce, code, message) => {
    settings = RoutingSettings.parse(inForce);
    const begun = start().training.start(wish);
    await expect(begun).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect(sent).toEqual([]);
  });

  it.each(forbidding)('that waited for another one is not sent once %s', async (_, inForce, code, message) => {
    const { training } = start({ collect: [accepted] });
    const first = await training.start(wish);
    const second = await training.start({ ...wish, name: 'Quay' });
    training.startWork(working);
    await until(() => asked > 0);
    settings = RoutingSettings.parse(inForce);
    await training.cancel(first.id);
    expect(await training.ended(second.id)).toMatchObject({
      state: 'failed',
      error: { code, message: expect.stringMatching(message) as string },
      cost: { kind: 'reported', usd: 0 },
    });
    expect(sent.map(({ name }) => name)).toEqual(['Pier']);
  });

  it.each(forbidding)(
    'that was sent is asked about all the same, but is not sent again, while %s',
    async (_, inForce, code) => {
      const lost: Answers = { collect: [accepted, { state: 'lost' }] };
      const { training } = start(lost);
      const { id } = await training.start(wish);
      training.startWork(working);
      await until(() => sent.length > 0);
      settings = RoutingSettings.parse(inForce);
      expect((await training.ended(id)).state).toBe('unknown');
      expect(() => training.answer({ id, answer: 'sendAgain' })).toThrow(expect.objectContaining({ code }) as Error);
      expect([training.show(id).state, sent.length]).toEqual(['unknown', 1]);
    },
  );

  it('is recorded before it is sent, is asked about until it ends, and its model is known from then on', async () => {
    const progress = { fraction: 0.5, stage: 'Working', queuePosition: 0 };
    const { training, told, check } = start({ collect: [{ ...accepted, progress }, finished] });
    const { id, state } = await training.start(wish);
    expect([state, sent.length]).toEqual(['queued', 0]);
    expect(trainingById(database.read, id)).toMatchObject({ ...wish, steps: null });
    training.startWork(working);
    expect(await training.ended(id)).toMatchObject({
      state: 'succeeded',
      model,
      remoteId: 'r1',
      cost: { kind: 'reported', usd: 2 },
      progress: null,
    });
    const { provider: _provider, images, ...words } = wish;
    expect(sent).toEqual([expect.objectContaining({ ...words, steps: null })]);
    expect(sent[0]?.images.map(({ hash }) => `${hash}.png`)).toEqual(images);
    expect(training.modelsOf('fal')).toEqual([model]);
    expect(check).toHaveBeenCalledExactlyOnceWith('fal');
    const states = told.flatMap((event) => (event.kind === 'trainingChanged' ? event.training : []));
    expect(states.map((each) => [each.state, each.progress])).toEqual([
      ['queued', null],
      ['sending', null],
      ['pending', null],
      ['pending', progress],
      ['succeeded', null],
    ]);
    expect(start().training.modelsOf('fal')).toEqual([model]);
    expect(training.models({}).models).toEqual([
      expect.objectContaining({ ...model, triggerWord: 'pierxy', trainingId: id }),
    ]);
    expect(training.models({ provider: 'replicate' }).models).toEqual([]);
  });

  it('goes on after a restart and is not sent a second time', async () => {
    const first = start({ collect: [accepted] });
    const { id } = await first.training.start(wish);
    first.training.startWork(working);
    await until(() => asked > 1);
    await first.training.close();
    const { training } = start();
    training.startWork(working);
    expect((await training.ended(id)).state).toBe('succeeded');
    expect(sent).toHaveLength(1);
  });

  it('waits for the user after a restart in the middle of sending, and is never sent again by itself', async () => {
    const { id } = await start().training.start(wish);
    database.write((writer) => {
      markTrainingSending(writer, id);
    });
    const { training } = start();
    training.startWork(working);
    const ended = await training.ended(id);
    expect(ended).toMatchObject({ state: 'unknown', error: { code: 'unknown_outcome' }, cost: { kind: 'unknown' } });
    training.startWork(working);
    expect(sent).toHaveLength(0);
  });

  it('keeps an answer that comes while Easel closes', async () => {
    const answer = Promise.withResolvers<Training>();
    const { training } = start({ train: [answer.promise] });
    const { id } = await training.start(wish);
    training.startWork(working);
    await until(() => sent.length === 1);
    const closed = training.close();
    answer.resolve(accepted);
    await closed;
    expect(trainingById(database.read, id)).toMatchObject({ state: 'pending', task });
  });

  it.each<[string, Answers]>([
    ['whose answer is lost', { train: [new ProviderError('unknown_outcome', 'The answer was lost.')] }],
    ['that the service forgot', { collect: [{ state: 'lost' }] }],
  ])('%s waits for the user, who can send it again or give it up', async (_, answers) => {
    const { training } = start({ ...answers, train: answers.train ? [...answers.train, accepted] : [accepted] });
    const { id } = await training.start(wish);
    training.startWork(working);
    expect((await training.ended(id)).state).toBe('unknown');
    const again = training.answer({ id, answer: 'sendAgain' });
    expect(again).toMatchObject({ state: 'queued', name: 'Pier', images: wish.images });
    expect(training.show(id)).toMatchObject({ state: 'cancelled', error: { code: 'unknown_outcome' } });
    expect(() => training.answer({ id, answer: 'sendAgain' })).toThrow(/does not wait for an answer/);
    const end = await training.ended(again.id);
    expect(new Set(sent.map(({ attemptId }) => attemptId.slice(0, 8))).size).toBe(2);
    if (end.state !== 'unknown') return;
    expect(training.answer({ id: again.id, answer: 'giveUp' }).state).toBe('cancelled');
    expect(sent).toHaveLength(2);
  });

  it('says why it failed, and that a refusal costs nothing', async () => {
    const refusal = new ProviderError('invalid_request', 'Too few pictures.', { providerText: 'too few' });
    const { training } = start({ train: [refusal] });
    const { id } = await training.start(wish);
    training.startWork(working);
    expect(await training.ended(id)).toMatchObject({
      state: 'failed',
      error: { code: 'invalid_request', message: 'Too few pictures.', details: { providerText: 'too few' } },
      cost: { kind: 'reported', usd: 0 },
    });
  });

  it('leaves the cost open where an accepted one fails by the report of the service', async () => {
    const { training } = start({ collect: [new ProviderError('server', 'It broke.', { isFinal: true })] });
    const { id } = await training.start(wish);
    training.startWork(working);
    expect(await training.ended(id)).toMatchObject({
      state: 'failed',
      error: { code: 'server' },
      cost: { kind: 'unknown' },
    });
  });

  it('fails without being sent when one of its pictures is gone', async () => {
    const { training } = start();
    const { id } = await training.start(wish);
    gone = [picture('c')];
    training.startWork(working);
    expect(await training.ended(id)).toMatchObject({ state: 'failed', error: { code: 'referenceUnreadable' } });
    expect(sent).toHaveLength(0);
  });

  it('outlasts a service that does not answer for a while', async () => {
    const away = new ProviderError('network', 'Nothing answers.', { retryAfterMs: 1 });
    const { training, told } = start({ collect: [away, away, away, away, finished] });
    const { id } = await training.start(wish);
    training.startWork(working);
    expect((await training.ended(id)).state).toBe('succeeded');
    expect(told).toContainEqual(
      expect.objectContaining({
        training: expect.objectContaining({
          progress: expect.objectContaining({ stage: 'Waiting for fal to answer' }) as unknown,
        }) as unknown,
      }),
    );
  });

  it('is left as it stands where a single command has waited long enough for an answer', async () => {
    const { training } = start({ collect: [new ProviderError('network', 'Nothing answers.', { retryAfterMs: 1 })] });
    const { id } = await training.start(wish);
    training.startWork({ waitsForProviders: false });
    await expect(training.ended(id)).rejects.toMatchObject({
      code: 'network',
      message: expect.stringMatching(/accepted/) as string,
    });
    expect(training.show(id).state).toBe('pending');
  });
});

describe('cancelling a training', () => {
  it('stops it at the service', async () => {
    const { training } = start({ collect: [accepted] });
    const { id } = await training.start(wish);
    training.startWork(working);
    await until(() => asked > 0);
    expect(await training.cancel(id)).toMatchObject({ state: 'cancelled', error: null, cost: { kind: 'unknown' } });
    expect(cancelled).toEqual(['r1']);
    await expect(training.cancel(id)).rejects.toMatchObject({ code: 'wrongState' });
  });

  it('costs nothing before it was sent', async () => {
    const { training } = start();
    const { id } = await training.start(wish);
    expect(await training.cancel(id)).toMatchObject({ state: 'cancelled', cost: { kind: 'reported', usd: 0 } });
    training.startWork(working);
    expect([sent.length, cancelled.length]).toEqual([0, 0]);
  });

  it('says that it may be charged where the service had not answered yet', async () => {
    const { training } = start({ train: [later] });
    const { id } = await training.start(wish);
    training.startWork(working);
    await until(() => sent.length === 1);
    expect(await training.cancel(id)).toMatchObject({
      state: 'cancelled',
      error: { message: expect.stringMatching(/before fal had answered/) as string },
    });
  });

  it('works for one that an earlier run left', async () => {
    const { training: first } = start({ collect: [accepted] });
    const { id } = await first.start(wish);
    first.startWork(working);
    await until(() => asked > 0);
    await first.close();
    expect((await start().training.cancel(id)).state).toBe('cancelled');
    expect(cancelled).toEqual(['r1']);
  });
});

describe('trainings', () => {
  it('are made one after the other by a provider', async () => {
    const { training } = start({ collect: [accepted] });
    const first = await training.start(wish);
    await training.start({ ...wish, name: 'Quay' });
    training.startWork(working);
    await until(() => asked > 2);
    expect(sent.map(({ name }) => name)).toEqual(['Pier']);
    await training.cancel(first.id);
    await until(() => sent.length === 2);
    expect(sent[1]?.name).toBe('Quay');
  });

  it('are not begun by a program that works on something else', async () => {
    const { training } = start();
    const { id } = await training.start(wish);
    training.startWork({ only: [crypto.randomUUID()], waitsForProviders: false });
    expect([training.show(id).state, sent.length]).toEqual(['queued', 0]);
  });

  it('are shown page by page, newest first', async () => {
    const { training } = start();
    for (const name of ['one', 'two', 'three']) await training.start({ ...wish, name });
    const page = training.list({ limit: 2 });
    expect(page.trainings.map(({ name }) => name)).toEqual(['three', 'two']);
    expect(training.list({ limit: 2, before: page.next! }).trainings.map(({ name }) => name)).toEqual(['one']);
    expect(() => training.show(crypto.randomUUID())).toThrow(/There is no training/);
  });

  it('are refused with the same picture twice', async () => {
    const twice = start().training.start({ ...wish, images: [picture('a'), picture('a')] });
    await expect(twice).rejects.toMatchObject({ code: 'badInput' });
  });
});
