import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeComfyui, type FakeComfyui } from '../fakes/comfyui/start-fake-comfyui.ts';
import type { Fake } from '../fakes/kit/fake-types.ts';
import { startFake } from '../fakes/kit/start-fake.ts';
import { fakeStability } from '../fakes/stability/service.ts';
import { fakeEnvironment } from '../fake-environment.ts';
import { newPlace, type Place } from '../run-easel.ts';
import { startServe, until, type Served } from './start-serve.ts';

interface Health {
  readonly level: string;
  readonly message: string;
  readonly records: readonly {
    readonly provider: string;
    readonly checks: number;
    readonly uptime: number | null;
    readonly failuresInARow: number;
    readonly nextCheckAt: number | null;
    readonly errors: readonly { code: string; source: string }[];
  }[];
}
interface Job {
  readonly id: string;
  readonly state: string;
  readonly request: { provider: string; model: string; width: number; height: number; project: string };
}

let place: Place;
let comfyui: FakeComfyui;
let stability: Fake;
let served: Served;
beforeEach(async () => {
  place = newPlace();
  comfyui = await startFakeComfyui();
  stability = await startFake(fakeStability);
  served = await startServe(place, {
    environment: {
      EASEL_COMFYUI_URL: comfyui.url,
      ...fakeEnvironment(stability),
      SERVICE_HEALTH_CHECK_INTERVAL: '5s',
    },
  });
});
afterEach(async () => {
  await served.stop();
  await comfyui.close();
  await stability.close();
  place.remove();
});

const health = (): Promise<Health> => served.call<Health>('providers/health', {});
const record = async (id: string) => (await health()).records.find(({ provider }) => provider === id)!;
const level = async (): Promise<string> => (await health()).level;

describe('the health of all', () => {
  it('follows a local server that goes and comes back, within seconds and without being asked', async () => {
    expect(await health()).toMatchObject({ level: 'healthy', message: 'All 2 providers are ready.' });
    const { port } = comfyui;
    await comfyui.close();
    await until(async () => (await level()) === 'degraded', 8_000);
    expect((await health()).message).toMatch(/1 of 2 providers are ready; not ready: ComfyUI\. Nothing answers/);
    comfyui = await startFakeComfyui({ port });
    await until(async () => (await level()) === 'healthy', 8_000);
    expect((await record('comfyui')).errors).toMatchObject([{ code: 'network', source: 'check' }]);
  });

  it('follows a cloud service that flaps, by free calls at its interval', { timeout: 60_000 }, async () => {
    await until(async () => (await record('stability')).checks >= 2, 12_000);
    stability.addFault({ on: 'free', kind: 'status', status: 503, times: 1 });
    await until(async () => (await record('stability')).failuresInARow > 0, 12_000);
    expect(await level()).toBe('degraded');
    await until(async () => (await level()) === 'healthy', 15_000);
    const { uptime, checks, nextCheckAt } = await record('stability');
    expect(uptime).toBeCloseTo((checks - 1) / checks, 5);
    expect(nextCheckAt).toBeGreaterThan(Date.now() - 1_500);
    expect(stability.charges).toEqual([]);
  });

  it('does not fall for jobs that fail where checks succeed', async () => {
    stability.addFault({ on: 'pay', kind: 'status', status: 400 });
    const { id } = await served.call<Job>('providers/testGeneration', { id: 'stability' });
    await until(async () => (await served.call<Job>('jobs/show', { id })).state === 'failed');
    expect(await level()).toBe('healthy');
    expect(await record('stability')).toMatchObject({ uptime: 1, failuresInARow: 0, errors: [{ source: 'job' }] });
  });
});

describe('a test picture', () => {
  it('is drawn small by the provider named, and counted nowhere else', async () => {
    const job = await served.call<Job>('providers/testGeneration', { id: 'comfyui' });
    expect(job.request).toMatchObject({ provider: 'comfyui', width: 256, height: 256, project: 'Test pictures' });
    await until(async () => (await served.call<Job>('jobs/show', { id: job.id })).state === 'succeeded');
    expect(stability.charges).toEqual([]);
  });

  it.each([
    [{ id: 'nobody' }, 'unknownProvider', /no provider/],
    [{ id: 'comfyui', model: 'nothing' }, 'unknownModel', /no model "nothing"/],
    [{ id: 'fal' }, 'auth', /needs its API key/],
  ])('is refused for %j', async (input, code, message) => {
    expect(await served.fail('providers/testGeneration', input)).toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });
});

describe('a provider that begins anew', () => {
  it('lets a job that is under way end, and is asked anew', async () => {
    comfyui.settings.stepMs = 150;
    const { id } = await served.call<Job>('jobs/create', {
      prompt: 'a long one',
      provider: 'comfyui',
      width: 64,
      height: 64,
      steps: 60,
    });
    await until(() => comfyui.runningId() !== null);
    const before = (await record('comfyui')).checks;
    expect(await served.call('providers/reinitialize', { id: 'comfyui' })).toMatchObject({
      health: { state: 'ready' },
    });
    expect((await record('comfyui')).checks).toBeLessThanOrEqual(before);
    await until(async () => (await served.call<Job>('jobs/show', { id })).state === 'succeeded', 20_000);
    expect(comfyui.promptsSeen).toHaveLength(1);
  });
});

describe('routing over the server', () => {
  it('is changed by pieces, and says what the environment decides', async () => {
    await served.call('routing/update', { caps: { day: 5 }, strategy: 'fastest' });
    await served.call('routing/update', { caps: { month: 50 } });
    expect(await served.call('routing/get', {})).toMatchObject({
      settings: { strategy: 'fastest', caps: { day: 5, month: 50, job: null }, healthCheckSeconds: 60 },
      inForce: { healthCheckSeconds: 5 },
      overrides: [{ setting: 'healthCheckSeconds', variable: 'SERVICE_HEALTH_CHECK_INTERVAL', value: '5' }],
    });
    expect(await served.fail('routing/setPrimary', { provider: 'stabilty' })).toMatchObject({
      status: 404,
      code: 'unknownProvider',
      message: expect.stringContaining('Did you mean stability?') as string,
    });
    expect(await served.fail('routing/update', { healthCheckSeconds: 1 })).toMatchObject({ status: 400 });
  });

  it('shows connections and answers from what was known, for each provider that is set up', async () => {
    await served.call('providers/check', { id: 'stability' });
    const { providers } = await served.call<{
      providers: { provider: string; pool: { open: number; most: number }; checks: { asked: number } }[];
    }>('routing/metrics', { hours: 1 });
    expect(providers.map(({ provider }) => provider)).toEqual(['comfyui', 'stability']);
    const own = providers.find(({ provider }) => provider === 'stability');
    expect(own?.pool.most).toBe(8);
    expect(own?.pool.open).toBeGreaterThanOrEqual(1);
    expect(own?.pool.open).toBeLessThanOrEqual(8);
    expect(own?.checks.asked).toBeGreaterThanOrEqual(1);
  });
});
