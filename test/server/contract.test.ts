import Sqlite from 'better-sqlite3';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPlace, type Place } from '../run-easel.ts';
import { startServe, until, type Served } from './start-serve.ts';

let place: Place;
let served: Served;
beforeAll(async () => {
  place = newPlace();
  served = await startServe(place, { environment: { EASEL_COMFYUI_URL: 'http://user:secret-word@127.0.0.1:1' } });
});
afterAll(async () => {
  await served.stop();
  place.remove();
});

const request = { prompt: 'a stone', provider: 'builtin', width: 64, height: 64 };
const unknownId = '00000000-0000-7000-8000-000000000000';

describe('an operation with an input that can not be used', () => {
  it.each([
    ['no input', 'jobs/show', undefined, 'input'],
    ['a list for an object', 'jobs/show', [], 'input'],
    ['no id', 'jobs/show', {}, 'id'],
    ['an id that is none', 'jobs/cancel', { id: 'x' }, 'id'],
    ['a number for a text', 'jobs/create', { ...request, prompt: 5 }, 'prompt'],
    ['a text for a number', 'jobs/create', { ...request, seed: '5' }, 'seed'],
    ['too many images', 'jobs/create', { ...request, count: 65 }, 'count'],
    ['an operation nobody knows', 'jobs/create', { ...request, operation: 'dance' }, 'operation'],
    ['a reference outside of the library', 'jobs/create', { ...request, image: '../../etc/passwd' }, 'image'],
    ['a project outside of the library', 'jobs/create', { ...request, project: '..' }, 'project'],
    ['a LoRA without a weight', 'jobs/create', { ...request, loras: [{ name: 'x' }] }, 'loras.0.weight'],
    ['no images to trash', 'library/trash', { ids: [] }, 'ids'],
    [
      'an address that is a script',
      'providers/setUp',
      { id: 'comfyui', enabled: true, url: 'javascript:alert(1)' },
      'url',
    ],
    ['a theme nobody knows', 'settings/update', { theme: 'pink' }, 'theme'],
    ['an empty folder', 'system/openLibrary', { folder: '' }, 'folder'],
    ['a negative bucket', 'library/bucket', { bucket: -1 }, 'bucket'],
  ])('says which field it is: %s', async (_, operation, input, field) => {
    const failure = await served.fail(operation, input);
    expect(failure).toMatchObject({ status: 400, code: 'badInput' });
    expect(failure.data?.details.fields).toEqual([field]);
    expect(failure.message).toContain(`${field}: `);
    expect(failure.message).not.toMatch(/invalid_|Zod|undefined|\[object/);
  });

  it.each([
    ['text that is no JSON', '{"json":', { 'content-type': 'application/json' }],
    ['nothing', '', { 'content-type': 'application/json' }],
    ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a file', '\0\u0001', { 'content-type': 'application/octet-stream' }],
  ])('is refused without a stack where it is %s', async (_, body, headers) => {
    const answer = await served.get('/rpc/jobs/show', {
      method: 'POST',
      body,
      headers: headers as unknown as Record<string, string>,
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toMatch(/\n\s+at |node:|\.js/);
  });
});

describe('an operation that fails', () => {
  it.each([
    ['jobs/show', { id: unknownId }, 404, 'notFound'],
    ['jobs/retry', { id: unknownId }, 404, 'notFound'],
    ['jobs/putFirst', { id: unknownId }, 404, 'notFound'],
    ['library/image', { id: unknownId }, 404, 'notFound'],
    ['providers/check', { id: 'nobody' }, 404, 'unknownProvider'],
    ['jobs/create', { ...request, provider: 'nobody' }, 404, 'unknownProvider'],
    ['jobs/create', { ...request, model: 'nothing' }, 404, 'unknownModel'],
    ['jobs/create', { ...request, prompt: 'p'.repeat(10_001) }, 400, 'promptTooLong'],
    ['jobs/create', { ...request, width: 8000 }, 400, 'sizeNotSupported'],
    ['jobs/create', { ...request, image: `${'0'.repeat(64)}.png` }, 400, 'referenceUnreadable'],
  ])('says so in the words of the error table: %s %j', async (operation, input, status, code) => {
    expect(await served.fail(operation, input)).toMatchObject({
      status,
      code,
      message: expect.stringMatching(/\.$/) as string,
    });
  });

  it('inside Easel is told without its inside: an id, which the log has too', async () => {
    const job = await served.call<{ id: string }>('jobs/create', request);
    await until(async () => (await served.call<{ state: string }>('jobs/show', { id: job.id })).state === 'succeeded');
    const database = new Sqlite(join(place.library, 'library.db'));
    database.prepare(`UPDATE jobs SET request = '{"count":-1}' WHERE id = ?`).run(job.id);
    database.close();
    const failure = await served.fail('jobs/show', { id: job.id });
    expect(failure).toMatchObject({ status: 500, code: 'internal' });
    const id = String(failure.data?.details.id);
    expect(failure.message).toBe(`Something went wrong inside Easel. The log has the details under ${id}.`);
    const log = join(place.data, 'logs', 'easel.log');
    await until(() => existsSync(log) && readFileSync(log, 'utf8').includes(id));
  });
});

describe('what leaves Easel', () => {
  it('holds no address with a password, nor anything the contract does not know', async () => {
    const answer = await served.get('/rpc/providers/list', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"json":{"check":true}}',
    });
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(text).not.toContain('secret-word');
  });

  it('is not the queue position, the path of the database or a stored request beyond the contract', async () => {
    const job = await served.call<Record<string, unknown>>('jobs/create', { ...request, unknownField: 'x' });
    expect(Object.keys(job).sort()).toEqual([
      'agreedUsd',
      'createdAt',
      'endedAt',
      'error',
      'id',
      'imageIds',
      'position',
      'request',
      'startedAt',
      'state',
    ]);
    expect(job.request).not.toHaveProperty('unknownField');
    expect(job.request).not.toHaveProperty('front');
  });
});

describe('the stream of events', () => {
  const openStream = (from: Served, signal: AbortSignal): Promise<Response> =>
    from.get('/rpc/system/events', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
      signal,
    });

  it('tells what changes as it changes, and ends with the server', async () => {
    const otherPlace = newPlace();
    const other = await startServe(otherPlace);
    const stop = new AbortController();
    const answer = await openStream(other, stop.signal);
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
    let told = '';
    const ended = (async () => {
      const decoder = new TextDecoder();
      for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>)
        told += decoder.decode(part, { stream: true });
    })().catch(() => undefined);
    const job = await other.call<{ id: string }>('jobs/create', request);
    await until(() => told.includes('"imageAdded"') && told.includes('"succeeded"'));
    for (const kind of ['jobChanged', 'queueChanged', 'jobProgress', 'imageAdded'])
      expect(told).toContain(`"kind":"${kind}"`);
    expect(told).toContain(job.id);
    await other.call('settings/update', { theme: 'dark' });
    await until(() => told.includes('"settingsChanged"'));
    const outcome = await other.stop();
    await ended;
    expect(outcome).toMatchObject({ code: 0, signal: null, stderr: '' });
    otherPlace.remove();
  });

  it('lets go of a listener that goes away', async () => {
    for (let round = 0; round < 20; round += 1) {
      const stop = new AbortController();
      await openStream(served, stop.signal);
      stop.abort();
    }
    expect((await served.get('/')).status).toBe(200);
  });
});
