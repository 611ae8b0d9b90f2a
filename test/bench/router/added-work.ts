import { ratioRow, valueRow, type Figure, type Row } from '../figure.ts';
import { timeEachAwaited, usualRounds, type Round } from '../rounds.ts';
import { median, spreadOf } from '../statistics.ts';
import { routedCall } from './twelve-services.ts';
import { mustSucceed, withUpstream } from './upstream.ts';

const blocks = 10;
/** Long enough that each has its share of the garbage to collect. */
const callsPerBlock = 1_000;
const pairs = 3_000;
const gatewayCalls = 600;

type Work = () => Promise<void>;

/** What routing adds to one call: the processor's time, and the time until the answer is there. */
export const addedWork: Figure = {
  id: 'R1',
  title: 'What routing over 12 providers adds to a bare undici.request, one call after the other',
  measure: () =>
    withUpstream(async (upstream) => {
      const call = upstream.healthy();
      const bare = mustSucceed(call);
      const gateway = mustSucceed(await upstream.throughGateway());
      const fixed = routedCall(call, { strategy: 'primary_first' });
      const adaptive = routedCall(call, { strategy: 'adaptive' });
      const planned = routedCall(call, { strategy: 'primary_first', decides: 'planned' });
      return [
        ...(await processorRows('primary_first', fixed, bare)),
        ...(await processorRows('adaptive', adaptive, bare)),
        ...(await timeRows(fixed, bare, gateway)),
        ...(await processorRows('a whole new route for each call', planned, bare, 'for information')),
      ];
    }),
};

/**
 * Both sides take turns in short blocks, and the median of all pairs of them counts: what else the computer does weighs on both
 * alike, or on a few of them.
 */
async function processorRows(name: string, ours: Work, baseline: Work, purpose?: 'for information'): Promise<Row[]> {
  const rounds: Round[] = [];
  for (let number = 0; number <= usualRounds; number += 1) {
    const round = { ours: [] as number[], baseline: [] as number[] };
    for (let block = 0; block < blocks; block += 1) {
      const oursFirst = block % 2 === 0;
      if (oursFirst) round.ours.push(await processorMs(ours));
      round.baseline.push(await processorMs(baseline));
      if (!oursFirst) round.ours.push(await processorMs(ours));
    }
    // The first round loads and compiles.
    if (number > 0) rounds.push(round);
  }
  const added = rounds.map((round) => median(round.ours.map((ms, block) => ms - (round.baseline[block] ?? NaN))));
  return [
    ratioRow(`processor: ${name}`, rounds, { statistic: median, kind: 'time' }),
    valueRow(`  added by routing`, 'ms', added, purpose === undefined ? { atMost: 0.008 } : undefined),
  ];
}

async function processorMs(work: Work): Promise<number> {
  const before = process.cpuUsage();
  for (let at = 0; at < callsPerBlock; at += 1) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / callsPerBlock;
}

/** Bare and routed call by call in turns: a difference of microseconds is looked for. */
async function timeRows(ours: Work, bare: Work, gateway: Work): Promise<Row[]> {
  const rounds: { ours: number; bare: number; gateway: number }[] = [];
  for (let number = 0; number <= usualRounds; number += 1) {
    const times = { ours: [] as number[], bare: [] as number[] };
    for (let at = 0; at < pairs; at += 1) {
      times.ours.push(...(await timeEachAwaited(1, ours)));
      times.bare.push(...(await timeEachAwaited(1, bare)));
    }
    const viaGateway = await timeEachAwaited(gatewayCalls, gateway);
    if (number === 0) continue;
    rounds.push({ ours: median(times.ours), bare: median(times.bare), gateway: median(viaGateway) });
  }
  const byRouting = rounds.map((round) => round.ours - round.bare);
  const byGateway = rounds.map((round) => round.gateway - round.bare);
  const asRounds = (side: 'ours' | 'gateway'): Round[] =>
    rounds.map((round) => ({ ours: [round[side]], baseline: [round.bare] }));
  return [
    ratioRow('p50: routed, beside bare', asRounds('ours'), { statistic: median, kind: 'time' }),
    ratioRow('p50: through the gateway, beside bare', asRounds('gateway'), { statistic: median, kind: 'time' }),
    {
      name: 'p50: added by routing, beside what the gateway adds',
      unit: 'ms',
      ours: spreadOf(byRouting),
      baseline: spreadOf(byGateway),
      ratio: spreadOf(byRouting.map((added, at) => added / (byGateway[at] ?? NaN))),
      limit: { of: 'ratio', atMost: 0.012 },
    },
  ];
}
