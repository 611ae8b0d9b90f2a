import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Contract } from '../../src/shared/contract/contract.ts';
import type { AssistantEvent, OptimizeEvent } from '../../src/shared/models/assistants.ts';
import type { OllamaPull } from '../../src/shared/models/ollama.ts';
import { startFakeComfyui, type FakeComfyui } from '../fakes/comfyui/start-fake-comfyui.ts';
import { startFakeOllama, type FakeOllama } from '../fakes/ollama/start-fake-ollama.ts';
import { newPlace, type Place } from '../run-easel.ts';
import { startServe, until, type Served } from '../server/start-serve.ts';
import { longPrompt } from './long-prompt.ts';
import { failureOf } from './stand.ts';

let place: Place;
let fake: FakeOllama;
let comfyui: FakeComfyui;
let served: Served;
let client: ContractRouterClient<Contract>;
const held: Request[] = [];
beforeEach(async () => {
  place = newPlace();
  fake = await startFakeOllama({ settings: { pullMs: 300 } });
  comfyui = await startFakeComfyui();
  served = await startServe(place, {
    environment: { EASEL_OLLAMA_URL: fake.url, EASEL_COMFYUI_URL: comfyui.url },
    withLibrary: false,
  });
  // As a page talks to it.
  client = createORPCClient(
    new RPCLink({
      url: `${served.origin}/rpc`,
      headers: { authorization: `Bearer ${served.token}` },
      fetch: (request, init) => {
        // Node forgets that a request was to be stopped once nobody holds it any more, though its answer is still being read.
        held.push(request);
        return fetch(request, init);
      },
    }),
  );
});
afterEach(async () => {
  await served.stop();
  await fake.close().catch(() => undefined);
  await comfyui.close();
  place.remove();
});

const prompt = longPrompt(6000);

async function all<Event>(events: Promise<AsyncIterable<Event>>): Promise<Event[]> {
  const seen: Event[] = [];
  for await (const event of await events) seen.push(event);
  return seen;
}

describe('shortening for a page', () => {
  it('comes piece by piece and ends with the result', async () => {
    const events = await all<OptimizeEvent>(client.assistants.optimize({ prompt }));
    expect(events.filter(({ kind }) => kind === 'text').length).toBeGreaterThan(10);
    expect(events.at(-1)).toMatchObject({ kind: 'done', result: { by: 'ollama', attempts: 1 } });
  });

  it('tells of a second try', async () => {
    fake.addFaults({ on: 'chat', kind: 'conceptsGone' });
    const kinds = (await all<OptimizeEvent>(client.assistants.optimize({ prompt }))).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'again')).toHaveLength(1);
    expect(kinds.at(-1)).toBe('done');
  });

  it('stops the model when the page goes', async () => {
    fake.settings.answerMs = 20_000;
    const controller = new AbortController();
    const events = await client.assistants.optimize({ prompt }, { signal: controller.signal });
    const read = failureOf(all(Promise.resolve(events)));
    await until(() => fake.chats[0]?.state === 'writing');
    controller.abort();
    await read;
    await until(() => fake.chats[0]?.state === 'closed');
  });

  it('refuses what is longer than a prompt may be', async () => {
    expect(await failureOf(all(client.assistants.optimize({ prompt: 'p'.repeat(10_001) })))).toMatchObject({
      code: 'promptTooLong',
      message: expect.stringContaining('10001 characters, 1 more') as string,
    });
  });

  it('asks ComfyUI to make room, where that is wished, before a model is loaded', async () => {
    await all(client.assistants.optimize({ prompt }));
    const asked = () => comfyui.requestsSeen.filter(({ path }) => path === '/free').length;
    expect(asked()).toBe(0);
    const { ollama } = await client.settings.update({ ollama: { freeComfyui: true } });
    expect(ollama).toMatchObject({ freeComfyui: true, model: 'gpt-oss:20b' });
    await all(client.assistants.optimize({ prompt, limit: 2000 }));
    expect(asked()).toBe(0);
    await client.settings.update({ ollama: { model: 'gemma3:4b' } });
    expect(await all<OptimizeEvent>(client.assistants.optimize({ prompt }))).toContainEqual(
      expect.objectContaining({ kind: 'done', result: expect.objectContaining({ model: 'gemma3:4b' }) as object }),
    );
    expect(asked()).toBe(1);
  });
});

describe('assistants for a page', () => {
  it('write, and say why they can not', async () => {
    const events = await all<AssistantEvent>(client.assistants.run({ task: 'negative', text: 'a fox' }));
    expect(events.at(-1)).toMatchObject({ kind: 'done', result: { model: 'gpt-oss:20b' } });
    const { tasks } = await client.assistants.available();
    expect(tasks.map(({ model }) => model)).toEqual([...Array<string>(4).fill('gpt-oss:20b'), 'gemma3:4b']);
    await fake.close();
    expect(await failureOf(all(client.assistants.run({ task: 'expand', text: 'a fox' })))).toMatchObject({
      code: 'network',
      message: expect.stringContaining('No Ollama answers') as string,
    });
  });
});

describe('a pull for a page', () => {
  const runs = async (state: OllamaPull['state']): Promise<boolean> => {
    const { pulls } = await client.ollama.pulls();
    return pulls[0]?.state === state;
  };

  it('goes on when the page goes, and is joined when it comes back', async () => {
    for await (const { completedBytes } of await client.ollama.pull({ model: 'llama3.2' })) {
      if (completedBytes > 0) break;
    }
    const states = await all<OllamaPull>(client.ollama.pull({ model: 'llama3.2:latest' }));
    expect(states[0]?.completedBytes).toBeGreaterThan(0);
    expect(states.at(-1)).toMatchObject({ state: 'done', completedBytes: 2_020_000_000, error: null });
    expect(fake.requests.filter(({ path }) => path === '/api/pull')).toHaveLength(1);
    const { models } = await client.ollama.models();
    expect(models.map(({ name }) => name)).toContain('llama3.2:latest');
  });

  it('is cancelled, taken up again, and tells of its failure', async () => {
    fake.settings.pullMs = 20_000;
    const following = all<OllamaPull>(client.ollama.pull({ model: 'llama3.2' }));
    await until(() => runs('running'));
    expect(await client.ollama.cancelPull({ model: 'llama3.2' })).toMatchObject({ state: 'cancelled' });
    expect((await following).at(-1)).toMatchObject({ state: 'cancelled', error: null });
    fake.addFaults({ on: 'pull', kind: 'errorLine' });
    fake.settings.pullMs = 10;
    const failed = (await all<OllamaPull>(client.ollama.pull({ model: 'llama3.2' }))).at(-1);
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'server' } });
    await all(client.ollama.pull({ model: 'llama3.2' }));
    expect(await runs('done')).toBe(true);
    expect(await failureOf(client.ollama.cancelPull({ model: 'nobody' }))).toMatchObject({ code: 'notFound' });
  });
});

describe('the settings of Ollama', () => {
  it('change one by one, and keep an address as it is used', async () => {
    await client.settings.update({ theme: 'dark' });
    const { ollama, theme } = await client.settings.update({ ollama: { address: 'studio', seconds: 90 } });
    expect({ theme, ...ollama }).toMatchObject({
      theme: 'dark',
      address: 'http://studio:11434',
      seconds: 90,
      use: true,
    });
    expect((await client.settings.update({ ollama: { address: null } })).ollama).toMatchObject({ seconds: 90 });
    expect(await failureOf(client.settings.update({ ollama: { address: 'ftp://studio' } }))).toMatchObject({
      code: 'badInput',
      message: expect.stringContaining('Write it like http://127.0.0.1:11434') as string,
    });
    expect((await client.settings.get()).ollama.address).toBeNull();
  });
});
