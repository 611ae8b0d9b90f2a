import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/main/log.ts';
import { createOptimizer, type OptimizerOptions, type OptimizeWish } from '../../src/main/prompts/optimize-prompt.ts';
import { OllamaSettings } from '../../src/shared/models/ollama.ts';
import { optimizedPromptLength as limit } from '../../src/shared/prompt-text/limits.ts';
import type { ChatFault } from '../fakes/ollama/faults.ts';
import type { FakeOllamaOptions } from '../fakes/ollama/start-fake-ollama.ts';
import { until } from '../server/start-serve.ts';
import { longPrompt } from './long-prompt.ts';
import { failureOf, useStand } from './stand.ts';

const start = useStand();
const prompt = longPrompt(9000);
const kept = ['<lora:ink-wash:0.7>', '(cinematic lighting:1.3)', '"Open, all day"'];

async function studio(fakeOptions?: FakeOllamaOptions, more?: Partial<OptimizerOptions>) {
  let settings = OllamaSettings.parse({});
  let clock = 0;
  const { fake, ollama } = await start(fakeOptions, { allowedCloudModels: () => settings.allowedCloudModels });
  const optimizer = createOptimizer({
    ollama,
    settings: () => settings,
    now: () => Date.now() + clock,
    log: silentLog,
    deadlines: { loadedMs: 800, coldMs: 2000, answerMs: 1500 },
    ...more,
  });
  return {
    fake,
    optimize: (wish: Partial<OptimizeWish> = {}) => optimizer.optimize({ prompt, limit, ...wish }),
    change: (change: Partial<OllamaSettings>) => {
      settings = { ...settings, ...change };
    },
    wait: (milliseconds: number) => {
      clock += milliseconds;
    },
  };
}

describe('a long prompt', () => {
  it('is shortened by the model, with what must stay word for word, and says so', async () => {
    const { fake, optimize } = await studio();
    const { text, ...how } = await optimize();
    expect(text.length).toBeLessThanOrEqual(limit);
    for (const part of kept) expect(text.split(part)).toHaveLength(2);
    expect(how).toMatchObject({ by: 'ollama', model: 'gpt-oss:20b', reason: null, attempts: 1 });
    expect(how.conceptsKept).toBeGreaterThanOrEqual(0.9);
    expect(how.digest).toMatch(/^[\da-f]{64}$/);
    const [{ request } = { request: null }] = fake.chats;
    expect(request).toMatchObject({ think: 'low', options: { num_ctx: 8192, seed: 7 } });
    expect(request?.messages[1]?.content).not.toContain('lora:');
  });

  it('is told as it is written, with its parts back in place', async () => {
    const { optimize } = await studio();
    const pieces: string[] = [];
    const { text } = await optimize({ onText: (piece) => pieces.push(piece) });
    expect(pieces.length).toBeGreaterThan(10);
    expect(pieces.join('')).toContain('<lora:ink-wash:0.7>');
    expect(pieces.join('').replaceAll(/\s+/g, ' ')).toBe(text);
  });

  it('keeps the user’s own terms', async () => {
    const { optimize } = await studio();
    const { text, by } = await optimize({ locked: ['a sleeping grey cat'] });
    expect(by).toBe('ollama');
    expect(text).toContain('a sleeping grey cat');
  });

  it('is asked for once, as long as nothing has changed', async () => {
    const { fake, optimize } = await studio();
    const first = await optimize();
    const again = await optimize();
    expect(again).toEqual({ ...first, ms: again.ms });
    await optimize({ limit: 2000 });
    expect(fake.chats).toHaveLength(2);
    expect(fake.requests.filter(({ path }) => path === '/api/version')).toHaveLength(1);
  });

  it('is left alone where it is short enough', async () => {
    const { fake, optimize } = await studio();
    expect(await optimize({ prompt: 'a fox' })).toMatchObject({ text: 'a fox', by: 'none', conceptsKept: 1 });
    expect(fake.requests).toEqual([]);
  });

  it('with hardly anything that may be worded anew is shortened by rules', async () => {
    const { fake, optimize } = await studio();
    const quoted = `${Array.from({ length: 40 }, (_, at) => `"sign number ${at} ${'x'.repeat(60)}"`).join(', ')}, a fox`;
    const { by, reason, text } = await optimize({ prompt: quoted, limit: 2500 });
    expect({ by, reason }).toEqual({ by: 'local', reason: expect.stringContaining('word for word') as string });
    expect(text.length).toBeLessThanOrEqual(2500);
    expect(fake.chats).toEqual([]);
  });

  it.each(['gemma3:4b', 'llama3.2'])('is shortened by any installed model: %s', async (model) => {
    const { fake, optimize, change } = await studio({ models: [model] });
    change({ model });
    expect(await optimize()).toMatchObject({ by: 'ollama' });
    expect(fake.chats[0]?.request.think).toBeUndefined();
  });
});

describe('an answer that can not be taken', () => {
  it.each<[ChatFault, RegExp]>([
    ['essay', /not the JSON object/],
    ['thinkingOnly', /was empty/],
    ['empty', /was empty/],
    ['otherLanguage', /lost too much/],
    ['conceptsGone', /lost too much/],
    ['overLong', /had \d+ characters; limit 2999/],
    ['length', /cut off/],
    ['refusal', /words about it/],
  ])('is asked for once more with its fault named, and then by rules: %s', async (kind, words) => {
    const { fake, optimize } = await studio();
    const again: string[] = [];
    fake.addFaults({ on: 'chat', kind });
    expect(await optimize({ onAgain: (reason) => again.push(reason) })).toMatchObject({ by: 'ollama', attempts: 2 });
    expect(again).toEqual([expect.stringMatching(words)]);
    expect(fake.chats[1]?.request.messages.at(-1)?.content).toMatch(words);
    expect(fake.chats[1]?.request.options?.temperature).toBe(0);
    fake.addFaults({ on: 'chat', kind, times: 2 });
    const { text, ...how } = await optimize({ limit: 2990 });
    expect(how).toMatchObject({ by: 'local', attempts: 2 });
    expect(how.reason).toMatch(kind === 'overLong' ? /had \d+ characters; limit 2990/ : words);
    expect(text.length).toBeLessThanOrEqual(2990);
    for (const part of kept) expect(text).toContain(part);
  });

  it('is taken all the same where only its wrapping is wrong, a marker is missing, or it is a little long', async () => {
    const { fake, optimize } = await studio();
    fake.addFaults(
      { on: 'chat', kind: 'fenced' },
      { on: 'chat', kind: 'markersLost' },
      { on: 'chat', kind: 'slightlyLong' },
    );
    expect(await optimize()).toMatchObject({ by: 'ollama', attempts: 1 });
    const { text, by, attempts } = await optimize({ limit: 2500 });
    expect({ by, attempts }).toEqual({ by: 'ollama', attempts: 1 });
    for (const part of kept) expect(text).toContain(part);
    const trimmed = await optimize({ limit: 2998 });
    expect(trimmed).toMatchObject({ by: 'ollama', attempts: 1 });
    expect(trimmed.text.length).toBeLessThanOrEqual(2998);
    for (const part of kept) expect(trimmed.text).toContain(part);
  });

  it.each<[ChatFault, RegExp]>([
    ['cut', /broke off/],
    ['unfinished', /broke off/],
    ['errorLine', /Ollama failed: an error was encountered/],
    ['broken', /Ollama failed: llama runner/],
    ['contextFull', /longer than the context/],
    ['forbidden', /lets nobody in/],
    ['silent', /did not begin to answer/],
    ['stall', /did not finish its answer/],
    ['endless', /far more than it was asked for/],
    ['redirect', /sends Easel elsewhere/],
    ['html', /is no Ollama/],
  ])('because none came is not waited for again: %s', async (kind, words) => {
    const { fake, optimize } = await studio({ settings: { answerMs: 500 } });
    fake.load('gpt-oss:20b');
    fake.addFaults({ on: 'chat', kind });
    const { text, ...how } = await optimize();
    expect(how).toMatchObject({ by: 'local', attempts: 1, reason: expect.stringMatching(words) as string });
    expect(text.length).toBeLessThanOrEqual(limit);
    if (['silent', 'stall', 'endless'].includes(kind)) await until(() => fake.chats[0]?.state === 'closed');
    expect(await optimize()).toMatchObject({ by: 'ollama' });
  });
});

describe('a model that keeps prompts waiting in vain', () => {
  it('is left alone by jobs for some minutes, but not by somebody who watches', async () => {
    const { fake, optimize, wait } = await studio({}, { slowMs: 500 });
    fake.load('gpt-oss:20b');
    fake.addFaults({ on: 'chat', kind: 'silent' });
    expect(await optimize()).toMatchObject({ by: 'local', attempts: 1 });
    const { by, reason, attempts } = await optimize({ limit: 2500 });
    expect({ by, attempts }).toEqual({ by: 'local', attempts: 0 });
    expect(reason).toMatch(/gpt-oss:20b.*did not begin to answer.*left alone/);
    expect(fake.chats).toHaveLength(1);
    wait(300_000);
    expect((await optimize({ limit: 2500 })).by).toBe('ollama');
    fake.addFaults({ on: 'chat', kind: 'silent' });
    await optimize({ limit: 2400 });
    expect((await optimize({ limit: 2300, onText: () => undefined })).by).toBe('ollama');
    expect((await optimize({ limit: 2200 })).by).toBe('ollama');
  });
});

describe('without a model', () => {
  it('says that no Ollama answers, soon', async () => {
    const { fake, optimize } = await studio();
    await fake.close();
    const { by, reason, ms, text } = await optimize();
    expect({ by, reason }).toEqual({ by: 'local', reason: expect.stringContaining('No Ollama answers') as string });
    expect(ms).toBeLessThan(5000);
    expect(text.length).toBeLessThanOrEqual(limit);
  });

  it('names the model and how to get it, and uses it soon after it has come', async () => {
    const { fake, optimize, wait } = await studio({ models: ['gemma3:4b'] });
    const { by, reason } = await optimize();
    expect(by).toBe('local');
    expect(reason).toMatch(/gpt-oss:20b is not installed.*easel ollama pull gpt-oss:20b, or choose.*gemma3:4b/);
    fake.install('gpt-oss:20b');
    wait(6000);
    expect((await optimize()).by).toBe('ollama');
  });

  it('goes on by rules while it is killed in the middle', async () => {
    const { fake, optimize } = await studio({ settings: { answerMs: 10_000 } }, { deadlines: { answerMs: 20_000 } });
    const result = optimize();
    await until(() => (fake.chats[0]?.pieces ?? 0) > 3);
    await fake.close();
    expect(await result).toMatchObject({ by: 'local', reason: expect.stringMatching(/broke off/) as string });
  });

  it('waits for one that loads, but not for ever', async () => {
    const { fake, optimize } = await studio({ settings: { loadMs: 1000 } });
    expect((await optimize()).by).toBe('ollama');
    const slow = await studio({ settings: { loadMs: 20_000 } });
    expect(await slow.optimize()).toMatchObject({ by: 'local', reason: expect.stringContaining('did not begin') });
    await until(() => slow.fake.chats[0]?.state === 'closed');
    expect(fake.chats[0]?.state).toBe('done');
  });

  it.each(['gpt-oss:120b-cloud', 'writer'])('never uses %s of the cloud without a yes', async (model) => {
    const { fake, optimize, change } = await studio({ models: ['gpt-oss:120b-cloud', 'writer'] });
    change({ model });
    expect(await optimize()).toMatchObject({ by: 'local', reason: expect.stringContaining('leave this machine') });
    expect(fake.chats).toEqual([]);
    change({ allowedCloudModels: [model] });
    expect((await optimize()).by).toBe('ollama');
  });

  it.each([
    [{ model: 'nomic-embed-text' }, /can not write/],
    [{ use: false }, /turned off/],
  ])('says what the settings have to do with it: %j', async (change, words) => {
    const { optimize, change: set } = await studio();
    set(change);
    expect(await optimize()).toMatchObject({ by: 'local', reason: expect.stringMatching(words) as string });
  });

  it('gets on with a server too old for schemas', async () => {
    const { fake, optimize } = await studio({ settings: { version: '0.11.0' } });
    expect(await optimize()).toMatchObject({ by: 'ollama', attempts: 1 });
    expect(fake.chats[0]?.request.format).toBeUndefined();
  });
});

describe('cancelling', () => {
  it('stops the model and rejects', async () => {
    const { fake, optimize } = await studio({ settings: { answerMs: 10_000 } }, { deadlines: { answerMs: 20_000 } });
    const controller = new AbortController();
    const result = failureOf(optimize({ signal: controller.signal }));
    await until(() => fake.chats[0]?.state === 'writing');
    controller.abort();
    expect(await result).toMatchObject({ name: 'AbortError' });
    await until(() => fake.chats[0]?.state === 'closed');
  });

  it('while waiting for a turn neither asks nor holds up the others', async () => {
    const { fake, optimize } = await studio({ settings: { answerMs: 300 } });
    const first = optimize();
    const controller = new AbortController();
    const second = failureOf(optimize({ limit: 2000, signal: controller.signal }));
    const third = optimize({ limit: 2500 });
    await until(() => fake.chats[0]?.state === 'writing');
    controller.abort();
    expect(await second).toMatchObject({ name: 'AbortError' });
    expect(fake.chats[0]?.state).toBe('writing');
    expect([(await first).by, (await third).by]).toEqual(['ollama', 'ollama']);
    expect(fake.chats).toHaveLength(2);
  });
});
