import { ratioRow, type Figure, type Row } from '../figure.ts';
import { compare, timeAll } from '../rounds.ts';
import { total } from '../statistics.ts';
import { routedCall } from './twelve-services.ts';
import { mustSucceed, withUpstream } from './upstream.ts';

const calls = 2_000;
const rounds = 15;
const gatewayCalls = 500;
const gatewayRounds = 5;

/** How many routed calls a second, beside bare ones and beside those through the gateway. */
export const throughput: Figure = {
  id: 'R2-router',
  title: `${calls} routed calls to a service that answers at once, by their throughput`,
  measure: () =>
    withUpstream(async (upstream) => {
      const call = upstream.healthy();
      const bare = mustSucceed(call);
      const gateway = mustSucceed(await upstream.throughGateway());
      const routed = routedCall(call, { strategy: 'primary_first' });
      const rows: Row[] = [];
      for (const many of [1, 16, 64]) {
        const besideBare = await compare({
          rounds,
          ours: async () => [await timeAll(calls, many, routed)],
          baseline: async () => [await timeAll(calls, many, bare)],
        });
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
