import type { ChildProcess } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeEnvironment } from '../fake-environment.ts';
import { allFakes } from '../fakes/all-fakes.ts';
import type { Fake } from '../fakes/kit/fake-types.ts';
import { startFake } from '../fakes/kit/start-fake.ts';
import { easelJson, newPlace, runEasel, type Place } from '../run-easel.ts';
import { expectNoStack } from '../terminal/plain-failure.ts';
import { startServe, until, type Served } from '../server/start-serve.ts';

/** What a job of one picture may have come to: it is there, or the user is asked. Nothing else. */
type End = 'there' | 'asked';

interface Job {
  readonly id: string;
  readonly state: string;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly imageIds: readonly string[];
  readonly attempts: readonly { readonly state: string; readonly cost: { readonly kind: string } }[];
}

interface Service {
  readonly id: string;
  readonly words: readonly string[];
  /** How it ends when the answer to the paid request is lost. */
  readonly whenLost: End;
  /** It names a piece of work and is asked about it later. */
  readonly isAsked: boolean;
  /** Its pictures are fetched from elsewhere. */
  readonly isFetched: boolean;
}

/** `npm run test:crash` tries them all, `npm test` one of each kind. */
const isFull = process.env.EASEL_CRASH_TESTS === 'full';
const ofEachKind: readonly string[] = ['openai', 'fal'];
const allServices: readonly Service[] = [
  { id: 'openai', words: ['--size', '1024x1024'], whenLost: 'asked', isAsked: false, isFetched: false },
  { id: 'bfl', words: ['--size', '512x512'], whenLost: 'asked', isAsked: true, isFetched: true },
  { id: 'fal', words: ['--size', '512x512'], whenLost: 'there', isAsked: true, isFetched: true },
  { id: 'runware', words: ['--size', '512x512'], whenLost: 'there', isAsked: true, isFetched: true },
];
const services = allServices.filter(({ id }) => isFull || ofEachKind.includes(id));
const stepMs = 20;
/** How a picture is stored does not depend on who made it: one service is enough for a start. */
const storing = ['file-written', 'row-written', 'file-moved', 'event-sent'];
const storesFor = ({ id }: Service): boolean => isFull || id === ofEachKind[0];

let place: Place;
let fake: Fake;
let environment: Record<string, string>;
let served: Served | null = null;

async function start(id: string, slowMs = stepMs): Promise<void> {
  fake = await startFake(
    allFakes.find((each) => each.id === id)!,
    { stepMs: slowMs, largestSide: 64 },
  );
  environment = fakeEnvironment(fake);
}
beforeEach(() => {
  place = newPlace();
});
afterEach(async () => {
  await served?.stop();
  served = null;
  await fake.close();
  place.remove();
});

const pays = (): number => fake.requests.filter(({ kind }) => kind === 'pay').length;
const generate = ({ id, words }: Service): string[] => ['generate', 'a lighthouse', '--provider', id, ...words];

/** Signals a program at the moment at which the service has taken the paid request and before it has answered. */
function onceSent(signal: NodeJS.Signals): (child: ChildProcess) => void {
  return (child) => {
    const timer = setInterval(() => {
      if (pays() > 0) child.kill(signal);
      if (pays() > 0 || child.exitCode !== null) clearInterval(timer);
    }, 1);
  };
}

/** How a job stands, and what the library has, after everything that goes on by itself has gone on. */
interface Outcome {
  readonly job: Job;
  readonly verified: unknown;
}

/** Goes on by command, once more where the user is asked, and with the server: only the first may send anything. */
async function goOn(): Promise<Outcome> {
  const first = await runEasel(place, ['jobs', 'resume'], { environment });
  const sent = pays();
  if (first.code !== 0) expect((await runEasel(place, ['jobs', 'resume'], { environment })).code).toBe(0);
  served = await startServe(place, { environment });
  const { jobs } = await served.call<{ jobs: Job[] }>('jobs/list', {});
  expect(jobs).toHaveLength(1);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const job = await served.call<Job>('jobs/show', { id: jobs[0]!.id });
  const verified = await served.call('library/verify', {});
  await served.stop();
  served = null;
  expect(pays()).toBe(sent);
  return { job, verified };
}

function expectEnd({ job, verified }: Outcome, end: End): void {
  expect(pays()).toBeLessThanOrEqual(1);
  expect(fake.charges.length).toBeLessThanOrEqual(1);
  expect(fake.duplicates).toEqual([]);
  const images = end === 'there' ? 1 : 0;
  expect(job.imageIds).toHaveLength(images);
  expect(verified).toEqual({ images, clean: true, problems: [] });
  if (end === 'there') {
    expect(job).toMatchObject({ state: 'succeeded', error: null });
    expect(pays()).toBe(1);
  } else {
    expect(job).toMatchObject({ state: 'needs_attention', error: { code: 'unknown_outcome' } });
    expect(job.error?.message).toMatch(/may have been charged/);
    expect(job.attempts).toMatchObject([{ state: 'unknown', cost: { kind: 'unknown' } }]);
  }
}

describe.each(services)('kill -9 while $id works', { retry: 0 }, (service) => {
  const points: [string, End][] = [
    ['job-recorded', 'there'],
    // Whether it left can't be known afterwards.
    ['attempt-recorded', 'asked'],
    ['before-submit', 'asked'],
    ['after-submit', service.whenLost],
    ...(service.isAsked ? ['task-recorded', 'pending', 'pending+300'] : []).map((at) => [at, 'there'] as [string, End]),
    ...(service.isFetched ? ['downloading', 'downloading+2'] : []).map((at) => [at, 'there'] as [string, End]),
    ...(storesFor(service) ? storing : []).map((at) => [at, 'there'] as [string, End]),
  ];

  it.each(points)('pays once at most when it comes at %s: the picture is %s', async (killAt, end) => {
    await start(service.id);
    const killed = await runEasel(place, generate(service), { environment, killAt });
    expect(killed.signal, killed.stderr).toBe('SIGKILL');
    const sentBefore = pays();
    expectEnd(await goOn(), end);
    if (killAt === 'job-recorded') expect(sentBefore).toBe(0);
    else expect(pays()).toBe(sentBefore);
  });

  it.each([2, 8])('pays once at most when it comes %s ms after the request is made', async (afterMs) => {
    await start(service.id);
    const killed = await runEasel(place, generate(service), { environment, killAt: `before-submit+${afterMs}` });
    expect(killed.signal, killed.stderr).toBe('SIGKILL');
    const outcome = await goOn();
    if (pays() === 0) expectEnd(outcome, 'asked');
    else if (service.whenLost === 'there') expectEnd(outcome, 'there');
    // The answer may have come just in time.
    else expectEnd(outcome, outcome.job.state === 'succeeded' ? 'there' : 'asked');
  });

  it('pays once when it comes while the service holds the paid request', async () => {
    await start(service.id);
    fake.addFault({ on: 'pay', kind: 'hang', times: 1 });
    const killed = await runEasel(place, generate(service), { environment, onStart: onceSent('SIGKILL') });
    expect(killed.signal, killed.stderr).toBe('SIGKILL');
    await until(() => fake.charges.length === 1);
    expectEnd(await goOn(), service.whenLost);
    expect(pays()).toBe(1);
  });
});

describe.each(services.filter(({ whenLost }) => whenLost === 'asked'))(
  'a request to $id that nobody knows of',
  { retry: 0 },
  (service) => {
    let id: string;
    const show = (): Promise<{ state: string; image_ids: string[]; attempts: { state: string }[] }> =>
      easelJson(place, ['jobs', 'show', id]);
    beforeEach(async () => {
      await start(service.id);
      fake.addFault({ on: 'pay', kind: 'hang', times: 1 });
      await runEasel(place, generate(service), { environment, onStart: onceSent('SIGKILL') });
      const resumed = await runEasel(place, ['jobs', 'resume'], { environment });
      expect(resumed.code).toBe(6);
      const { jobs } = await easelJson<{ jobs: Job[] }>(place, ['jobs', 'list']);
      id = jobs[0]!.id;
    });

    it('can be checked, as often as one likes, without being sent', async () => {
      for (let time = 0; time < 2; time += 1) {
        const checked = await easelJson<{ outcome: string; message: string; job: { state: string } }>(
          place,
          ['jobs', 'check', id],
          { environment },
        );
        expect(checked).toMatchObject({ outcome: 'unsure', job: { state: 'needs_attention' } });
        expect(checked.message).toMatch(/can't tell what became of it.*account/);
      }
      expect(pays()).toBe(1);
    });

    it('is not retried as if nothing had been charged', async () => {
      const outcome = await runEasel(place, ['jobs', 'retry', id], { environment });
      expect(outcome.code).toBe(2);
      expect(outcome.stderr).toMatch(/may have been charged/);
      expect(pays()).toBe(1);
    });

    it('is sent once more when the user says so, and no more than that', async () => {
      const sent = await runEasel(place, ['jobs', 'send-again', id], { environment });
      expect(sent.code, sent.stderr).toBe(0);
      for (let time = 0; time < 2; time += 1)
        expect((await runEasel(place, ['jobs', 'resume'], { environment })).code).toBe(0);
      expect(pays()).toBe(2);
      expect(fake.charges).toHaveLength(2);
      const job = await show();
      expect(job.attempts.map(({ state }) => state)).toEqual(['unknown', 'succeeded']);
      expect(job.image_ids).toHaveLength(1);
      expect(await easelJson(place, ['library', 'verify'])).toEqual({ images: 1, clean: true, problems: [] });
      expect((await runEasel(place, ['jobs', 'send-again', id], { environment })).code).toBe(2);
    });

    it('is left alone when the user gives it up', async () => {
      const given = await runEasel(place, ['jobs', 'give-up', id], { environment });
      expect(given.code, given.stderr).toBe(0);
      expect((await runEasel(place, ['jobs', 'resume'], { environment })).code).toBe(0);
      expect(await show()).toMatchObject({ state: 'cancelled', attempts: [{ state: 'unknown' }] });
      expect((await runEasel(place, ['jobs', 'check', id], { environment })).code).toBe(2);
      expect(pays()).toBe(1);
    });
  },
);

describe('being asked to stop while a paid request is under way', { retry: 0 }, () => {
  const slowMs = 1200;
  const openai = allServices[0]!;

  it('waits for the picture in generate', async () => {
    await start('openai', slowMs);
    const stopped = await runEasel(place, generate(openai), { environment, onStart: onceSent('SIGTERM') });
    expect(stopped.code, stopped.stderr).toBe(130);
    expectNoStack(stopped);
    expect(stopped.stderr).toContain('easel jobs resume');
    expect(fake.charges).toHaveLength(1);
    expectEnd(await goOn(), 'there');
  });

  it('waits for the picture in serve', async () => {
    await start('openai', slowMs);
    served = await startServe(place, { environment });
    await served.call<Job>('jobs/create', { prompt: 'a lighthouse', provider: 'openai' });
    await until(() => pays() === 1);
    expect(await served.stop()).toMatchObject({ code: 0, signal: null, stderr: '' });
    served = null;
    expect(fake.charges).toHaveLength(1);
    expectEnd(await goOn(), 'there');
  });

  it('does not wait for ever, and then asks the user', async () => {
    await start('together');
    fake.addFault({ on: 'pay', kind: 'hang', times: 1 });
    served = await startServe(place, { environment });
    // The quicker a model usually is, the less it is waited for.
    const quick = { provider: 'together', model: 'black-forest-labs/FLUX.1-schnell' };
    await served.call<Job>('jobs/create', { prompt: 'a lighthouse', ...quick });
    await until(() => pays() === 1);
    const startedAt = performance.now();
    expect((await served.stop()).code).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(12_000);
    served = null;
    expectEnd(await goOn(), 'asked');
  });

  it('leaves what the service works on to the next start', async () => {
    const bfl = allServices.find(({ id }) => id === 'bfl')!;
    await start('bfl', 700);
    const stopped = await runEasel(place, generate(bfl), { environment, onStart: onceSent('SIGTERM') });
    expect(stopped.code, stopped.stderr).toBe(130);
    expectEnd(await goOn(), 'there');
  });
});
