import fc from 'fast-check';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { ProviderErrorCode } from '../../src/shared/errors.ts';
import { strategies } from '../../src/shared/models/route-wishes.ts';
import { newLibraryFolder, type Easel, type LibraryFolder } from './library-folder.ts';
import { failing, finished, paidProvider, picture, type ScriptedProvider } from './scripted-provider.ts';

/** `npm run test:crash` does all of them; `npm test` some. */
const schedules = process.env.EASEL_CRASH_TESTS === 'full' ? 1_000 : 20;
/** Nothing was sent for so long: whoever still waits has a reason to. */
const quietMs = 25;
const longestLifeMs = 1_000;

/** What a service does with a request. */
const answers = [
  'draws',
  'drawsSlowly',
  'drawsLater',
  'drawsOneLess',
  'breaks',
  'refuses',
  'isBusy',
  'takesTheMoney',
  'forgets',
] as const;
type Answer = (typeof answers)[number];

/** Mostly none. */
const rarely = <Value>(some: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: some });
const anyService = fc.record({
  usd: fc.constantFrom(0.01, 0.02, 0.03, 0.05),
  imagesPerRequest: fc.integer({ min: 1, max: 4 }),
  atOnce: fc.constantFrom(1, 3, 16, 16),
  perMinute: rarely(fc.constantFrom(3, 8)),
  answers: fc.array(fc.constantFrom(...answers, 'draws' as const, 'draws' as const), { minLength: 1, maxLength: 6 }),
});
type Service = typeof anyService extends fc.Arbitrary<infer Value> ? Value : never;

const anyJob = fc.record({
  count: fc.integer({ min: 1, max: 4 }),
  named: rarely(fc.nat({ max: 2 })),
  maxUsd: rarely(fc.constantFrom(0.02, 0.06)),
});

/** What becomes of an Easel: it is killed at this step, or closed when nothing more happens, or its user does something first. */
const anyLife = fc.record({
  killedAtStep: fc.option(fc.integer({ min: 1, max: 40 })),
  jobs: fc.array(anyJob, { minLength: 1, maxLength: 16, size: 'max' }),
  then: fc.constantFrom('nothing', 'retries', 'sendsAgain', 'cancels'),
});

const anySchedule = fc.record({
  services: fc.array(anyService, { minLength: 1, maxLength: 3, size: 'max' }),
  strategy: fc.constantFrom(...strategies),
  caps: fc.record({
    image: rarely(fc.constantFrom(0, 0.02, 0.03)),
    job: rarely(fc.constantFrom(0.03, 0.05, 0.1)),
    day: fc.constantFrom(0.1, 0.4, 0.4, 1, null),
    month: rarely(fc.constantFrom(0.1, 0.6)),
  }),
  lives: fc.array(anyLife, { minLength: 1, maxLength: 3, size: 'max' }),
});
type Schedule = typeof anySchedule extends fc.Arbitrary<infer Value> ? Value : never;

/** What a service has taken, or may take, for one request. */
interface Charge {
  readonly service: number;
  readonly job: string;
  readonly perImage: number;
  usd: number;
  isOpen: boolean;
  readonly at: number;
}

/** Services keep these books by themselves, whatever Easel believes. */
function openBooks({ services, caps }: Schedule) {
  const charges: Charge[] = [];
  const tellers = services.map(() => 0);
  /** What services work on, by its id there; they go on with it whatever becomes of Easel. */
  const tasks = new Map<string, () => ReturnType<typeof finished>>();
  const sum = (some: readonly Charge[]): number => some.reduce((total, { usd }) => total + usd, 0);
  const within = (usd: number, most: number | null, what: string): void => {
    if (most !== null) expect(usd, `${what} of ${most}`).toBeLessThanOrEqual(most + 1e-9);
  };

  const check = (charge: Charge): void => {
    within(charge.perImage, caps.image, 'the cap for an image');
    within(sum(charges.filter(({ job }) => job === charge.job)), caps.job, 'the cap for a job');
    within(sum(charges), caps.day, 'the cap of the day');
    within(sum(charges), caps.month, 'the cap of the month');
    const { atOnce, perMinute } = services[charge.service]!;
    const own = charges.filter(({ service }) => service === charge.service);
    expect(own.filter(({ isOpen }) => isOpen).length).toBeLessThanOrEqual(atOnce);
    const lastMinute = own.filter(({ at }) => at > charge.at - 60_000);
    if (perMinute !== null) expect(lastMinute.length).toBeLessThanOrEqual(perMinute);
  };

  const serviceOf = ({ usd, imagesPerRequest, answers: script }: Service, service: number): ScriptedProvider => {
    return paidProvider(
      {
        submit: async ({ count, prompt, seed }) => {
          const charge = { service, job: prompt, perImage: usd, usd: usd * count, isOpen: true, at: Date.now() };
          charges.push(charge);
          problems.note(() => {
            check(charge);
          });
          const answer: Answer = script[tellers[service]!++ % script.length]!;
          const fails = (code: ProviderErrorCode, taken: number): Promise<never> => {
            charge.usd = taken;
            charge.isOpen = false;
            return failing(code, `It ${answer}.`, { retryAfterMs: 0 })();
          };
          const draws = (images: number) => {
            charge.usd = usd * images;
            charge.isOpen = false;
            return finished(Array.from({ length: images }, (_, at) => picture((seed + at) % 8)));
          };
          await sleep(answer === 'drawsSlowly' ? 15 : seed % 4);
          if (answer === 'drawsLater') {
            const remoteId = `r${tasks.size}`;
            tasks.set(remoteId, () => draws(count));
            return { state: 'pending', task: { remoteId }, askAgainInMs: 1 };
          }
          if (answer === 'breaks') return fails('server', 0);
          if (answer === 'refuses') return fails('content_policy', 0);
          if (answer === 'isBusy') return fails('rate_limit', 0);
          if (answer === 'takesTheMoney') return fails('unknown_outcome', usd * count);
          if (answer === 'forgets') return fails('unknown_outcome', 0);
          return draws(answer === 'drawsOneLess' ? Math.max(1, count - 1) : count);
        },
        collect: ({ remoteId }) => tasks.get(remoteId)?.() ?? failing('task_lost', 'Nobody knows it.')(),
        cancel: () => Promise.resolve(false),
      },
      { id: idOf(service), price: { usd, per: 'image' }, imagesPerRequest },
    );
  };

  const problems = createNotes();
  return {
    charges,
    /** A program that was killed hears nothing more: what was open stays open in its books, and is charged at worst. */
    forgetAfter: (length: number): void => {
      charges.length = length;
      for (const charge of charges) charge.isOpen = false;
    },
    open: (): ScriptedProvider[] => services.map(serviceOf),
    problems,
  };
}

/** What is found wrong inside of a call would only look like another failure of the service. */
function createNotes() {
  const found: unknown[] = [];
  return {
    note: (look: () => void): void => {
      try {
        look();
      } catch (error) {
        found.push(error);
      }
    },
    raise: (): void => {
      if (found.length > 0) throw found[0] as Error;
    },
  };
}

const idOf = (service: number): string => ['painter', 'sketcher', 'etcher'][service] ?? 'painter';

async function untilQuiet({ jobs }: Easel, charges: readonly Charge[], isOver: () => boolean): Promise<void> {
  const startedAt = performance.now();
  let quietSince = startedAt;
  let seen = charges.length;
  while (!isOver() && performance.now() - startedAt < longestLifeMs) {
    await sleep(2);
    const { queued, running } = jobs.queue().state;
    if (queued + running === 0) return;
    if (charges.length !== seen || charges.some(({ isOpen }) => isOpen)) {
      seen = charges.length;
      quietSince = performance.now();
    }
    if (performance.now() - quietSince > quietMs) return;
  }
}

/** As a user does who has seen how the jobs ended. */
async function answer({ jobs }: Easel, then: Schedule['lives'][number]['then']): Promise<void> {
  for (const { id, state } of jobs.queue().ended) {
    if (then === 'retries' && state === 'failed') jobs.retry(id);
    if (then === 'sendsAgain' && state === 'needs_attention') jobs.sendAgain(id);
  }
  if (then !== 'cancels') return;
  for (const { id } of jobs.queue().running) await jobs.cancel(id).catch(() => undefined);
}

/** What happened in all of them, so that it is seen that something did. */
const seen = { jobs: 0, refused: 0, requests: 0, kills: 0, ended: new Map<string, number>() };

async function live(schedule: Schedule): Promise<void> {
  const { folder: first, remove } = newLibraryFolder();
  const books = openBooks(schedule);
  const routing = {
    strategy: schedule.strategy,
    caps: schedule.caps,
    fallbackAfterRefusal: true,
    primary: idOf(0),
    limits: Object.fromEntries(
      schedule.services.map(({ atOnce, perMinute }, service) => [idOf(service), { atOnce, perMinute }]),
    ),
    breaker: { failures: 3, coolDownSeconds: 1 },
  };
  let folder: LibraryFolder = first;
  let number = 0;
  try {
    for (const { killedAtStep, jobs, then } of schedule.lives) {
      const providers = books.open();
      const easel = await folder.open(providers, { routing });
      const killed: { left: LibraryFolder | null; charged: number } = { left: null, charged: 0 };
      let steps = 0;
      const listen = (): void => {
        steps += 1;
        if (steps !== killedAtStep) return;
        killed.left = folder.killedNow();
        killed.charged = books.charges.length;
      };
      subscribe('easel:step', listen);
      for (const { count, named, maxUsd } of jobs) {
        number += 1;
        seen.jobs += 1;
        await easel
          .ask({
            prompt: `pear ${number}`,
            seed: number,
            count,
            provider: named === null || named >= schedule.services.length ? undefined : idOf(named),
            ...(maxUsd === null ? {} : { wishes: { maxUsd } }),
          })
          .catch((error: unknown) => {
            expect(error).toMatchObject({ code: 'overBudget' });
            seen.refused += 1;
          });
      }
      await untilQuiet(easel, books.charges, () => killed.left !== null);
      if (killed.left === null) {
        await answer(easel, then);
        await untilQuiet(easel, books.charges, () => killed.left !== null);
      }
      unsubscribe('easel:step', listen);
      if (killed.left !== null) for (const provider of providers) provider.hangUp();
      seen.requests += providers.reduce((sum, { sent }) => sum + sent.length, 0);
      if (killed.left !== null) seen.kills += 1;
      else for (const { state } of easel.jobs.queue().ended) seen.ended.set(state, (seen.ended.get(state) ?? 0) + 1);
      await easel.close();
      books.problems.raise();
      books.forgetAfter(killed.left === null ? books.charges.length : killed.charged);
      folder = killed.left ?? folder;
    }
  } finally {
    await remove();
  }
}

it(
  `passes no cap and no limit in ${schedules} random schedules with failures, kills, answers of the user and 16 jobs at once`,
  { retry: 0, timeout: 1_500_000 },
  async () => {
    await fc.assert(fc.asyncProperty(anySchedule, live), { numRuns: schedules, seed: 20261129, endOnFailure: true });
    const { jobs, refused, requests, kills, ended } = seen;
    const told = [...ended].map(([state, count]) => `${count} ${state}`).join(', ');
    process.stdout.write(
      `\n${schedules} schedules: ${jobs} jobs, ${refused} of them refused at once; ${requests} requests, ${kills} kills; ended: ${told}\n`,
    );
    expect(requests).toBeGreaterThan(5 * schedules);
    expect(kills).toBeGreaterThan(schedules / 4);
  },
);
