import { expect, it } from 'vitest';
import { attemptsOfJob } from '../../src/main/database/attempts.ts';
import { openDatabase } from '../../src/main/database/open-database.ts';
import { newestJobs } from '../../src/main/database/jobs.ts';
import { providerKinds } from '../../src/main/providers/registry.ts';
import { GenerationRequest } from '../../src/shared/models/generation-request.ts';
import type { JobWithAttempts } from '../../src/shared/models/job.ts';
import { fakeEnvironments } from '../fake-environment.ts';
import { allFakes } from '../fakes/all-fakes.ts';
import type { Fault } from '../fakes/kit/fake-types.ts';
import { startFake } from '../fakes/kit/start-fake.ts';
import { openApp } from '../open-app.ts';
import { easelJson, newPlace, runEasel, neverLeaveAlone } from '../run-easel.ts';
import { randomNumbers } from './random-numbers.ts';

/** K4. `npm run test:crash` does it at full size; `npm test` a little of it. */
const isFull = process.env.EASEL_CRASH_TESTS === 'full';
const size = isFull ? { jobs: 10_000, kills: 300, minutes: 25 } : { jobs: 150, kills: 5, minutes: 4 };

const services = allFakes.filter(({ id }) => providerKinds.some(({ manifest }) => manifest.id === id));
/** Those that are asked about their work only every few seconds get fewer jobs: the test is about promises, not about waiting. */
const patient: readonly string[] = ['leonardo', 'astria', 'modal', 'runpod', 'stability', 'fal'];

/** Work done or not, each way in which an answer can be spoilt. */
const faults: readonly Omit<Fault, 'times'>[] = [
  { on: 'pay', kind: 'resetBefore' },
  { on: 'pay', kind: 'resetAfter' },
  { on: 'pay', kind: 'statusAfter', status: 504 },
  { on: 'pay', kind: 'statusAfter', status: 502 },
  { on: 'pay', kind: 'html' },
  { on: 'pay', kind: 'cutJson' },
  { on: 'pay', kind: 'status', status: 429, retryAfter: '0' },
  { on: 'pay', kind: 'status', status: 500 },
  { on: 'pay', kind: 'status', status: 503 },
  { on: 'poll', kind: 'resetAfter' },
  { on: 'poll', kind: 'status', status: 500 },
  { on: 'poll', kind: 'html' },
  { on: 'file', kind: 'status', status: 500 },
  { on: 'file', kind: 'resetBefore' },
];

/** Puts the jobs into the queue as an interface does, and leaves. */
async function addJobs(
  libraryFolder: string,
  environment: Record<string, string>,
  requests: readonly GenerationRequest[],
) {
  const app = await openApp({ libraryFolder, environment });
  const batch = 500;
  for (let at = 0; at < requests.length; at += batch)
    await app.library().jobs.add(requests.slice(at, at + batch), false);
  await app.close();
}

function allJobs(root: string): JobWithAttempts[] {
  const database = openDatabase(root, 'read');
  const jobs: JobWithAttempts[] = [];
  for (let before: string | undefined; ;) {
    const page = newestJobs(database.read, { limit: 500, ...(before === undefined ? {} : { before }) });
    jobs.push(...page.map((job) => ({ ...job, attempts: attemptsOfJob(database.read, job.id) })));
    before = page.at(-1)?.id;
    if (page.length < 500 || before === undefined) break;
  }
  database.close();
  return jobs;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

it(
  `loses no job and pays for none twice: ${size.jobs} jobs over ${services.length} services with faults, killed ${size.kills} times`,
  { retry: 0, timeout: size.minutes * 60_000 },
  async () => {
    const chance = randomNumbers(20261120);
    const place = newPlace();
    const fakes = await Promise.all(
      services.map((service) => {
        // Nobody types its password in here.
        const keys = service.id === 'automatic1111' ? { keys: {} } : {};
        return startFake(service, { stepMs: 3, largestSide: 64, ...keys });
      }),
    );
    const environment = fakeEnvironments(fakes);
    const weights = fakes.flatMap(({ id }) => (patient.includes(id) ? [id] : Array.from({ length: 8 }, () => id)));
    const requests = Array.from({ length: size.jobs }, (_nothing, number) =>
      GenerationRequest.parse({
        prompt: `job number ${number} a small lamp`,
        seed: number,
        count: number % 12 === 0 ? 2 : 1,
        provider: weights[Math.floor(chance() * weights.length)],
      }),
    );
    const spoiling = new AbortController();
    try {
      await addJobs(place.library, environment, requests);
      neverLeaveAlone(place);
      const spoil = (async () => {
        while (!spoiling.signal.aborted) {
          await new Promise((resolve) => setTimeout(resolve, 20 + 400 * chance()));
          const fake = fakes[Math.floor(chance() * fakes.length)];
          const fault = faults[Math.floor(chance() * faults.length)];
          // While a service is idle nothing piles up.
          if (fault && fake?.faultsWaiting() === 0) fake.addFault({ ...fault, times: 1 });
        }
      })();
      let deaths = 0;
      for (let round = 0; round < size.kills; round += 1) {
        const killAfterMs = 450 + Math.floor(chance() * 900);
        const outcome = await runEasel(place, ['jobs', 'resume', '--quiet'], { environment, killAfterMs });
        if (outcome.signal === 'SIGKILL') deaths += 1;
      }
      expect(deaths).toBeGreaterThan(size.kills / 2);
      await runEasel(place, ['jobs', 'resume', '--quiet'], { environment });
      spoiling.abort();
      await spoil;
      for (const fake of fakes) fake.clearFaults();
      // What was accepted and could not be asked about rests; asking again is all that a retry does.
      for (const { id, error } of allJobs(place.library).filter((job) => job.error?.details?.isAccepted === true)) {
        const retried = await runEasel(place, ['jobs', 'retry', id], { environment });
        expect(retried.code, `${error?.message ?? ''} ${retried.stderr}`).toBe(0);
      }
      await runEasel(place, ['jobs', 'resume', '--quiet'], { environment });

      const jobs = allJobs(place.library);
      expect(jobs).toHaveLength(size.jobs);
      const states = Object.groupBy(jobs, ({ state }) => state);
      const told = Object.entries(states).map(([state, those]) => `${those.length} ${state}`);
      process.stdout.write(`\nK4: ${size.jobs} jobs, ${deaths} kills: ${told.join(', ')}\n`);
      expect(
        Object.keys(states)
          .sort()
          .filter((state) => !['failed', 'needs_attention', 'succeeded'].includes(state)),
      ).toEqual([]);
      expect(states.succeeded?.length ?? 0).toBeGreaterThan(size.jobs / 2);

      // The services' own books, by job.
      const charges = fakes.flatMap((fake) => fake.charges.map((charge) => ({ ...charge, provider: fake.id })));
      const byJob = Object.groupBy(charges, ({ request }) => /job number (\d+) a small/.exec(request)?.[1] ?? 'none');
      expect(byJob.none ?? []).toEqual([]);
      expect(fakes.flatMap(({ duplicates }) => duplicates)).toEqual([]);
      const wrong: unknown[] = [];
      for (const { attempts, state, imageIds, request, error } of jobs) {
        const number = /job number (\d+) /.exec(request.prompt)?.[1] ?? '';
        const charged = byJob[number]?.length ?? 0;
        const paid = attempts.filter((attempt) => attempt.state === 'succeeded').length;
        const unknown = attempts.filter((attempt) => attempt.state === 'unknown').length;
        const isFree = request.provider === 'automatic1111';
        const isWhole = state !== 'succeeded' || imageIds.length === request.count;
        const isTold = state !== 'needs_attention' || error?.code === 'unknown_outcome';
        // Whatever was charged is a picture that was kept, or a question to the user.
        const isRight =
          isFree || (charged >= paid && charged <= paid + unknown && (unknown === 0 || state === 'needs_attention'));
        if (!isWhole || !isTold || !isRight) {
          wrong.push({
            number,
            provider: request.provider,
            state,
            error,
            charged,
            attempts: attempts.map((each) => [each.state, each.error?.code]),
          });
        }
      }
      expect(wrong).toEqual([]);

      // Where the service tells what it took, Easel's books say the same, to the cent and beyond.
      for (const fake of fakes) {
        const own = jobs.filter(({ request, state }) => request.provider === fake.id && state === 'succeeded');
        const costs = own.flatMap(({ attempts }) =>
          attempts.filter(({ state }) => state === 'succeeded').map(({ cost }) => cost),
        );
        if (costs.length === 0 || !costs.every(({ kind }) => kind === 'reported')) continue;
        const numbers = new Set(own.map(({ request }) => /job number (\d+) /.exec(request.prompt)?.[1] ?? ''));
        const theirs = fake.charges.filter(({ request }) =>
          numbers.has(/job number (\d+) a/.exec(request)?.[1] ?? '-'),
        );
        if (theirs.some(({ usd }) => usd === null)) continue;
        const ours = sum(costs.map((cost) => (cost.kind === 'unknown' ? 0 : cost.usd)));
        expect(Math.abs(ours - sum(theirs.map(({ usd }) => usd ?? 0))), fake.id).toBeLessThan(1e-6 * costs.length);
      }
      const verified = await easelJson<{ clean: boolean; problems: unknown[] }>(place, ['library', 'verify']);
      expect(verified.problems).toEqual([]);
    } finally {
      spoiling.abort();
      await Promise.all(fakes.map((fake) => fake.close()));
      place.remove();
    }
  },
);
