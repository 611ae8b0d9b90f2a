import { describe, expect, it } from 'vitest';
import { createBfl } from '../../../src/main/providers/bfl/adapter.ts';
import { readTask } from '../../../src/main/providers/bfl/task.ts';
import type { ImageProvider, Task } from '../../../src/main/providers/provider.ts';
import { collectAll, requestFor } from '../../provider-kit/requests.ts';
import { failureOf, finish, modelNamed, signal, startBfl } from './stand.ts';

async function submitted(provider: ImageProvider, prompt = 'a lighthouse', model = 'flux-2-pro'): Promise<Task> {
  const request = await requestFor(modelNamed(model), 'textToImage', { prompt });
  const first = await provider.submit(request, { signal });
  if (first.state !== 'pending') throw new Error('expected a task');
  return first.task;
}

describe('a task of Black Forest Labs', () => {
  it('is asked about at the address of its region, where alone it is known', async () => {
    const { fake, provider } = await startBfl();
    const task = await submitted(provider);
    await collectAll(provider, task);
    const polls = fake.requests.filter(({ kind }) => kind === 'poll');
    expect(polls.every(({ path }) => /^\/regions\/(eu2|us2)\//.test(path))).toBe(true);
    expect(await provider.collect({ remoteId: task.remoteId }, { signal })).toEqual({ state: 'lost' });
  });

  it('never takes the key to a host that is not the service', async () => {
    const provider = createBfl({ url: 'https://api.bfl.ai', credentials: { apiKey: 'a-key-that-stays-here' } });
    for (const host of [
      'https://bfl.ai.example.org',
      'https://api.example.org',
      'http://api.eu2.bfl.ai',
      'https://api.eu2.bfl.ai:8443',
    ]) {
      const task = { remoteId: '7b', pollingUrl: `${host}/v1/get_result?id=7b` };
      const failure = await failureOf(provider.collect(task, { signal }));
      expect(failure.message).toContain('Easel does not send the key there');
      expect(failure.isFinal).toBe(false);
    }
    await provider.close();
  });

  it('is asked about below another address, where one is set', async () => {
    const { fake } = await startBfl();
    const proxied = createBfl({ url: `${fake.url}/through`, credentials: fake.keys });
    const task = { remoteId: '7b', pollingUrl: 'https://api.eu2.bfl.ai/v1/get_result?id=7b' };
    await failureOf(proxied.collect(task, { signal }));
    expect(fake.requests.at(-1)).toMatchObject({ path: '/through/v1/get_result', query: '?id=7b' });
    await proxied.close();
  });

  it('tells how far it is while it is drawn', async () => {
    const { provider } = await startBfl(200);
    const task = await submitted(provider);
    expect(await provider.collect(task, { signal })).toMatchObject({
      progress: { stage: 'Waiting at Black Forest Labs', fraction: null },
    });
    await new Promise((resolve) => setTimeout(resolve, 250));
    const answer = await provider.collect(task, { signal });
    expect(answer).toMatchObject({ state: 'pending', progress: { stage: 'Drawing', queuePosition: null } });
    if (answer.state === 'pending') expect(answer.progress?.fraction).toBeGreaterThan(0.3);
  });

  it('goes on through a status that nobody knows, but not for ever', async () => {
    const { provider } = await startBfl(200);
    const task = await submitted(provider, 'a strange word');
    await new Promise((resolve) => setTimeout(resolve, 250));
    const old = { ...task, startedAt: Date.now() - 3_700_000 };
    const failure = await failureOf(provider.collect(old, { signal }));
    expect(failure).toMatchObject({ code: 'server', isFinal: true, providerText: 'Rethinking' });
    expect((await collectAll(provider, task)).state).toBe('finished');
  });

  it('is refused as content where its prompt is, with the reasons and at no cost', async () => {
    const { provider, fake } = await startBfl();
    const failure = await failureOf(collectAll(provider, await submitted(provider, 'a forbidden thing')));
    expect(failure).toMatchObject({ code: 'content_policy', isFinal: true, cost: null });
    expect(failure.providerText).toBe('Request Moderated: Safety Filter');
    expect(fake.charges).toHaveLength(0);
  });

  it('says what a withheld picture costs all the same', async () => {
    const { provider, fake } = await startBfl();
    const failure = await failureOf(collectAll(provider, await submitted(provider, 'an unsafe thing')));
    expect(failure).toMatchObject({ code: 'content_policy', isFinal: true });
    expect(failure.cost).toEqual({ kind: 'reported', usd: fake.charges[0]?.usd });
  });

  it('fails by its own report, though that comes with status 422', async () => {
    const { provider } = await startBfl();
    const failure = await failureOf(collectAll(provider, await submitted(provider, 'it breaks down')));
    expect(failure).toMatchObject({ code: 'server', isFinal: true, providerText: 'Out of memory on the worker.' });
  });

  it('is not ended by a refusal that is not its own, and is never sent again', async () => {
    const { provider, fake } = await startBfl();
    const task = await submitted(provider);
    for (const [status, code] of [
      [422, 'invalid_request'],
      [503, 'server'],
      [500, 'server'],
      [404, 'invalid_request'],
    ] as const) {
      fake.addFault({ on: 'poll', kind: 'status', status, times: 1, json: { detail: 'try later' } });
      expect(await failureOf(provider.collect(task, { signal }))).toMatchObject({ code, isFinal: false });
    }
    fake.addFault({ on: 'poll', kind: 'status', status: 429, retryAfter: '3', times: 1 });
    expect(await failureOf(provider.collect(task, { signal }))).toMatchObject({
      code: 'rate_limit',
      retryAfterMs: 3000,
    });
    for (const kind of ['html', 'cutJson', 'wrongType', 'resetAfter'] as const) {
      fake.addFault({ on: 'poll', kind, times: 1 });
      expect((await failureOf(provider.collect(task, { signal }))).isFinal).toBe(false);
    }
    expect((await collectAll(provider, task)).state).toBe('finished');
    expect(fake.charges).toHaveLength(1);
  });

  it('is asked again after its link has ended, and pays nothing for that, but not for ever', async () => {
    const { provider, fake } = await startBfl();
    const ended = await submitted(provider, 'the link ends at once');
    const failure = await failureOf(collectAll(provider, ended));
    expect(failure).toMatchObject({ code: 'server', isFinal: false });
    const old = { ...ended, startedAt: Date.now() - 3 * 3_600_000 };
    expect(await failureOf(provider.collect(old, { signal }))).toMatchObject({
      code: 'server',
      isFinal: true,
      cost: { kind: 'reported', usd: fake.charges[0]?.usd },
      message: expect.stringContaining('gone') as string,
    });
    const task = await submitted(provider);
    fake.addFault({ on: 'file', kind: 'status', status: 403, times: 1 });
    await failureOf(collectAll(provider, task));
    expect((await collectAll(provider, task)).state).toBe('finished');
    expect(fake.charges).toHaveLength(2);
  });

  it('takes the settled cost where there was no quote, and the quote where nothing is settled', async () => {
    const { provider } = await startBfl();
    const older = await submitted(provider, 'a lighthouse', 'flux-pro-1.1');
    expect(readTask(older, 0).credits).toBeNull();
    expect(await collectAll(provider, older)).toMatchObject({ cost: { kind: 'reported', usd: 0.04 } });
    const quoted = await submitted(provider, 'a lighthouse', 'flux-2-klein-4b');
    expect(readTask(quoted, 0).credits).toBe(1.4);
  });

  it('asks often at first and seldom later', async () => {
    const { provider } = await startBfl(10_000);
    const quick = await submitted(provider, 'a lighthouse', 'flux-2-klein-9b');
    const waits: number[] = [];
    for (const ageMs of [0, 20_000, 90_000]) {
      const answer = await provider.collect({ ...quick, startedAt: Date.now() - ageMs }, { signal });
      if (answer.state === 'pending') waits.push(answer.askAgainInMs);
    }
    expect(waits).toEqual([500, 2000, 6000]);
  });

  it('keeps its place in a library that holds less of it', () => {
    expect(readTask({ remoteId: 'a b' }, 5)).toMatchObject({ pollingUrl: '/v1/get_result?id=a%20b', startedAt: 5 });
  });

  it('finishes for an adapter that was opened after a restart', async () => {
    const { provider, fake } = await startBfl();
    const task = JSON.parse(JSON.stringify(await submitted(provider))) as Task;
    const again = createBfl({ url: fake.url, credentials: fake.keys });
    expect((await collectAll(again, task)).state).toBe('finished');
    await again.close();
    expect((await finish(provider, await requestFor(modelNamed('flux-2-pro'), 'textToImage'))).state).toBe('finished');
  });
});
