import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeComfyui, type FakeComfyui, type FakeComfyuiOptions } from '../fakes/comfyui/start-fake-comfyui.ts';
import { easelJson, newPlace, runEasel, type Outcome, type Place } from '../run-easel.ts';
import { until } from '../server/start-serve.ts';
import { expectNoStack } from './plain-failure.ts';

interface Listed {
  readonly jobs: readonly { readonly id: string; readonly state: string; readonly error: { code: string } | null }[];
}

const words = ['generate', 'a heron', '--provider', 'comfyui', '--size', '64x64', '--steps', '4'];
let place: Place;
let fake: FakeComfyui;
let environment: Record<string, string>;
const restart = async (options: FakeComfyuiOptions): Promise<void> => {
  await fake.close();
  fake = await startFakeComfyui(options);
  environment = { EASEL_COMFYUI_URL: fake.url };
};
beforeEach(async () => {
  place = newPlace();
  fake = await startFakeComfyui();
  environment = { EASEL_COMFYUI_URL: fake.url };
});
afterEach(async () => {
  await fake.close();
  place.remove();
});

/** Failed in plain words, recorded as failed, and the library has no trace of half a picture. */
async function expectCleanFailure(outcome: Outcome, code: number, message: RegExp): Promise<void> {
  expect(outcome.stderr).toMatch(message);
  expect(outcome.code).toBe(code);
  expectNoStack(outcome);
  expect(await easelJson(place, ['library', 'verify'])).toEqual({ images: 0, clean: true, problems: [] });
}

describe('a ComfyUI that fails', () => {
  it('fails the job in plain words; nothing is lost, and a retry makes the picture', async () => {
    fake.addFaults({ on: 'POST /prompt', kind: 'html' });
    await expectCleanFailure(
      await runEasel(place, words, { environment }),
      3,
      /Something other than ComfyUI answers.*Check the address/,
    );
    const { jobs } = await easelJson<Listed>(place, ['jobs', 'list']);
    expect(jobs.map(({ state }) => state)).toEqual(['failed']);
    expect((await runEasel(place, ['jobs', 'retry', jobs[0]!.id])).stdout).toContain('easel jobs resume');
    expect((await runEasel(place, ['jobs', 'resume'], { environment })).stdout).toContain('succeeded');
  });

  it('has no model at all: that is the remedy', async () => {
    await restart({ models: { checkpoints: [], diffusion_models: [], upscale_models: [] } });
    const outcome = await runEasel(place, words, { environment });
    expect(outcome.stderr).toMatch(/no models\. Put one into its models folder/);
    expect(outcome.code).toBe(3);
  });

  it.each(['0.3.30', '0.3.50', '0.12.0'])('of an older version, %s, draws all the same', async (version) => {
    await restart({ version });
    const outcome = await runEasel(place, words, { environment });
    expect(outcome.code, outcome.stderr).toBe(0);
  });

  it('is not there: nothing is waited for beyond a few tries, and the address is named', async () => {
    await fake.close();
    const outcome = await runEasel(place, words, { environment });
    expectNoStack(outcome);
    expect(outcome.code).toBe(3);
    expect(outcome.stderr).toContain(`Nothing answers at ${fake.url}. Start ComfyUI`);
    fake = await startFakeComfyui();
  });

  it('fails once: with JSON, the answer and the error line both say so', async () => {
    fake.addFaults({ on: 'run', kind: 'error' });
    const outcome = await runEasel(place, [...words, '--json', '--quiet'], { environment });
    expect(JSON.parse(outcome.stdout)).toMatchObject({ status: 'failed', images: [], error: { code: 'server' } });
    expect(JSON.parse(outcome.stderr)).toMatchObject({ error: { code: 'server' } });
  });
});

describe('a ComfyUI that comes back', () => {
  it('goes on with the run after a short absence', async () => {
    fake.settings.stepMs = 60;
    fake.addFaults(
      { on: 'GET /api/jobs/*', kind: 'stopListening', forMs: 700 },
      { on: 'GET /jobs/*', kind: 'stopListening', forMs: 700 },
    );
    const outcome = await runEasel(place, words, { environment });
    expect(outcome.code, outcome.stderr).toBe(0);
    expect(fake.promptsSeen).toHaveLength(1);
  });

  it('runs a prompt again that it forgot when it died', async () => {
    fake.settings.stepMs = 200;
    const { port } = fake;
    const running = runEasel(place, words, { environment });
    await until(() => fake.runningId() !== null);
    await fake.close();
    fake = await startFakeComfyui({ port });
    const outcome = await running;
    expect(outcome.code, outcome.stderr).toBe(0);
    expect(fake.promptsSeen).toHaveLength(1);
  });

  it('sends the picture again that was cut off on its way', async () => {
    fake.addFaults({ on: 'GET /view', kind: 'truncated' });
    const outcome = await runEasel(place, words, { environment });
    expect(outcome.code, outcome.stderr).toBe(0);
    expect(fake.promptsSeen).toHaveLength(1);
  });

  it('is asked once more after it asked for a pause', async () => {
    fake.addFaults({ on: 'POST /prompt', kind: 'status', status: 429 });
    const outcome = await runEasel(place, words, { environment });
    expect(outcome.code, outcome.stderr).toBe(0);
  });
});

describe('Ctrl+C', () => {
  it('cancels the prompt at ComfyUI, this one only, and the job here', async () => {
    fake.settings.stepMs = 100;
    let bystander = '';
    const outcome = await runEasel(place, words, {
      environment,
      onStart: (child) => {
        void until(() => fake.runningId() !== null).then(() => {
          bystander = fake.addBystander();
          child.kill('SIGINT');
        });
      },
    });
    expect(outcome.code).toBe(130);
    expect(outcome.stderr).toMatch(/easel: Cancelled\.\n$/);
    expectNoStack(outcome);
    const [own] = fake.promptsSeen;
    expect(own?.accepted).toBe(true);
    expect((await easelJson<Listed>(place, ['jobs', 'list'])).jobs.map(({ state }) => state)).toEqual(['cancelled']);
    fake.settings.stepMs = 0;
    await until(() => fake.history.has(bystander));
    expect(fake.history.get(bystander)?.status.status_str).toBe('success');
    expect(await easelJson(place, ['library', 'verify'])).toEqual({ images: 0, clean: true, problems: [] });
  });

  it('during jobs resume leaves the rest for another time', async () => {
    fake.settings.held = true;
    const killed = await runEasel(place, words, { environment, killAt: 'pending' });
    expect(killed.signal).toBe('SIGKILL');
    const outcome = await runEasel(place, ['jobs', 'resume'], {
      environment,
      onStart: (child) => {
        child.stderr?.once('data', () => child.kill('SIGINT'));
      },
    });
    expect(outcome).toMatchObject({ code: 130, stdout: '' });
    expect(outcome.stderr).toContain('easel jobs resume');
    expect(fake.runningId()).not.toBeNull();
    fake.settings.held = false;
    expect((await runEasel(place, ['jobs', 'resume'], { environment })).code).toBe(0);
    expect(fake.promptsSeen).toHaveLength(1);
  });
});
