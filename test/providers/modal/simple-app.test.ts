import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { collectAll, generate } from '../../provider-kit/requests.ts';
import { failureOf } from '../comfyui/requests.ts';
import { signal, submitted, useModal, wishFor } from './stand.ts';

const stand = useModal('/simple', { kind: 'simple' });

const submit = async (prompt: string) =>
  stand.provider.submit(await wishFor(stand.provider, 'app', { prompt }), { signal });

async function listen(answer: RequestListener): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

describe('an app of one function', () => {
  it('is declared as what it can do', () => {
    const { abilities, models } = stand.provider.manifest;
    expect(Object.values(abilities).some(Boolean)).toBe(false);
    expect(models.map(({ id }) => id)).toEqual(['app']);
    for (const name of ['taskFor', 'cancel', 'find', 'train', 'listModels'])
      expect(stand.provider).not.toHaveProperty(name);
  });

  it('is told what is known, and nothing else', async () => {
    const request = await wishFor(stand.provider, 'app', { negativePrompt: 'blurry', steps: 20, guidance: 4 });
    await generate(stand.provider, request);
    await generate(stand.provider, await wishFor(stand.provider, 'app'));
    const [full, plain] = stand.paid().map(({ body }) => body);
    const usual = { prompt: 'a lighthouse at dusk', width: 512, height: 512, seed: 7, num_images: 1 };
    expect(full).toEqual({ ...usual, negative_prompt: 'blurry', steps: 20, guidance: 4 });
    expect(plain).toEqual(usual);
  });

  it.each(['bytes', 'images', 'image', 'image_base64', 'data', 'url', 'output', 'text'])(
    'may answer with its picture as %s',
    async (form) => {
      expect(await submit(`a robot as ${form}`)).toMatchObject({ state: 'finished', images: [{ seed: 7 }] });
    },
  );

  it('that answers without a picture is not asked again', async () => {
    expect(await failureOf(submit('a robot as nothing'))).toMatchObject({ code: 'invalid_request', isFinal: true });
  });

  it('quotes what FastAPI says of a wrong field', async () => {
    const request = await wishFor(stand.provider, 'app');
    const failure = await failureOf(stand.provider.submit({ ...request, prompt: '' }, { signal }));
    expect(failure.code).toBe('invalid_request');
    expect(failure.providerText).toMatch(/^prompt: /);
  });

  it('that takes long is waited for at the address that Modal names, by another run of Easel as well', async () => {
    const request = await wishFor(stand.provider, 'app', { prompt: 'slowly' });
    const { task } = await submitted(stand.provider, request);
    expect(task.remoteId).toMatch(/^fc-/);
    const again = await stand.open().collect(JSON.parse(JSON.stringify(task)) as typeof task, { signal });
    expect(again.state).toBe('pending');
    expect(await collectAll(stand.provider, task)).toMatchObject({ state: 'finished', images: [{ seed: 7 }] });
    expect(stand.fake.charges).toHaveLength(1);
    const hops = stand.fake.requests.filter(({ method, path }) => method === 'GET' && path === '/simple');
    expect(hops.every(({ headers }) => headers['modal-secret'] === stand.fake.keys.secret)).toBe(true);
  });

  it('is waited for as long as Modal holds a request', async () => {
    const held: ServerResponse[] = [];
    const place = await listen((_request, response) => held.push(response));
    const provider = stand.open({ url: `${place.url}/simple` });
    const location = `${place.url}/simple?__modal_function_call_id=fc-1`;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const asked = provider.collect({ remoteId: 'fc-1', location, seed: 7 }, { signal });
      while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
      vi.advanceTimersByTime(150_000);
      vi.useRealTimers();
      held[0]?.writeHead(303, { location }).end();
      expect(await asked).toMatchObject({ state: 'pending' });
    } finally {
      vi.useRealTimers();
      await place.close();
    }
  });

  it('is lost where Modal does not know the address any more', async () => {
    const location = `${stand.fake.url}/simple?__modal_function_call_id=fc-gone`;
    expect((await stand.provider.collect({ remoteId: 'fc-gone', location, seed: 7 }, { signal })).state).toBe('lost');
  });

  it('never gets its key sent to another address', async () => {
    const location = 'http://localhost:9/simple?__modal_function_call_id=fc-1';
    const failure = await failureOf(stand.provider.collect({ remoteId: 'fc-1', location, seed: 7 }, { signal }));
    expect(failure.message).toContain('does not send the key there');
  });

  it('keeps a paid picture whose file can not be fetched at first', async () => {
    stand.fake.addFault({ on: 'file', kind: 'status', status: 500, times: 1 });
    const { task } = await submitted(
      stand.provider,
      await wishFor(stand.provider, 'app', { prompt: 'a robot as url' }),
    );
    expect((await collectAll(stand.provider, task)).state).toBe('finished');
    expect(stand.fake.charges).toHaveLength(1);
  });

  it.each([
    ['resetAfter', 'unknown_outcome'],
    ['cutJson', 'unknown_outcome'],
    ['html', 'unknown_outcome'],
  ] as const)('whose answer is lost (%s) may have been charged', async (kind, code) => {
    stand.fake.addFault({ on: 'pay', kind, times: 1 });
    expect((await failureOf(submit('a robot as image'))).code).toBe(code);
  });

  it('that ran out of time has worked, and is not started again', async () => {
    const json = { error: { code: 'timeout', message: 'after 300 s', retryable: true } };
    stand.fake.addFault({ on: 'pay', kind: 'statusAfter', status: 500, json, times: 1 });
    expect((await failureOf(submit('a robot'))).code).toBe('unknown_outcome');
  });

  it('is not started by a look at its health', async () => {
    expect((await stand.provider.checkHealth({ signal })).message).toContain('Not asked');
    expect(stand.fake.requests).toHaveLength(0);
    const wrong = stand.open({ credentials: { kind: 'simple', key: 'ak-1', secret: 'as-1' } });
    expect((await failureOf(wrong.checkHealth({ signal }))).code).toBe('auth');
  });
});
