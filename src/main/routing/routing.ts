import { performance } from 'node:perf_hooks';
import type { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { RouteAnswer } from '../../shared/models/route.ts';
import type {
  ModelRatings,
  ModelScores,
  Override,
  RoutingSettings,
  RoutingState,
} from '../../shared/models/routing.ts';
import type { Size } from '../../shared/routing/fit-request.ts';
import { planRoute, type Route, type RouteAsk } from '../../shared/routing/plan-route.ts';
import { attemptById, type StoredAttempt } from '../database/attempts.ts';
import { countedSince, hasCharge, libraryFile } from '../database/counted-spending.ts';
import type { Database } from '../database/database.ts';
import type { Accounts } from '../database/accounts.ts';
import { attemptsSoFar } from '../database/standings.ts';
import { countedUsd, spentSince } from '../database/usage.ts';
import type { Events } from '../events.ts';
import type { Log } from '../log.ts';
import type { UnderWay } from './gate.ts';
import { codeOf, outcomeOf } from './outcomes.ts';
import { rehearse } from './rehearse.ts';
import { createSpendingBook, monthStart, type Reservation } from './spending.ts';
import { forgetStanding } from './account-memory.ts';
import { createSharedTraffic } from './shared-traffic.ts';
import { watchDays } from './watch-days.ts';

/** Pushes come at most this often. */
const tellEveryMs = 250;

/** A training counts what it cost once it has ended. */
const endedTrainings: readonly string[] = ['succeeded', 'failed', 'cancelled', 'unknown'];

/** Who may be sent what, at what price, and how everybody did: the state behind `planRoute`, kept in step with the attempts. */
export function createRouting(dependencies: {
  database: Database;
  accounts: Accounts;
  providers: { list(): ProviderStatus[]; status(id: string): ProviderStatus; ensureFresh(id?: string): Promise<void> };
  settings: () => { readonly inForce: RoutingSettings; readonly overrides: readonly Override[] };
  scores: () => ModelScores;
  ratings: () => ModelRatings;
  inputSize: (id: string) => Promise<Size>;
  events: Events;
  log: Log;
  now: () => number;
  /** A library that is only read keeps nothing. */
  isReadOnly: boolean;
  onFailure: (provider: string, failure: { code: string; message: string; at: number }) => void;
}) {
  const {
    database,
    accounts,
    providers,
    settings,
    scores,
    ratings,
    inputSize,
    events,
    log,
    now,
    isReadOnly,
    onFailure,
  } = dependencies;
  /** Attempts under way by their id. One of an earlier run has no reservation: the database knows what it counts. */
  const open = new Map<string, { readonly underWay: UnderWay | null; readonly reservation: Reservation | null }>();
  const shared = createSharedTraffic({
    ...{ database, accounts, log, now, isReadOnly },
    manifests: () => providers.list().map(({ manifest }) => manifest),
    settings: () => settings().inForce,
    // The global one is fetched by a getter each time, which takes longer than to read the clock.
    steady: () => performance.now(),
    onResume: (id, underWay) => {
      open.set(id, { underWay, reservation: null });
    },
  });
  const traffic = shared.now;
  const library = libraryFile(database.read);
  const spentElsewhere = (since: number): number => accounts.spentElsewhere(library, since);
  /** Others see what this library counts. Crashes, other programs' answers and older Easels leave it to be noted here. */
  const noteAllSpent = (): void => {
    if (isReadOnly) return;
    const since = monthStart(now());
    const isKnown = (id: string): boolean => hasCharge(database.read, id);
    accounts.settleSpent(library, since, { counted: countedSince(database.read, since), isKnown });
  };
  noteAllSpent();
  const spending = createSpendingBook({
    elsewhere: { since: spentElsewhere, changes: () => accounts.changes() },
    spentSince: (since) => spentSince(database.read, since),
    countedNow: (id) => {
      const attempt = attemptById(database.read, id);
      return attempt === null ? 0 : countedUsd(attempt.cost, attempt.reservedUsd);
    },
    now,
  });
  const refreshSpending = (): void => {
    noteAllSpent();
    spending.refresh();
  };
  let turn = attemptsSoFar(database.read);
  let told: RoutingState | null = null;
  let timer: NodeJS.Timeout | null = null;

  const state = (): RoutingState => {
    const { inForce, overrides } = settings();
    const standings = traffic().standings();
    const spent = spending.at(now());
    const [voted, rated] = [scores(), ratings()];
    const isSame =
      told?.settings === inForce &&
      told.standings === standings &&
      told.scores === voted &&
      told.ratings === rated &&
      told.turn === turn &&
      told.spending.day === spent.day &&
      told.spending.month === spent.month;
    if (told && isSame) return told;
    told = {
      settings: inForce,
      overrides: [...overrides],
      // Never changed in place: a new standing takes the place of an old one.
      standings: standings as RoutingState['standings'],
      spending: spent,
      scores: voted,
      ratings: rated,
      turn,
    };
    return told;
  };

  const tell = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      events.emit({ kind: 'routingChanged', routing: state() });
    }, tellEveryMs).unref();
  };

  // With a new day, the caps have room again.
  const stopWatching = watchDays({ now, onTurn: tell });

  const plan = (ask: RouteAsk, statuses = providers.list()): Route =>
    planRoute({ ...ask, providers: statuses, routing: state(), now: now() });

  /** Who could do what on a good day: nobody is busy, away or cooling down. To be asked about requests of the same moment. */
  const goodDay = (statuses: ProviderStatus[]): ((ask: Pick<RouteAsk, 'request' | 'inputSize'>) => Route) => {
    const ready = statuses.map((status) => ({ ...status, health: { ...status.health, state: 'ready' as const } }));
    const question = { providers: ready, routing: { ...state(), standings: [] }, now: now() };
    return ({ request, inputSize: size }) => planRoute({ ...question, request, inputSize: size });
  };

  /** Providers that were seen to be away. */
  const away = new Set<string>();
  const stopListening = events.listen((event) => {
    if (event.kind === 'settingsChanged') {
      traffic().settingsChanged();
      tell();
    }
    if (event.kind === 'trainingChanged' && endedTrainings.includes(event.training.state)) {
      refreshSpending();
      tell();
    }
    if (event.kind !== 'providerChanged' || event.provider.health.state === 'checking') return;
    const { id } = event.provider.manifest;
    if (event.provider.health.state !== 'ready') away.add(id);
    else if (away.delete(id)) traffic().gate(id)?.cameBack();
  });

  return {
    state,
    plan,
    goodDay,
    /** A job is on its way to a provider: counted as under way until the returned function is called. */
    expect: (provider: string): (() => void) => traffic().gate(provider)?.expect() ?? (() => undefined),
    hasRoom: (provider: string): boolean => traffic().gate(provider)?.mayBegin() ?? false,
    /** No other Easel on the data folder begins anything meanwhile, so that together they keep every cap and limit. */
    alone: <Result>(choose: () => Result): Result => accounts.alone(choose),
    /** Milliseconds until somebody has room, or may be tried again, by itself; null: nobody is waited for. */
    changesInMs: (): number | null => traffic().changesInMs(),
    /** To be called before any work: another library that was open until now may have sent something meanwhile. */
    catchUp: (): void => {
      open.clear();
      shared.recall();
      refreshSpending();
      tell();
    },
    /** The attempt has been recorded and is about to be sent. `takesTurn`: it is its job's first, and its provider was chosen, not named. */
    begin: (
      attempt: Pick<StoredAttempt, 'id' | 'provider' | 'reservedUsd' | 'startedAt'>,
      takesTurn: boolean,
    ): void => {
      open.set(attempt.id, {
        underWay: traffic().gate(attempt.provider)?.begin(attempt.startedAt) ?? null,
        reservation: spending.begin(attempt.id, attempt.reservedUsd ?? 0, attempt.startedAt),
      });
      const { id, startedAt, reservedUsd } = attempt;
      shared.began(id, startedAt);
      accounts.noteStart(attempt, { id, library, startedAt, usd: reservedUsd ?? 0 });
      if (takesTurn) turn += 1;
      tell();
    },
    /** An attempt of an earlier run of Easel is taken up again. */
    resume: (attempt: Pick<StoredAttempt, 'id' | 'provider' | 'startedAt'>): void => {
      if (!open.has(attempt.id)) {
        const underWay = traffic().gate(attempt.provider)?.resume(attempt.startedAt, true) ?? null;
        shared.began(attempt.id, attempt.startedAt);
        if (underWay !== null) open.set(attempt.id, { underWay, reservation: null });
      }
      tell();
    },
    /** Nobody here asks about this attempt of an earlier run: it takes no place. */
    abandon: ({ id }: Pick<StoredAttempt, 'id'>): void => {
      const underWay = open.get(id)?.underWay;
      open.delete(id);
      if (underWay) traffic().abandon(underWay);
    },
    /** To be called when an attempt may have ended: looks it up, and does nothing while it is open. */
    settle: (attemptId: string, retryAfterMs: number | null = null): void => {
      const attempt = attemptById(database.read, attemptId);
      if (!attempt || attempt.state === 'sending' || attempt.state === 'pending') return;
      const known = open.get(attemptId);
      if (known) {
        open.delete(attemptId);
        if (known.underWay) {
          traffic().end(known.underWay, {
            code: attempt.state === 'succeeded' ? null : (codeOf(attempt.error?.code) ?? 'cancelled'),
            retryAfterMs,
            outcome: outcomeOf(attempt, now()),
          });
        }
        if (attempt.error) onFailure(attempt.provider, { ...attempt.error, at: attempt.endedAt ?? now() });
        const { startedAt, reservedUsd, cost } = attempt;
        const usd = countedUsd(cost, reservedUsd);
        if (usd !== (reservedUsd ?? 0) || !known.reservation) {
          accounts.noteSpent({ id: attemptId, library, startedAt, usd });
        }
        if (known.reservation) spending.end(known.reservation, usd);
        else spending.refresh();
      }
      tell();
    },
    /** Something was decided about money that no running job knows of. */
    refreshSpending: (): void => {
      refreshSpending();
      tell();
    },
    /** US dollars that count against the caps in the other libraries of the data folder. */
    spentElsewhere,
    /** Model scores or ratings changed. */
    tell,
    reset: (provider: string): RoutingState => {
      // Throws for one that does not exist, and says which there are.
      providers.status(provider);
      if (!isReadOnly) forgetStanding({ database, accounts }, provider);
      traffic().gate(provider)?.reset();
      events.emit({ kind: 'routingChanged', routing: state() });
      return state();
    },
    /** The contract's rehearsal. Asks providers that nobody has asked yet. */
    rehearse: (request: GenerationRequest): Promise<RouteAnswer> =>
      rehearse(request, { providers, state, inputSize, now }),
    close: (): void => {
      stopListening();
      stopWatching();
      if (timer) clearTimeout(timer);
    },
  };
}
