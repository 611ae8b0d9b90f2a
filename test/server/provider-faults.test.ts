import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../fakes/comfyui/faults.ts';
import { startFakeComfyui, type FakeComfyui } from '../fakes/comfyui/start-fake-comfyui.ts';
import { easelJson, newPlace, type Place, neverLeaveAlone } from '../run-easel.ts';
import { startServe, until, type Served } from './start-serve.ts';

interface Job {
  readonly id: string;
  readonly state: string;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly imageIds: readonly string[];
  readonly attempts: readonly { readonly state: string; readonly error: { code: string } | null }[];
}

let place: Place;
let fake: FakeComfyui;
let served: Served;
beforeAll(async () => {
  place = newPlace();
  fake = await startFakeComfyui();
  neverLeaveAlone(place);
  served = await startServe(place, { environment: { EASEL_COMFYUI_URL: fake.url } });
});
afterAll(async () => {
  await served.stop();
  expect(await easelJson(place, ['library', 'verify'])).toMatchObject({ clean: true, problems: [] });
  await fake.close();
  place.remove();
});

const create = (prompt: string): Promise<Job> =>
  served.call<Job>('jobs/create', { prompt, provider: 'comfyui', width: 64, height: 64, steps: 3 });
async function ended(id: string): Promise<Job> {
  let job: Job | null = null;
  await until(async () => {
    job = await served.call<Job>('jobs/show', { id });
    return job.state !== 'queued' && job.state !== 'running';
  });
  return job!;
}

describe('a ComfyUI that', () => {
  it.each<[string, Fault, string, RegExp]>([
    [
      'answers with a web page',
      { on: 'POST /prompt', kind: 'html' },
      'server',
      /Something other than ComfyUI answers.*Check the address/,
    ],
    [
      'answers with a page that says it is JSON',
      { on: 'POST /prompt', kind: 'htmlAsJson' },
      'server',
      /Something other than ComfyUI/,
    ],
    [
      'answers with half of its JSON',
      { on: 'POST /prompt', kind: 'garbage' },
      'server',
      /Something other than ComfyUI answers/,
    ],
    [
      'answers with an error of its own',
      { on: 'POST /prompt', kind: 'text500' },
      'server',
      /reports an error of its own \(500\)/,
    ],
    ['refuses the prompt', { on: 'POST /prompt', kind: 'nodeErrors' }, 'invalid_request', /ComfyUI/],
    ['asks to sign in', { on: 'POST /prompt', kind: 'status', status: 401 }, 'auth', /refuses access \(401\)/],
    [
      'redirects',
      { on: 'POST /prompt', kind: 'redirect' },
      'server',
      /redirects elsewhere\. Enter the address it leads to/,
    ],
    ['fails in a node', { on: 'run', kind: 'error', afterSteps: 1 }, 'server', /ComfyUI failed in \w+: /],
    ['runs out of memory', { on: 'run', kind: 'outOfMemory' }, 'server', /out of memory.*smaller/],
    ['finishes without a picture', { on: 'run', kind: 'noOutputs' }, 'server', /finished without a picture/],
    [
      'loses the picture',
      { on: 'run', kind: 'deleteFile' },
      'server',
      /is gone from ComfyUI's output folder\. Generate it again/,
    ],
    [
      'sends text for a picture',
      { on: 'GET /view', kind: 'notAnImage', times: 9 },
      'server',
      /can't be kept: This is not a picture/,
    ],
    [
      'sends 60,000 pixels a side',
      { on: 'GET /view', kind: 'enormous', times: 9 },
      'server',
      /can't be kept: The picture is too large/,
    ],
  ])('%s fails the job in plain words, and the next one runs', async (_, fault, code, message) => {
    fake.addFaults(fault);
    const bad = await create('bad');
    // Whoever comes second must not take the fault.
    const failed = await ended(bad.id);
    fake.faults.clear();
    expect(failed).toMatchObject({
      state: 'failed',
      imageIds: [],
      error: { code, message: expect.stringMatching(message) as string },
    });
    expect(failed.error?.message).not.toMatch(/\n|undefined|\.js/);
    expect(failed.attempts.map(({ state }) => state)).toEqual(['failed']);
    const good = await create('good');
    expect(await ended(good.id)).toMatchObject({ state: 'succeeded', error: null });
    await served.call('jobs/retry', { id: bad.id });
    expect(await ended(bad.id)).toMatchObject({ state: 'succeeded', error: null });
  });

  it('stops a run of ours by itself has cancelled the job', async () => {
    fake.settings.held = true;
    const job = await create('stopped there');
    await until(() => fake.runningId() !== null);
    fake.interruptRunning();
    fake.settings.held = false;
    expect(await ended(job.id)).toMatchObject({ state: 'cancelled', imageIds: [] });
  });
});
