import { request } from 'node:http';
import { Ollama, type ChatRequest } from 'ollama';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../server/start-serve.ts';
import type { FakeOllamaOptions } from '../fakes/ollama/start-fake-ollama.ts';
import { startFakeOllama, type FakeOllama } from '../fakes/ollama/start-fake-ollama.ts';

const opened: FakeOllama[] = [];
afterEach(async () => {
  for (const fake of opened.splice(0)) await fake.close();
});

async function start(options?: FakeOllamaOptions): Promise<{ fake: FakeOllama; client: Ollama }> {
  const fake = await startFakeOllama(options);
  opened.push(fake);
  return { fake, client: new Ollama({ host: fake.url }) };
}

const schema = {
  type: 'object',
  properties: { prompt: { type: 'string' }, kept: { type: 'array', items: { type: 'string' } } },
  required: ['prompt', 'kept'],
};
const compress = {
  model: 'gpt-oss:20b',
  think: 'low',
  format: schema,
  messages: [
    { role: 'system', content: 'Shorten. The prompt must be at most 60 characters.' },
    { role: 'user', content: '<input>a red fox, a red fox in the snow, soft light, ⟦1⟧, oil painting</input>' },
  ],
} satisfies ChatRequest;

const failing = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: unknown) => error,
  );

describe('the official client', () => {
  it('learns version, models, abilities and what is loaded', async () => {
    const { client, fake } = await start();
    fake.load('gemma3:4b');
    expect(await client.version()).toEqual({ version: '0.33.0' });
    const { models } = await client.list();
    expect(models.map(({ name }) => name)).toEqual(fake.installed());
    expect((await client.show({ model: 'gemma3:4b' })).capabilities).toContain('vision');
    expect((await client.ps()).models).toMatchObject([{ name: 'gemma3:4b', size_vram: 3_340_000_000 }]);
    expect(await failing(client.show({ model: 'nobody' }))).toMatchObject({ status_code: 404 });
  });

  it('gets thoughts first, then an answer of the schema, then the numbers', async () => {
    const { client } = await start();
    let thinking = '';
    let text = '';
    let reason = '';
    for await (const { message, done, done_reason: why } of await client.chat({ ...compress, stream: true })) {
      thinking += message.thinking ?? '';
      text += message.content;
      if (done) reason = why;
    }
    expect(thinking).toContain('We need');
    const { prompt } = JSON.parse(text) as { prompt: string };
    expect(prompt.length).toBeLessThanOrEqual(60);
    expect(prompt).toMatch(/red fox.*⟦1⟧/);
    expect(reason).toBe('stop');
  });

  it('gets the same without a stream', async () => {
    const { client } = await start();
    const answer = await client.chat(compress);
    expect(JSON.parse(answer.message.content)).toHaveProperty('prompt');
    expect(answer).toMatchObject({ done: true, done_reason: 'stop' });
  });

  it('stops the model by aborting', async () => {
    const { client, fake } = await start({ settings: { answerMs: 1500 } });
    const stream = await client.chat({ ...compress, stream: true });
    await stream[Symbol.asyncIterator]().next();
    stream.abort();
    await until(() => fake.chats[0]?.state === 'closed');
    expect(fake.chats[0]?.pieces).toBeLessThan(20);
  });

  it('pulls layer by layer, and uses, and deletes the model', async () => {
    const { client, fake } = await start({ models: [] });
    const layers = new Set<string>();
    let last = '';
    for await (const { status, digest } of await client.pull({ model: 'llama3.2', stream: true })) {
      last = status;
      if (digest) layers.add(digest);
    }
    expect(layers.size).toBe(3);
    expect(last).toBe('success');
    expect(fake.installed()).toEqual(['llama3.2:latest']);
    const { message } = await client.chat({ model: 'llama3.2', messages: [{ role: 'user', content: 'a fox' }] });
    expect(message.content).toContain('a fox');
    await client.delete({ model: 'llama3.2' });
    expect(fake.installed()).toEqual([]);
  });

  it('loads and unloads', async () => {
    const { client, fake } = await start();
    await client.chat({ model: 'gpt-oss:20b' });
    expect(fake.loaded()).toEqual(['gpt-oss:20b']);
    await client.generate({ model: 'gpt-oss:20b', prompt: '', keep_alive: 0 });
    await until(() => fake.loaded().length === 0);
  });

  it('is refused as the server refuses', async () => {
    const { client, fake } = await start();
    const say = (more: object) =>
      failing(client.chat({ model: 'gpt-oss:20b', messages: [{ role: 'user', content: 'a fox' }], ...more }));
    expect(await say({ model: 'nobody' })).toMatchObject({ status_code: 404, message: "model 'nobody' not found" });
    expect(await say({ model: 'gemma3:4b', think: 'low' })).toMatchObject({ status_code: 400 });
    expect(await say({ model: 'nomic-embed-text' })).toMatchObject({ status_code: 400 });
    expect(await say({ options: { num_ctx: 'many' } })).toMatchObject({ status_code: 400 });
    fake.addFaults({ on: 'chat', kind: 'busy' }, { on: 'chat', kind: 'broken' });
    expect(await say({})).toMatchObject({ status_code: 503 });
    expect(await say({})).toMatchObject({ status_code: 500 });
    expect(fake.faultsWaiting()).toBe(0);
  });

  it('falls into the traps of gpt-oss: a schema gives nothing without thoughts, or on an old server', async () => {
    const { client, fake } = await start();
    expect((await client.chat({ ...compress, think: false })).message.content).toBe('');
    fake.settings.version = '0.11.0';
    expect((await client.chat(compress)).message.content).toBe('');
    const { format: _, ...free } = compress;
    expect((await client.chat(free)).message.content).not.toBe('');
  });

  it.each(['errorLine', 'cut', 'unfinished'] as const)('notices a stream that ends badly: %s', async (kind) => {
    const { client, fake } = await start();
    fake.addFaults({ on: 'chat', kind });
    const read = async (): Promise<void> => {
      for await (const piece of await client.chat({ ...compress, stream: true })) expect(piece.done).toBe(false);
    };
    expect(await failing(read())).toBeInstanceOf(Error);
  });
});

describe('the check of the host', () => {
  it.each([
    ['ollama.attacker.example', 403],
    ['8.8.8.8:11434', 403],
    ['localhost:11434', 200],
    ['studio.local', 200],
    ['192.168.1.7', 200],
  ])('answers who calls it %s with %i', async (host, status) => {
    const { fake } = await start();
    const got = await new Promise((resolve, reject) => {
      request(`${fake.url}/api/version`, { headers: { host } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(got).toBe(status);
  });
});
