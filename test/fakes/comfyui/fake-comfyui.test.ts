import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Graph } from './graph.ts';
import { readRecordedBytes, readRecording } from './recordings.ts';
import { bystanderGraph, startFakeComfyui, type FakeComfyui } from './start-fake-comfyui.ts';

// The fake is only worth something while it answers as the recorded server did.

let fake: FakeComfyui;
const sockets: WebSocket[] = [];

beforeEach(async () => {
  fake = await startFakeComfyui();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await fake.close();
});

type Json = Record<string, unknown>;
interface Heard {
  readonly json?: { type: string; data: Json };
  readonly binary?: Buffer;
}

const ask = async (path: string, init?: RequestInit): Promise<Json> =>
  (await (await fetch(`${fake.url}${path}`, init)).json()) as Json;
const post = (body: unknown): Promise<Response> =>
  fetch(`${fake.url}/prompt`, { method: 'POST', body: JSON.stringify(body) });

async function connect(clientId: string | null, negotiate: boolean): Promise<Heard[]> {
  const heard: Heard[] = [];
  const query = clientId === null ? '' : `?clientId=${clientId}`;
  const socket = new WebSocket(`${fake.url.replace('http', 'ws')}/ws${query}`);
  sockets.push(socket);
  socket.on('message', (data: Buffer, isBinary) => {
    heard.push(isBinary ? { binary: data } : { json: JSON.parse(data.toString()) as Heard['json'] & object });
  });
  await new Promise((resolve) => socket.once('open', resolve));
  if (negotiate) socket.send(JSON.stringify({ type: 'feature_flags', data: { supports_preview_metadata: true } }));
  await expect.poll(() => heard.length).toBe(negotiate ? 2 : 1);
  return heard;
}

/** Words for a message, without ids of prompts and times. */
function wordOf({ json, binary }: { json?: { type: string; data: Json } | undefined; binary?: unknown }): string {
  if (!json) {
    const kind =
      binary instanceof Buffer
        ? binary.toString('hex', 0, 4)
        : (binary as { header_hex: string }).header_hex.slice(0, 8);
    return `frame ${Number.parseInt(kind, 16)}`;
  }
  const { type, data } = json;
  if (type === 'progress_state') {
    const nodes = Object.values(data.nodes as Record<string, Json>);
    return `progress_state ${nodes.map((node) => `${String(node.node_id)}:${String(node.value)}/${String(node.max)} ${String(node.state)}`).join(', ')}`;
  }
  if (type === 'progress') return `progress ${String(data.node)} ${String(data.value)}/${String(data.max)}`;
  return 'node' in data ? `${type} ${String(data.node)}` : type;
}

/** The names of all fields, in depth, without values; keys that are ids count as one. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? [shapeOf(value[0])] : [];
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]): [string, unknown] => [/^\d+$|^[0-9a-f-]{36}$/.test(key) ? '#' : key, shapeOf(inner)])
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

const sampleGraph = (steps: number): Graph => bystanderGraph(steps, 11);

async function run(graph: Graph, clientId: string | null = null, more: object = {}): Promise<string> {
  const id = randomUUID();
  const body = { prompt: graph, prompt_id: id, ...(clientId === null ? {} : { client_id: clientId }), ...more };
  expect((await post(body)).status).toBe(200);
  await expect.poll(() => fake.history.has(id)).toBe(true);
  return id;
}

const words = (name: string): string[] => (readRecording(name) as Heard[]).map(wordOf);
const withPreviews = { extra_data: { preview_method: 'auto' } };
const isSampling = (word: string): boolean => /^(progress 3|frame|progress_state 3:\d\/4 running$)/.test(word);

describe('the fake tells on its socket what the recorded server told', () => {
  it('in the same order for a run with previews that say whose they are', async () => {
    // The recorded run had its model in memory, so the first run here only warms up.
    await run(sampleGraph(3));
    const heard = await connect('me', true);
    const graph = sampleGraph(4);
    await run(graph, 'me', withPreviews);
    await expect.poll(() => heard.map(wordOf).at(-1)).toBe('executing null');
    expect(heard.map(wordOf)).toEqual(words('socket-with-metadata'));
  });

  it('with the picture after the progress where nothing was negotiated', async () => {
    await run(sampleGraph(3));
    const heard = await connect('me', false);
    await run(sampleGraph(4), 'me', withPreviews);
    await expect.poll(() => heard.map(wordOf).at(-1)).toBe('executing null');
    const sampling = heard.map(wordOf).filter(isSampling).slice(0, 3);
    expect(sampling).toEqual(['progress_state 3:1/4 running', 'progress 3 1/4', 'frame 1']);
    const recorded = words('socket-plain').map((word) => word.replace(/(progress_state 3:\d\/4 running),.*/, '$1'));
    const first = recorded.indexOf('progress_state 3:1/4 running');
    expect(recorded.slice(first, first + 3)).toEqual(sampling);
  });

  it('with frames laid out byte for byte alike', async () => {
    const heard = await connect('me', true);
    const id = await run(sampleGraph(1), 'me', withPreviews);
    const frame = heard.find(({ binary }) => binary)!.binary!;
    const { with_metadata: recorded } = readRecording('frames') as {
      with_metadata: { metadata: Json; metadata_length: number };
    };
    const length = frame.readUInt32BE(4);
    const metadata = JSON.parse(frame.toString('utf8', 8, 8 + length)) as Json;
    expect(metadata).toEqual({ ...recorded.metadata, prompt_id: id });
    expect(frame.toString('hex', 8 + length, 10 + length)).toBe('ffd8');
    const plain = await connect('other', false);
    await run(sampleGraph(2), 'other', withPreviews);
    expect(plain.find(({ binary }) => binary)!.binary!.toString('hex', 0, 10)).toBe('0000000100000001ffd8');
  });

  it('for a run that was cached, with the old file names', async () => {
    const first = await run(sampleGraph(2));
    const heard = await connect('me', false);
    const second = await run(sampleGraph(2), 'me');
    await expect.poll(() => heard.map(wordOf).at(-1)).toBe('executing null');
    const kinds = (all: readonly string[]): string[] => all.map((word) => word.split(' ')[0] ?? '');
    const recorded = kinds(words('socket-cached'));
    // The recorded graph had two output nodes, this one has one.
    recorded.splice(recorded.lastIndexOf('executed'), 2);
    expect(kinds(heard.map(wordOf)).slice(1)).toEqual(recorded);
    expect(fake.history.get(second)?.outputs).toEqual(fake.history.get(first)?.outputs);
  });

  it('for a run that failed and one that was interrupted', async () => {
    const heard = await connect('me', false);
    fake.addFaults({ on: 'run', kind: 'error' });
    const failed = await run(sampleGraph(2), 'me');
    const recordedFailure = (readRecording('socket-failed') as Heard[]).find(
      ({ json }) => json?.type === 'execution_error',
    );
    const failure = heard.find(({ json }) => json?.type === 'execution_error');
    expect(Object.keys(failure!.json!.data).sort()).toEqual(Object.keys(recordedFailure!.json!.data).sort());
    expect(String(failure!.json!.data.exception_message)).toMatch(/\n$/);
    expect(heard.map(wordOf).slice(-3)).toEqual(words('socket-failed').slice(-3));
    expect(fake.history.get(failed)?.status).toMatchObject({ status_str: 'error', completed: false });

    fake.settings.held = true;
    const id = randomUUID();
    await post({ prompt: sampleGraph(5), prompt_id: id, client_id: 'me' });
    await expect.poll(() => fake.runningId()).toBe(id);
    await fetch(`${fake.url}/interrupt`, { method: 'POST', body: JSON.stringify({ prompt_id: id }) });
    await expect.poll(() => fake.history.has(id)).toBe(true);
    expect(heard.map(wordOf).slice(-3)).toEqual(words('socket-interrupted').slice(-3));
    const { interrupted } = readRecording('history') as Record<string, Json>;
    const recorded = Object.values(interrupted!)[0] as { status: { messages: [string, Json][] } };
    const mine = fake.history.get(id)!;
    expect(mine.status.messages.map(([type]) => type)).toEqual(recorded.status.messages.map(([type]) => type));
    expect(shapeOf(mine.status.messages.at(-1)?.[1])).toEqual(
      shapeOf({
        ...recorded.status.messages.at(-1)?.[1],
        executed: mine.status.messages.at(-1)?.[1] && (mine.status.messages.at(-1)![1] as Json).executed,
      }),
    );
  });

  it('only status to others; and what has no owner to everybody, without its end', async () => {
    const bystander = await connect('bystander', true);
    await run(sampleGraph(2), 'me', withPreviews);
    expect(new Set(bystander.slice(2).map(wordOf))).toEqual(new Set(['status']));
    bystander.length = 0;
    await run(sampleGraph(2 + 1), null, withPreviews);
    const kinds = (all: readonly string[]): string[] => [...new Set(all.map((word) => word.replace(/ .*/, '')))].sort();
    expect(kinds(bystander.map(wordOf))).toEqual(kinds(words('socket-no-client-id')));
    expect(bystander.map(wordOf)).toContain('frame 1');
  });

  it('the node that runs, without its prompt, to who comes back with the same id', async () => {
    fake.settings.held = true;
    await post({ prompt: sampleGraph(2), client_id: 'me' });
    await expect.poll(() => fake.runningId()).not.toBeNull();
    const heard: Heard[] = [];
    const socket = new WebSocket(`${fake.url.replace('http', 'ws')}/ws?clientId=me`);
    sockets.push(socket);
    socket.on('message', (data: Buffer) => heard.push({ json: JSON.parse(data.toString()) as Heard['json'] & object }));
    await expect.poll(() => heard.length).toBe(2);
    const [, recorded] = readRecording('socket-reconnect') as Heard[];
    expect(Object.keys(heard[1]!.json!.data)).toEqual(Object.keys(recorded!.json!.data));
  });

  it('nothing any more to the newer of two with the same id when the older closes', async () => {
    const first = await connect('same', false);
    const second = await connect('same', false);
    sockets[0]!.close();
    await expect.poll(() => fake.sockets.count()).toBe(1);
    await run(sampleGraph(1), 'same');
    expect([first.length, second.length]).toEqual([1, 1]);
  });

  it('nothing of a step without a preview method, and does not negotiate after another first message', async () => {
    const heard = await connect('me', false);
    sockets[0]!.send(JSON.stringify({ type: 'hello' }));
    sockets[0]!.send(JSON.stringify({ type: 'feature_flags', data: { supports_preview_metadata: true } }));
    await run(sampleGraph(2), 'me');
    expect(heard.filter(({ binary }) => binary)).toEqual([]);
    expect(heard.map(wordOf)).not.toContain('feature_flags');
  });
});

describe('the fake answers as the recorded server answered', () => {
  it('in its history', async () => {
    const id = await run(sampleGraph(2), 'me', withPreviews);
    const { success } = readRecording('history') as Record<string, Json>;
    expect(shapeOf(await ask(`/history/${id}`))).toEqual(shapeOf(success));
    expect(await ask(`/history/${randomUUID()}`)).toEqual({});
    expect(Object.keys(await ask('/history?max_items=1'))).toEqual([id]);
  });

  it('about jobs that finished, run, wait or are unknown', async () => {
    const recorded = readRecording('jobs') as Record<string, Json & { jobs: unknown[] }>;
    const id = await run(sampleGraph(2), 'me');
    const { workflow, ...finished } = await ask(`/api/jobs/${id}`);
    const { workflow_id: _id, ...expected } = recorded.finished!;
    expect(shapeOf(finished)).toEqual(shapeOf({ ...expected, outputs: finished.outputs }));
    expect(workflow).toBeDefined();
    fake.settings.held = true;
    await post({ prompt: sampleGraph(3), prompt_id: randomUUID(), client_id: 'me' });
    await post({ prompt: sampleGraph(4), client_id: 'me' });
    await expect.poll(() => fake.runningId()).not.toBeNull();
    expect(shapeOf(await ask(`/api/jobs/${fake.runningId()!}`))).toEqual(shapeOf(recorded.running));
    const list = await ask('/api/jobs?status=pending,in_progress');
    expect(shapeOf(list)).toEqual(shapeOf(recorded.list));
    const unknown = await fetch(`${fake.url}/api/jobs/${randomUUID()}`);
    expect({ status: unknown.status, json: await unknown.json() }).toEqual(recorded.unknown);
    expect((await fetch(`${fake.url}/jobs/${id}`)).status).toBe(404);
  });

  it('with pending prompts in heap order', async () => {
    fake.settings.held = true;
    const add = (more: object): Promise<Response> => post({ prompt: sampleGraph(1), client_id: 'me', ...more });
    for (let number = 0; number < 4; number++) await add({});
    await expect.poll(() => fake.runningId()).not.toBeNull();
    await add({ front: true });
    const queue = (await ask('/queue')) as { queue_running: unknown[]; queue_pending: [number, string][] };
    const recorded = readRecording('queue') as { queue_pending: [number][]; queue_running: unknown[] };
    expect(queue.queue_pending.map(([number]) => number)).toEqual([-4, 1, 3, 2]);
    expect(recorded.queue_pending.map(([number]) => number)).toEqual([-59, 58, 57]);
    const shape = (item: unknown): unknown =>
      (item as unknown[]).map((part) => (typeof part === 'object' ? 'object' : typeof part));
    expect(shape(queue.queue_running[0])).toEqual(shape(recorded.queue_running[0]));
    expect(await ask('/prompt')).toEqual({ exec_info: { queue_remaining: 5 } });
  });

  const validation = readRecording('validation') as Record<
    string,
    { request: unknown; status: number; json?: Json; text?: string }
  >;
  const comparable = [
    'no prompt key',
    'prompt is empty object',
    'body is not JSON',
    'json without content-type header',
    'unknown node class',
    'no output node',
    'required input missing',
    'above max',
    'below min',
    'unknown extra input is ignored',
    'type mismatch',
    'LoadImage of a missing file',
    'prompt_id not a UUID',
    'prompt_id upper case',
    'UI-format workflow posted',
    'prompt is array',
    'prompt is null',
  ];
  it.each(comparable)('to a prompt: %s', async (name) => {
    const { request, status, json, text } = validation[name]!;
    const body = typeof request === 'string' ? request : JSON.stringify(request);
    const answer = await fetch(`${fake.url}/prompt`, { method: 'POST', body });
    expect(answer.status).toBe(status);
    if (text !== undefined) expect(await answer.text()).toBe(text);
    else if (status === 200) expect(Object.keys((await answer.json()) as Json)).toEqual(Object.keys(json!));
    else {
      const { error, node_errors } = (await answer.json()) as {
        error: Json;
        node_errors: Record<string, { errors: Json[] }>;
      };
      const recorded = json as { error: Json; node_errors: Record<string, { errors: Json[] }> };
      expect(error).toEqual(recorded.error);
      expect(Object.keys(node_errors)).toEqual(Object.keys(recorded.node_errors));
      for (const [id, { errors }] of Object.entries(node_errors)) {
        expect(errors[0]).toMatchObject({
          type: recorded.node_errors[id]!.errors[0]!.type,
          message: recorded.node_errors[id]!.errors[0]!.message,
        });
      }
    }
  });

  it('to a graph of which one output is good: it queues that one and says 200', async () => {
    const good = {
      a: { class_type: 'EmptyImage', inputs: { width: 64, height: 64, batch_size: 1, color: 0 } },
      b: { class_type: 'SaveImage', inputs: { images: ['a', 0], filename_prefix: 'v' } },
    };
    const broken = {
      ...good,
      c: { class_type: 'UpscaleModelLoader', inputs: { model_name: 'gone' } },
      d: { class_type: 'ImageUpscaleWithModel', inputs: { upscale_model: ['c', 0], image: ['a', 0] } },
      e: { class_type: 'SaveImage', inputs: { images: ['d', 0], filename_prefix: 'v' } },
    };
    const answer = await post({ prompt: broken });
    expect(answer.status).toBe(200);
    const { node_errors, prompt_id } = (await answer.json()) as { node_errors: Json; prompt_id: string };
    expect(Object.keys(node_errors)).toEqual(['c']);
    await expect.poll(() => Object.keys(fake.history.get(prompt_id)?.outputs ?? {})).toEqual(['b']);
  });

  it.each(
    Object.entries(
      readRecording('origin-rules') as Record<
        string,
        { headers: Record<string, string>; method: string; status: number }
      >,
    ),
  )('to the browser rule: %s', async (_name, { headers, method, status }) => {
    const here = fake.url.slice('http://'.length);
    const own = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        value.replace('127.0.0.1:8188', here).replace('localhost:8188', here.replace('127.0.0.1', 'localhost')),
      ]),
    );
    const got = await new Promise<number | undefined>((resolve, reject) => {
      const sent = httpRequest(`${fake.url}/system_stats`, { method, headers: own }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject);
      sent.end();
    });
    expect(got).toBe(status);
  });

  it('about files: names, subfolders, ranges and refusals', async () => {
    const png = readRecordedBytes('saved.png');
    const upload = async (name: string, bytes: Buffer, fields: Record<string, string> = {}): Promise<Response> => {
      const form = new FormData();
      form.append('image', new Blob([new Uint8Array(bytes)]), name);
      for (const [field, value] of Object.entries(fields)) form.append(field, value);
      return fetch(`${fake.url}/upload/image`, { method: 'POST', body: form });
    };
    const recorded = readRecording('upload') as Record<string, { status: number; json?: Json }>;
    const check = async (name: string, answer: Response): Promise<void> => {
      expect(answer.status).toBe(recorded[name]!.status);
      if (answer.status === 200) expect(await answer.json()).toEqual(recorded[name]!.json);
    };
    await check('upload first', await upload('src.png', png));
    await check('upload same name same bytes', await upload('src.png', png));
    await check('upload same name other bytes', await upload('src.png', Buffer.from('x')));
    await check('upload overwrite=true', await upload('src.png', png, { overwrite: 'true' }));
    await check('upload subfolder', await upload('src.png', png, { subfolder: 'app/a' }));
    await check('upload subfolder escape', await upload('src.png', png, { subfolder: '../x' }));
    await check('upload type=bogus', await upload('src.png', png, { type: 'bogus' }));
    await upload('note.txt', Buffer.from('hello'));
    const views = readRecording('view') as Record<string, { path: string; status: number; type: string }>;
    for (const name of [
      'plain input',
      'default type is output',
      'annotated name',
      'subfolder',
      'missing',
      'no filename',
      'empty filename',
      'dotdot',
      'absolute',
      'subfolder escape',
      'bogus type',
      'text file',
    ]) {
      const { path, status, type } = views[name]!;
      const answer = await fetch(`${fake.url}${path}`);
      expect([name, answer.status, answer.headers.get('content-type')]).toEqual([name, status, type]);
    }
    const part = await fetch(`${fake.url}/view?filename=src.png&type=input`, { headers: { Range: 'bytes=0-9' } });
    expect([part.status, (await part.bytes()).length]).toEqual([206, 10]);
    const { headers } = readRecording('view-headers') as { headers: Record<string, string> };
    const whole = await fetch(`${fake.url}/view?filename=src.png&type=input`);
    expect((await whole.bytes()).length).toBe(png.length);
    for (const name of ['accept-ranges', 'etag', 'content-disposition', 'x-content-type-options']) {
      expect(whole.headers.has(name)).toBe(name in headers);
    }
  });

  it('about its nodes, as one class or all, and with this server’s files', async () => {
    const [[, recorded]] = Object.entries(readRecording('object-info-one-class') as Json) as [[string, Json]];
    expect((await ask('/object_info/KSampler')).KSampler).toEqual(recorded);
    expect(await ask('/object_info/Nonsense')).toEqual({});
    fake.changeModels({ vae: ['mine.safetensors'] });
    expect(JSON.stringify(await ask('/object_info'))).toContain('[["mine.safetensors"]]');
    expect(await ask('/models/vae')).toEqual(['mine.safetensors']);
    expect(await ask('/models')).toEqual(readRecording('models'));
    expect(shapeOf(await ask('/system_stats'))).toEqual(shapeOf(readRecording('system-stats')));
  });

  it.each(Object.entries(readRecording('graphs') as Record<string, Graph>))(
    'to the recorded graph %s with success',
    async (_name, graph) => {
      const own: Record<string, string> = {
        'random-sd15-tiny.safetensors': 'dreamshaper_8.safetensors',
        'random-lora.safetensors': 'detail-tweaker.safetensors',
        'random-esrgan-2x.safetensors': '4x-UltraSharp.pth',
      };
      for (const name of ['src.png', 'mask_bw.png'])
        fake.files.write({ filename: name, subfolder: '', type: 'input' }, readRecordedBytes('saved.png'));
      const text = Object.entries(own).reduce(
        (before, [from, to]) => before.replaceAll(from, to),
        JSON.stringify(graph),
      );
      const id = await run(JSON.parse(text.replaceAll('rgba.png', 'src.png')) as Graph);
      expect(fake.history.get(id)?.status.completed).toBe(true);
    },
  );
});

describe('the fake is told over HTTP what to do', () => {
  const control = (path: string, init?: RequestInit): Promise<Response> => fetch(`${fake.url}/__fake/${path}`, init);

  it('and tells what it saw', async () => {
    await control('faults', { method: 'POST', body: JSON.stringify([{ on: 'GET /queue', kind: 'text500' }]) });
    expect((await fetch(`${fake.url}/queue`)).status).toBe(500);
    expect((await fetch(`${fake.url}/queue`)).status).toBe(200);
    await control('settings', { method: 'POST', body: JSON.stringify({ held: true }) });
    await control('bystander', { method: 'POST' });
    await post({ prompt: sampleGraph(1) });
    await control('restart', { method: 'POST' });
    await expect
      .poll(async () => (await (await control('state').catch(() => control('state'))).json()) as Json)
      .toMatchObject({ running: null, pending: [], finished: [], settings: { held: true } });
    expect((await control('nonsense')).status).toBe(404);
  });
});
