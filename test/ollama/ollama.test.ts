import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { ChatWish } from '../../src/main/ollama/chat.ts';
import type { Ollama } from '../../src/main/ollama/ollama.ts';
import { ollamaAddress } from '../../src/main/ollama/ollama-address.ts';
import type { ChatFault } from '../fakes/ollama/faults.ts';
import { until } from '../server/start-serve.ts';
import { failureOf, useStand } from './stand.ts';

const start = useStand();
const deadlines = { loadedMs: 800, coldMs: 2000, answerMs: 1000 };
const wish: ChatWish = {
  model: 'gpt-oss:20b',
  messages: [{ role: 'user', content: 'a fox in the snow' }],
  deadlines,
  mostCharacters: 2000,
};

async function read(ollama: Ollama, more: Partial<ChatWish> = {}) {
  const heard = { thinking: '', text: '', end: null as string | null };
  for await (const piece of ollama.chat({ ...wish, ...more })) {
    if (piece.kind === 'end') heard.end = piece.reason;
    else heard[piece.kind] += piece.text;
  }
  return heard;
}

describe('what Ollama says of itself', () => {
  it('is its version', async () => {
    const { ollama, fake } = await start();
    expect(await ollama.status()).toEqual({
      url: fake.url,
      source: 'environment',
      variable: 'EASEL_OLLAMA_URL',
      isThisMachine: true,
      isReachable: true,
      version: '0.33.0',
      problem: null,
    });
  });

  it('is nothing where it is not, and the reason says what to do', async () => {
    const { ollama, fake } = await start();
    await fake.close();
    const { isReachable, version, problem } = await ollama.status();
    expect({ isReachable, version }).toEqual({ isReachable: false, version: null });
    expect(problem).toMatch(/No Ollama answers at http.*Start Ollama, or correct its address/);
  });

  it('is refused where its check of hosts lets nobody in', async () => {
    const { ollama } = await start({ settings: { refusesHost: true } });
    expect((await ollama.status()).problem).toMatch(/lets nobody in under this address/);
  });

  it.each([
    ['a web page', 200, 'text/html', '<!doctype html>', /is no Ollama/],
    ['another service', 200, 'application/json', '{"hello":"world"}', /is no Ollama/],
    ['a redirect', 302, 'text/plain', '', /sends Easel elsewhere/],
  ])('is not believed of %s', async (_, status, type, body, words) => {
    const server = createServer((__, response) => {
      response.writeHead(status, { 'content-type': type, location: 'http://127.0.0.1:1/' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { ollama } = await start({}, { address: () => ollamaAddress({}, url) });
    expect((await ollama.status()).problem).toMatch(words);
    server.closeAllConnections();
    server.close();
  });

  it('is not waited for without end', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { ollama } = await start({}, { address: () => ollamaAddress({}, url), askMs: 50 });
    expect((await ollama.status()).problem).toMatch(/did not answer within 1 s/);
    server.closeAllConnections();
    server.close();
  });

  it('are its models with size, abilities, and what of them is in memory', async () => {
    const { ollama, fake } = await start({ models: ['gpt-oss:20b', 'gemma3:4b', 'writer', 'gpt-oss:120b-cloud'] });
    fake.load('gemma3:4b');
    const models = await ollama.models();
    expect(models.map(({ name, isCloud, isLoaded }) => ({ name, isCloud, isLoaded }))).toEqual([
      { name: 'gpt-oss:20b', isCloud: false, isLoaded: false },
      { name: 'gemma3:4b', isCloud: false, isLoaded: true },
      { name: 'writer:latest', isCloud: true, isLoaded: false },
      { name: 'gpt-oss:120b-cloud', isCloud: true, isLoaded: false },
    ]);
    expect(models[1]).toMatchObject({
      sizeBytes: 3_340_000_000,
      parameterSize: '4.3B',
      quantization: 'Q4_K_M',
      abilities: ['completion', 'vision'],
      vramBytes: 3_340_000_000,
    });
  });

  it('tells abilities also where the server is too old to list them', async () => {
    const { ollama, fake } = await start({ settings: { version: '0.9.0' } });
    expect((await ollama.models()).map(({ abilities }) => abilities)).toContainEqual(['completion', 'vision']);
    await ollama.models();
    expect(fake.requests.filter(({ path }) => path === '/api/show')).toHaveLength(3);
  });
});

describe('an answer', () => {
  it('comes as thoughts, text and a last piece', async () => {
    const { ollama, fake } = await start();
    const { thinking, text, end } = await read(ollama, { think: 'low', options: { num_ctx: 8192 } });
    expect(thinking).toContain('We need');
    expect(text).toContain('a fox in the snow');
    expect(end).toBe('stop');
    expect(fake.chats[0]?.request).toMatchObject({ stream: true, think: 'low', truncate: false, keep_alive: '5m' });
  });

  it.each<[ChatFault, string, RegExp]>([
    ['cut', 'network', /broke off in the middle/],
    ['unfinished', 'network', /broke off in the middle/],
    ['errorLine', 'server', /Ollama failed: an error was encountered/],
    ['broken', 'server', /Ollama failed: llama runner/],
    ['forbidden', 'forbidden', /lets nobody in/],
    ['contextFull', 'invalid_request', /longer than the context/],
    ['redirect', 'network', /sends Easel elsewhere/],
    ['html', 'server', /is no Ollama/],
    ['silent', 'timeout', /did not begin to answer within 1 s/],
    ['stall', 'timeout', /did not finish its answer within 1 s/],
  ])('that fails says why: %s', async (kind, code, words) => {
    const { ollama, fake } = await start({ settings: { answerMs: 40 } });
    fake.load('gpt-oss:20b');
    fake.addFaults({ on: 'chat', kind });
    expect(await failureOf(read(ollama))).toMatchObject({ code, message: expect.stringMatching(words) as string });
    // What follows is not touched by it.
    expect((await read(ollama)).end).toBe('stop');
  });

  it('without end is stopped, and so is the model', async () => {
    const { ollama, fake } = await start({ settings: { answerMs: 800 } });
    fake.addFaults({ on: 'chat', kind: 'endless' });
    expect(await failureOf(read(ollama, { mostCharacters: 5000 }))).toMatchObject({ code: 'server' });
    await until(() => fake.chats[0]?.state === 'closed');
  });

  it('is asked for once more where the server is busy', async () => {
    const { ollama, fake } = await start();
    fake.addFaults({ on: 'chat', kind: 'busy' });
    expect((await read(ollama)).end).toBe('stop');
    fake.addFaults({ on: 'chat', kind: 'busy', times: 2 });
    expect(await failureOf(read(ollama))).toMatchObject({ code: 'rate_limit' });
  });

  it('is waited for longer while the model is loaded', async () => {
    const { ollama, fake } = await start({ settings: { loadMs: 1000 } });
    let asked = 0;
    const beforeLoading = (): Promise<void> => Promise.resolve(void (asked += 1));
    expect((await read(ollama, { beforeLoading })).end).toBe('stop');
    expect((await read(ollama, { beforeLoading })).end).toBe('stop');
    expect(asked).toBe(1);
    fake.settings.loadMs = 20_000;
    await ollama.unloadOwn();
    expect(await failureOf(read(ollama))).toMatchObject({ code: 'timeout' });
    await until(() => fake.chats[2]?.state === 'closed');
  });

  it('ends the model’s work when it is cancelled or no longer read', async () => {
    const { ollama, fake } = await start({ settings: { answerMs: 10_000 } });
    const controller = new AbortController();
    const cancelled = failureOf(read(ollama, { signal: controller.signal }));
    await until(() => fake.chats[0]?.state === 'writing');
    controller.abort();
    expect(await cancelled).toMatchObject({ name: 'AbortError' });
    await until(() => fake.chats[0]?.state === 'closed');
    for await (const { kind } of ollama.chat(wish)) if (kind === 'thinking') break;
    await until(() => fake.chats[1]?.state === 'closed');
    expect(fake.chats[1]?.pieces).toBeLessThan(20);
  });

  it('of a model that is not there says how to get it', async () => {
    const { ollama } = await start();
    expect(await failureOf(read(ollama, { model: 'llama3.2' }))).toMatchObject({
      code: 'unknownModel',
      message: expect.stringContaining('easel ollama pull llama3.2') as string,
    });
  });

  it.each(['gpt-oss:120b-cloud', 'writer'])('of the cloud model %s needs a yes', async (model) => {
    const allowed: string[] = [];
    const { ollama, fake } = await start(
      { models: ['writer', 'gpt-oss:120b-cloud'] },
      { allowedCloudModels: () => allowed },
    );
    expect(await failureOf(read(ollama, { model }))).toMatchObject({ code: 'forbidden' });
    expect(fake.chats).toEqual([]);
    allowed.push(model);
    expect((await read(ollama, { model })).end).toBe('stop');
  });
});

describe('a pull', () => {
  const follow = async (ollama: Ollama, name: string, signal = new AbortController().signal) => {
    const seen: { completedBytes: number; totalBytes: number | null; status: string }[] = [];
    for await (const progress of ollama.pull(name, signal)) seen.push(progress);
    return seen;
  };

  it('sums its layers, never falls, and leaves the model behind', async () => {
    const { ollama } = await start({ models: [] });
    expect(await ollama.recentModels()).toEqual([]);
    const seen = await follow(ollama, 'gemma3:4b');
    const bytes = seen.map(({ completedBytes }) => completedBytes);
    expect(bytes).toEqual(bytes.toSorted((left, right) => left - right));
    expect(seen.at(-1)).toEqual({ status: 'success', completedBytes: 3_340_000_000, totalBytes: 3_340_000_000 });
    expect((await ollama.recentModels()).map(({ name }) => name)).toEqual(['gemma3:4b']);
  });

  it('pauses when it is cancelled, and goes on from there', async () => {
    const { ollama, fake } = await start({ models: [], settings: { pullMs: 400 } });
    const controller = new AbortController();
    let last = 0;
    const cancelled = failureOf(
      (async () => {
        for await (const { completedBytes } of ollama.pull('gemma3:4b', controller.signal)) {
          last = completedBytes;
          if (last > 1_000_000_000) controller.abort();
        }
      })(),
    );
    expect(await cancelled).toMatchObject({ name: 'AbortError' });
    fake.settings.pullMs = 20;
    const seen = await follow(ollama, 'gemma3:4b');
    const first = seen.find(({ completedBytes }) => completedBytes > 0);
    expect(first?.completedBytes).toBeGreaterThanOrEqual(last);
    expect(fake.installed()).toEqual(['gemma3:4b']);
  });

  it.each([
    ['errorLine', 'server', /could not get gemma3:4b: max retries.*goes on where it stopped/],
    ['cut', 'network', /broke off/],
    ['unknown', 'unknownModel', /There is no model "gemma3:4b"/],
  ] as const)('that fails in its stream says why: %s', async (kind, code, words) => {
    const { ollama, fake } = await start({ models: [] });
    fake.addFaults({ on: 'pull', kind });
    expect(await failureOf(follow(ollama, 'gemma3:4b'))).toMatchObject({
      code,
      message: expect.stringMatching(words) as string,
    });
  });

  it('of a model of the cloud brings its name, and using it needs a yes', async () => {
    const { ollama } = await start();
    await follow(ollama, 'gpt-oss:120b-cloud');
    const brought = (await ollama.models()).find(({ name }) => name === 'gpt-oss:120b-cloud');
    expect(brought).toMatchObject({ isCloud: true });
  });
});

describe('the memory', () => {
  it('is freed of what Easel loaded, and of nothing else', async () => {
    const { ollama, fake } = await start({ settings: { unloadMs: 60 } });
    fake.load('gemma3:4b');
    await read(ollama);
    await read(ollama, { model: 'gemma3:4b' });
    expect(fake.loaded().toSorted()).toEqual(['gemma3:4b', 'gpt-oss:20b']);
    expect(await ollama.unloadOwn()).toEqual(['gpt-oss:20b']);
    expect(fake.loaded()).toEqual(['gemma3:4b']);
    expect(await ollama.unloadOwn()).toEqual([]);
  });

  it('is not waited for without end', async () => {
    const { ollama, fake } = await start({ settings: { unloadMs: 20_000 } });
    fake.load('gemma3:4b');
    expect(await failureOf(ollama.unload('gemma3:4b'))).toMatchObject({ code: 'timeout' });
  });
});

describe('removing a model', () => {
  it('takes it away, once', async () => {
    const { ollama, fake } = await start();
    await ollama.remove('Gemma3:4b');
    expect(fake.installed()).not.toContain('gemma3:4b');
    expect(await failureOf(ollama.remove('gemma3:4b'))).toMatchObject({ code: 'unknownModel' });
  });
});
