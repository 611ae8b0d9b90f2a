import { valueRow, type Row } from '../figure.ts';
import { createRandom } from '../random.ts';
import { timeAll, usualRounds } from '../rounds.ts';
import { spreadOf } from '../statistics.ts';
import { createRouter } from './routed-call.ts';
import { withUpstream, type Call } from './upstream.ts';

const calls = 1_500;
const atOnce = 16;
const capUsd = 2;
const priceUsd = 0.003;

interface Spent {
  /** By the service's own account, in US dollars: the most it came to, and the end of it. */
  readonly usd: number;
  /** The same with what was under way, at worst. */
  readonly atWorst: number;
  /** Turned away for want of money. */
  readonly refused: number;
  readonly failures: number;
}

/** A cap that is reached in the midst of it, with calls that fail by chance and cost what they cost. */
export function capRows(): Promise<Row[]> {
  return withUpstream(async (upstream) => {
    const well = upstream.healthy();
    const failing = upstream.failing();
    const rounds: { readonly ours: Spent; readonly naive: Spent }[] = [];
    for (let seed = 1; seed <= usualRounds; seed += 1) {
      const ours = await spendAll(well, failing, createRandom(seed));
      rounds.push({ ours, naive: await spendWithoutReserving(well, failing, createRandom(seed)) });
    }
    if (rounds.some(({ ours }) => ours.refused === 0 || ours.failures === 0)) {
      throw new Error('The cap was not reached, or nothing failed: nothing was tried.');
    }
    const overshoot = (usd: number): number => Math.max(0, usd - capUsd - 1e-9);
    const worst = Math.max(...rounds.map(({ ours }) => overshoot(Math.max(ours.usd, ours.atWorst))));
    const spent = rounds.map(({ ours }) => ours.usd);
    return [
      valueRow(`past a cap of $${capUsd}, ${atOnce} at once, the worst of all`, 'dollars', [worst], { atMost: 0 }),
      {
        name: `spent of a cap of $${capUsd}`,
        unit: 'dollars',
        ours: spreadOf(spent),
        baseline: spreadOf([capUsd]),
        ratio: spreadOf(spent.map((usd) => usd / capUsd)),
        limit: { of: 'ratio', atLeast: 0.98 },
      },
      valueRow(
        'past it where money is counted only once it is gone',
        'dollars',
        rounds.map(({ naive }) => overshoot(naive.usd)),
      ),
      valueRow(
        'calls that failed, and calls refused for want of money',
        'calls',
        rounds.map(({ ours }) => ours.failures + ours.refused),
      ),
    ];
  });
}

/** What the service does with one call: fails by chance, free or at full price, or succeeds for a little less than expected. */
async function serve(well: Call, failing: Call, random: () => number): Promise<{ isFailure: boolean; usd: number }> {
  const isFailure = random() < 0.3;
  const share = isFailure ? (random() < 0.5 ? 0 : 1) : random() < 0.5 ? 1 : 0.5 + random() / 2;
  await (isFailure ? failing : well)();
  return { isFailure, usd: priceUsd * share };
}

async function spendAll(well: Call, failing: Call, random: () => number): Promise<Spent> {
  const seen = { usd: 0, atWorst: 0, refused: 0, failures: 0 };
  let underWay = 0;
  const router = createRouter({
    services: Array.from({ length: 4 }, (_, at) => ({ id: `p${at}`, usd: priceUsd })),
    strategy: 'round_robin',
    capUsd,
    spentSince: () => seen.usd + underWay * priceUsd,
    send: async () => {
      underWay += 1;
      seen.atWorst = Math.max(seen.atWorst, seen.usd + underWay * priceUsd);
      const { isFailure, usd } = await serve(well, failing, random);
      underWay -= 1;
      seen.usd += usd;
      if (isFailure) seen.failures += 1;
      return { code: isFailure ? 'content_policy' : null, usd };
    },
  });
  await timeAll(calls, atOnce, async () => {
    if ((await router.call()) === 'overBudget') seen.refused += 1;
    // As after a decision of the user about money: it is read anew.
    if (random() < 0.01) router.refreshSpending();
  });
  return seen;
}

/** The usual way: looks whether there is money left, calls, and adds what it cost. */
async function spendWithoutReserving(well: Call, failing: Call, random: () => number): Promise<Spent> {
  const seen = { usd: 0, atWorst: 0, refused: 0, failures: 0 };
  await timeAll(calls, atOnce, async () => {
    if (seen.usd + priceUsd > capUsd) {
      seen.refused += 1;
      return;
    }
    const { isFailure, usd } = await serve(well, failing, random);
    seen.usd += usd;
    if (isFailure) seen.failures += 1;
  });
  return seen;
}
