import { ratioRow, valueRow, type Figure, type Row } from '../figure.ts';
import { compare, timeAll, timeEachAwaited, usualRounds, type Round } from '../rounds.ts';
import { median } from '../statistics.ts';
import { createRouter, type Router } from './routed-call.ts';
import { mustSucceed, withUpstream, type Call, type Upstream } from './upstream.ts';

const callsBefore = 300;
const pairs = 2_000;
const gatewayCalls = 300;
/** A job every two seconds: cool-downs end while the primary stays dead, and it is tried again. */
const msBetweenJobs = 2_000;

/** The primary dies: what is lost until it is left alone, and what it costs after that. */
export const deadPrimary: Figure = {
  id: 'R4',
  title: `A primary that dies, ${pairs} jobs, one every ${msBetweenJobs / 1000} s of a simulated clock`,
  measure: () =>
    withUpstream(async (upstream) => [
      ...(await rowsOf(upstream, 'refuses', await upstream.refusing())),
      ...(await rowsOf(upstream, 'answers 500', upstream.failing())),
      await gatewayRow(upstream),
    ]),
};

async function rowsOf(upstream: Upstream, how: string, dead: Call): Promise<Row[]> {
  const healthy = upstream.healthy();
  const second = upstream.healthy();
  const rounds: Round[] = [];
  const wasted: number[] = [];
  const wastedAtOnce: number[] = [];
  const perJob: number[] = [];
  for (let number = 0; number <= usualRounds; number += 1) {
    const well = createPatient({ healthy, second, dead });
    const dying = createPatient({ healthy, second, dead });
    await timeEachAwaited(callsBefore, well.job);
    await timeEachAwaited(callsBefore, dying.job);
    dying.die();
    let jobs = pairs;
    for (; !dying.isLeftAlone(); jobs += 1) await dying.job();
    const untilOpen = dying.deadCalls();
    const round = { ours: [] as number[], baseline: [] as number[] };
    for (let at = 0; at < pairs; at += 1) {
      round.ours.push(...(await timeEachAwaited(1, dying.job)));
      round.baseline.push(...(await timeEachAwaited(1, well.job)));
    }
    const inParallel = createPatient({ healthy, second, dead });
    inParallel.die();
    await timeAll(callsBefore, 16, inParallel.job);
    if (number === 0) continue;
    rounds.push(round);
    wasted.push(untilOpen);
    wastedAtOnce.push(inParallel.deadCalls());
    perJob.push(dying.deadCalls() / jobs);
  }
  return [
    valueRow(`${how}: wasted calls until the breaker opens`, 'calls', wasted, { atMost: 5 }),
    ratioRow(`${how}: p50 after that, beside a healthy primary`, rounds, {
      statistic: median,
      kind: 'time',
      limit: { atMost: 1.05 },
    }),
    valueRow(`${how}: dead calls a job, tries included`, 'calls', perJob, { atMost: 0.02 }),
    valueRow(`${how}: wasted calls with 16 at once from the start`, 'calls', wastedAtOnce),
  ];
}

/** A router with three providers whose first one can die. */
function createPatient({ healthy, second, dead }: { healthy: Call; second: Call; dead: Call }) {
  let isDead = false;
  let deadCalls = 0;
  let skippedMs = 0;
  const router: Router = createRouter({
    services: ['primary', 'second', 'third'].map((id) => ({ id, usd: 0.003 })),
    strategy: 'primary_first',
    capUsd: 1_000_000,
    clock: { now: () => Date.now() + skippedMs, steady: () => performance.now() + skippedMs },
    send: (provider) => {
      if (provider !== 'primary') return second();
      if (!isDead) return healthy();
      deadCalls += 1;
      return dead();
    },
  });
  return {
    job: async (): Promise<void> => {
      skippedMs += msBetweenJobs;
      const routed = await router.call();
      if (typeof routed === 'string') throw new Error(`A job was not done: ${routed}.`);
    },
    die: () => {
      isDead = true;
    },
    deadCalls: () => deadCalls,
    isLeftAlone: () => router.standings()[0]?.breaker.state === 'open',
  };
}

/** What the gateway makes of it, told to fall back but not to repeat: it asks the dead one each time. */
async function gatewayRow(upstream: Upstream): Promise<Row> {
  const ours = mustSucceed(await upstream.throughGatewayAfterFailure());
  const baseline = mustSucceed(await upstream.throughGateway());
  const rounds = await compare({
    ours: () => timeEachAwaited(gatewayCalls, ours),
    baseline: () => timeEachAwaited(gatewayCalls, baseline),
  });
  return ratioRow('the gateway, falling back from one that answers 500', rounds, { statistic: median, kind: 'time' });
}
