import { ratioRow, type Figure, type Row } from '../figure.ts';
import { compare, timeAll, type Round } from '../rounds.ts';
import { total } from '../statistics.ts';
import { routedCall } from './twelve-services.ts';
import { mustSucceed, withUpstream } from './upstream.ts';

/** Both sides take turns in short blocks: what else the computer does weighs on both alike. */
const blocks = 10;
const callsPerBlock = 400;
const rounds = 15;
const gatewayCalls = 500;
const gatewayRounds = 5;

/** How many routed calls a second, beside bare ones and beside those through the gateway. */
export const throughput: Figure = {
  id: 'R2-router',
  title: `${blocks * callsPerBlock} routed calls to a service that answers at once, by their throughput`,
  measure: () =>
    withUpstream(async (upstream) => {
      const call = upstream.healthy();
      const bare = mustSucceed(call);
      const gateway = mustSucceed(await upstream.throughGateway());
      const routed = routedCall(call, { strategy: 'primary_first' });
      const rows: Row[] = [];
      for (const many of [1, 16, 64]) {
        const inBlocks = await compare({
          rounds: rounds * blocks,
          ours: async () => [await timeAll(callsPerBlock, many, routed)],
          baseline: async () => [await timeAll(callsPerBlock, many, bare)],
        });
        const besideBare = joined(inBlocks);
        rows.push(
          ratioRow(`${many} at once, beside bare`, besideBare, {
            statistic: total,
            kind: 'speed',
            limit: { atLeast: 0.95 },
          }),
        );
        const besideGateway = await compare({
          rounds: gatewayRounds,
          ours: async () => [await timeAll(gatewayCalls, many, routed)],
          baseline: async () => [await timeAll(gatewayCalls, many, gateway)],
        });
        rows.push(
          ratioRow(`${many} at once, beside the gateway (${gatewayCalls} calls)`, besideGateway, {
            statistic: total,
            kind: 'speed',
            ...(many === 1 ? {} : { limit: { atLeast: 10 } }),
          }),
        );
      }
      return rows;
    }),
};

/** So many blocks in a row are one round. */
function joined(inBlocks: readonly Round[]): Round[] {
  return Array.from({ length: rounds }, (_, number) => {
    const its = inBlocks.slice(number * blocks, (number + 1) * blocks);
    return { ours: its.flatMap(({ ours }) => ours), baseline: its.flatMap(({ baseline }) => baseline) };
  });
}
