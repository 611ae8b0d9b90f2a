import { performance } from 'node:perf_hooks';
import type { Gate, UnderWay } from '../../../src/main/routing/gate.ts';
import { createSpendingBook, type Reservation } from '../../../src/main/routing/spending.ts';
import { createTraffic } from '../../../src/main/routing/traffic.ts';
import type { Cost } from '../../../src/shared/models/cost.ts';
import type { Strategy } from '../../../src/shared/models/route-wishes.ts';
import { emptyRoutingState, RoutingSettings } from '../../../src/shared/models/routing.ts';
import { whyTooDear, type Purse } from '../../../src/shared/routing/money.ts';
import { planRoute } from '../../../src/shared/routing/plan-route.ts';
import { providerStatus } from '../../simulate/provider-status.ts';
import { createPreparedChoice, request } from './prepared-choice.ts';
import type { Answer } from './upstream.ts';

export interface RouterOptions {
  /** In the user's order. */
  readonly services: readonly { readonly id: string; readonly usd: number }[];
  readonly strategy: Strategy;
  /** US dollars a day. */
  readonly capUsd: number;
  readonly send: (provider: string) => Promise<Answer>;
  readonly clock?: { readonly now: () => number; readonly steady: () => number };
  /** The database's part: what counts since then, by what was begun and ended so far. */
  readonly spentSince?: () => number;
  /**
   * `prepared`: that the request fits the models is known, and only who has changed is reckoned anew; `planned`: a whole route is
   * made for each call, reasons and all.
   */
  readonly decides?: 'prepared' | 'planned';
}

/** How a call ended: who did it, after how many that failed; or nobody could, or there is no money left. */
export type Routed = { readonly provider: string; readonly failed: number } | 'nobody' | 'overBudget';

export type Router = ReturnType<typeof createRouter>;

const atOnce = 1_000;
const perMinute = 100_000_000;

/**
 * Easel's routing around a call, without the database and the files of a job: decision, cap, limits, breaker, reservation,
 * settlement, learning. All of it is the program's own; only the order in which it is asked is repeated here.
 */
export function createRouter(options: RouterOptions) {
  const { services, strategy, capUsd, send, clock = realClock, spentSince = () => 0, decides = 'prepared' } = options;
  const statuses = services.map(({ id, usd }) =>
    providerStatus({ id, usd, kind: 'cloud', tier: 'standard', typicalSeconds: 5, atOnce, perMinute }),
  );
  const settings = RoutingSettings.parse({
    strategy,
    primary: services[0]?.id ?? null,
    fallbacks: services.slice(1).map(({ id }) => id),
    caps: { day: capUsd },
  });
  const traffic = createTraffic({
    manifests: statuses.map(({ manifest }) => manifest),
    settings: () => settings,
    remembered: [],
    remember: () => undefined,
    history: () => [],
    ...clock,
  });
  const book = createSpendingBook({
    spentSince,
    countedNow: () => 0,
    elsewhere: { since: () => 0, changes: () => 0 },
    now: clock.now,
  });
  let turn = 0;
  const choice = createPreparedChoice({ statuses, settings, strategy });

  const purseAt = (now: number): Purse => ({
    maxUsd: undefined,
    caps: settings.caps,
    spending: book.at(now),
    spentUsd: 0,
  });

  /** Who was best stays so until somebody fails, or time lets somebody come back, where the strategy heeds nothing else. */
  let lasting: (Chosen & { readonly until: number }) | null = null;

  const decide = (failed: readonly string[]): Begun | 'nobody' | 'overBudget' => {
    traffic.clocks.read();
    const now = traffic.clocks.at;
    if (lasting !== null && failed.length === 0 && now < lasting.until) {
      if (lasting.gate.mayBegin() && whyTooDear(purseAt(now), lasting.cost, 1) === null) return begin(lasting, now);
    }
    const first = choice.best(failed, { now, turn, standings: traffic.standings(), purse: purseAt(now) });
    if (typeof first === 'string') return first;
    if (first.waits) throw new Error('Nobody was to be at a limit.');
    const chosen = chosenOf(first.at.status.manifest.id, first.cost);
    if (lastingStrategies.has(strategy) && failed.length === 0) {
      lasting = { ...chosen, until: now + (traffic.changesInMs() ?? Infinity) };
    }
    return begin(chosen, now);
  };

  const plan = (failed: readonly string[]): Begun | 'nobody' | 'overBudget' => {
    traffic.clocks.read();
    const now = traffic.clocks.at;
    const { ranked, skipped } = planRoute({
      request,
      providers: statuses,
      routing: { ...emptyRoutingState, settings, standings: [...traffic.standings()], spending: book.at(now), turn },
      inputSize: null,
      now,
      failed: failed.map((provider) => ({ provider, code: 'server' })),
    });
    const [first] = ranked;
    if (!first) return skipped.some(({ code }) => code === 'overBudget') ? 'overBudget' : 'nobody';
    if (first.waits) throw new Error('Nobody was to be at a limit.');
    return begin(chosenOf(first.provider, first.cost), now);
  };

  const chosenOf = (provider: string, cost: Cost): Chosen => {
    const gate = traffic.gate(provider);
    if (gate === null) throw new Error(`There is no ${provider}.`);
    return { provider, gate, cost };
  };

  const begin = ({ provider, gate, cost }: Chosen, now: number): Begun => {
    const underWay = gate.begin(now);
    turn += 1;
    // In the program, the id is that of the row in the database.
    return { provider, underWay, reservation: book.begin('', cost.kind === 'unknown' ? 0 : cost.usd, now) };
  };

  const end = ({ underWay, reservation }: Begun, { code, usd }: Answer): void => {
    traffic.clocks.read();
    const { at } = traffic.clocks;
    const cost = usd ?? reservation.usd;
    if (code !== null) lasting = null;
    traffic.end(underWay, {
      code,
      retryAfterMs: null,
      outcome: {
        model: 'm',
        operation: 'textToImage',
        succeeded: code === null,
        seconds: (at - reservation.startedAt) / 1000,
        usd: cost,
        at,
      },
    });
    book.end(reservation, cost);
  };

  const choose = decides === 'planned' ? plan : decide;

  return {
    standings: () => {
      traffic.clocks.read();
      return traffic.standings();
    },
    /** US dollars that count against the cap now. */
    spent: () => book.at(clock.now()).day,
    refreshSpending: () => {
      book.refresh();
    },
    /** Chooses somebody, and lets a call begin there; `failed`: who is not to be asked again. */
    begin: choose,
    end,
    /** A call with all that follows where it fails. */
    call: async (): Promise<Routed> => {
      let failed: readonly string[] = none;
      for (;;) {
        const begun = choose(failed);
        if (begun === 'nobody' || begun === 'overBudget') return begun;
        const answer = await send(begun.provider);
        end(begun, answer);
        if (answer.code === null) return { provider: begun.provider, failed: failed.length };
        failed = [...failed, begun.provider];
      }
    },
  };
}

/** Who does it, and for how much. */
interface Chosen {
  readonly provider: string;
  readonly gate: Gate;
  readonly cost: Cost;
}

/** A call under way. */
export interface Begun {
  readonly provider: string;
  readonly underWay: UnderWay;
  readonly reservation: Reservation;
}

/** They heed neither who is busy nor how everybody did: only the order, the price, the votes. */
const lastingStrategies: ReadonlySet<Strategy> = new Set([
  'primary_first',
  'local_first',
  'cost_optimized',
  'quality_focused',
]);

const none: readonly string[] = [];
const realClock = { now: () => Date.now(), steady: () => performance.now() };
