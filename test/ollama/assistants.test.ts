import sharp from 'sharp';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAssistants } from '../../src/main/prompts/assistants.ts';
import { AssistantWish, type AssistantEvent } from '../../src/shared/models/assistants.ts';
import type { ImageFormat } from '../../src/shared/models/image.ts';
import { OllamaSettings } from '../../src/shared/models/ollama.ts';
import type { ChatFault } from '../fakes/ollama/faults.ts';
import type { FakeOllamaOptions } from '../fakes/ollama/start-fake-ollama.ts';
import { until } from '../server/start-serve.ts';
import { failureOf, useStand } from './stand.ts';

const start = useStand();
let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'easel-assistants-'));
  const red = { width: 2400, height: 1200, channels: 4, background: { r: 200, g: 0, b: 0, alpha: 0.5 } } as const;
  writeFileSync(join(folder, 'large.png'), await sharp({ create: red }).png().toBuffer());
  writeFileSync(join(folder, 'damaged.png'), 'no picture');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const imageId = '00000000-0000-7000-8000-000000000000';

async function studio(
  fakeOptions?: FakeOllamaOptions,
  settings: Partial<OllamaSettings> = {},
  picture = { name: 'large.png', format: 'png' as ImageFormat },
) {
  const { fake, ollama } = await start(fakeOptions);
  const assistants = createAssistants({
    ollama,
    settings: () => OllamaSettings.parse(settings),
    now: Date.now,
    picture: () => ({ path: join(folder, picture.name), format: picture.format }),
    deadlines: { loadedMs: 800, coldMs: 2000, answerMs: 1500 },
  });
  const run = async (wish: Partial<AssistantWish>, signal?: AbortSignal): Promise<AssistantEvent[]> => {
    const events: AssistantEvent[] = [];
    const whole = AssistantWish.parse({ task: 'expand', text: 'a fox <lora:ink:0.8>', ...wish });
    for await (const event of assistants.run(whole, signal)) events.push(event);
    return events;
  };
  return { fake, assistants, run };
}

describe('an assistant', () => {
  it.each<[Partial<AssistantWish>, RegExp, RegExp]>([
    [{ task: 'expand' }, /Make the prompt richer/, /a fox.*golden hour light/],
    [{ task: 'rewrite', style: 'film "noir"' }, /in the style "film noir"/, /written anew/],
    [{ task: 'translate', language: 'German' }, /into German/, /^translated: a fox/],
    [{ task: 'translate' }, /into English/, /^translated/],
    [{ task: 'negative' }, /negative prompt/, /^blurry/],
  ])('does %j, streamed, and tells who did', async (wish, asked, written) => {
    const { fake, run } = await studio();
    const events = await run(wish);
    expect(events.slice(0, 2)).toEqual([{ kind: 'model', model: 'gpt-oss:20b' }, { kind: 'thinking' }]);
    const last = events.at(-1);
    if (last?.kind !== 'done') throw new Error('it did not end');
    expect(last.result).toMatchObject({ model: 'gpt-oss:20b', text: expect.stringMatching(written) as string });
    expect(events.flatMap((event) => (event.kind === 'text' ? event.text : [])).join('')).toBe(last.result.text);
    expect(fake.chats[0]?.request.messages[0]?.content).toMatch(asked);
    expect(fake.chats[0]?.request.options?.num_ctx).toBe(8192);
  });

  it('describes a picture with a model that can see, which gets a small copy', async () => {
    const { fake, run } = await studio();
    const events = await run({ task: 'describe', imageId });
    expect(events[0]).toEqual({ kind: 'model', model: 'gemma3:4b' });
    const [image = ''] = fake.chats[0]?.request.messages.at(-1)?.images ?? [];
    const { format, width, height } = await sharp(Buffer.from(image, 'base64')).metadata();
    expect({ format, width, height }).toEqual({ format: 'jpeg', width: 1024, height: 512 });
    await run({ task: 'describe', imageId, as: 'alt' });
    expect(fake.chats[1]?.request.messages[0]?.content).toMatch(/alternative text/);
  });

  it('says which ones can be used, and of the others why not and how that changes', async () => {
    const { assistants } = await studio({ models: ['gpt-oss:20b'] });
    const tasks = await assistants.available();
    expect(tasks.filter(({ model }) => model === 'gpt-oss:20b').map(({ task }) => task)).toEqual([
      'expand',
      'rewrite',
      'translate',
      'negative',
    ]);
    expect(tasks.at(-1)).toMatchObject({
      task: 'describe',
      model: null,
      reason: expect.stringContaining('easel ollama pull gemma3:4b') as string,
    });
    const without = await studio();
    await without.fake.close();
    for (const { reason } of await without.assistants.available()) expect(reason).toMatch(/No Ollama answers/);
  });

  it.each([
    [{ visionModel: 'gpt-oss:20b' }, /can not see pictures/],
    [{ visionModel: 'llava' }, /llava is not installed.*or choose one that is there: gemma3:4b/],
  ])('does not describe with a model that can not: %j', async (settings, words) => {
    const { run } = await studio({}, settings);
    expect(await failureOf(run({ task: 'describe', imageId }))).toMatchObject({
      code: 'wrongState',
      message: expect.stringMatching(words) as string,
    });
  });

  it.each<[Partial<AssistantWish>, RegExp]>([
    [{ text: ' \n' }, /Write a prompt first/],
    [{ task: 'rewrite' }, /in which style/],
    [{ task: 'describe' }, /Choose the picture/],
  ])('asks for what is missing: %j', async (wish, words) => {
    const { fake, run } = await studio();
    expect(await failureOf(run(wish))).toMatchObject({
      code: 'badInput',
      message: expect.stringMatching(words) as string,
    });
    expect(fake.requests).toEqual([]);
  });

  it.each([
    ['large.png', 'mp4', /video/],
    ['damaged.png', 'png', /damaged/],
    ['missing.png', 'png', /gone/],
  ] as const)('does not send what is no picture: %s as %s', async (name, format, words) => {
    const { fake, run } = await studio({}, {}, { name, format });
    expect((await failureOf(run({ task: 'describe', imageId }))).message).toMatch(words);
    expect(fake.chats).toEqual([]);
  });

  it.each<[ChatFault, RegExp]>([
    ['thinkingOnly', /answered nothing/],
    ['empty', /answered nothing/],
    ['refusal', /talked about the task/],
    ['length', /reached its limit/],
    ['endless', /far more than/],
    ['cut', /broke off/],
    ['errorLine', /Ollama failed/],
    ['silent', /did not begin/],
    ['stall', /did not finish/],
    ['broken', /Ollama failed/],
  ])('does not hand on what is no answer: %s', async (kind, words) => {
    const { fake, run } = await studio();
    fake.load('gpt-oss:20b');
    fake.addFaults({ on: 'chat', kind });
    expect((await failureOf(run({ text: 'a fox '.repeat(1000) }))).message).toMatch(words);
  });

  it('stops the model when it is cancelled', async () => {
    const { fake, run } = await studio({ settings: { answerMs: 1200 } });
    const controller = new AbortController();
    const cancelled = failureOf(run({}, controller.signal));
    await until(() => fake.chats[0]?.state === 'writing');
    controller.abort();
    expect(await cancelled).toMatchObject({ name: 'AbortError' });
    await until(() => fake.chats[0]?.state === 'closed');
  });
});
