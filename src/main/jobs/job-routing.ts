import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { RoutingState } from '../../shared/models/routing.ts';
import type { FailedProvider, Route, RouteAsk } from '../../shared/routing/plan-route.ts';
import type { StoredAttempt } from '../database/attempts.ts';

/** What jobs ask of routing. */
export interface JobRouting {
  state(): RoutingState;
  plan(ask: RouteAsk, statuses?: ProviderStatus[]): Route;
  /** Who could do what on a good day: nobody is busy, away or cooling down. To be asked about requests of the same moment. */
  goodDay(statuses: ProviderStatus[]): (ask: Pick<RouteAsk, 'request' | 'inputSize'>) => Route;
  /** A job is on its way to a provider: counted as under way until the returned function is called. */
  expect(provider: string): () => void;
  /** Whether one more attempt may begin now; in the same turn of the event loop, `begin` keeps the promise. */
  hasRoom(provider: string): boolean;
  /** Chooses, records and begins while no other Easel on the data folder does. Waits for nothing inside. */
  alone<Result>(choose: () => Result): Result;
  /** Milliseconds until somebody has room, or may be tried again, by itself; null: nobody is waited for. */
  changesInMs(): number | null;
  /** The attempt has been recorded and is about to be sent. `takesTurn`: it is its job's first, and its provider was chosen, not named. */
  begin(attempt: Pick<StoredAttempt, 'id' | 'provider' | 'reservedUsd' | 'startedAt'>, takesTurn: boolean): void;
  /** An attempt of an earlier run of Easel is taken up again. */
  resume(attempt: Pick<StoredAttempt, 'id' | 'provider' | 'reservedUsd' | 'startedAt'>): void;
  /** Nobody here asks about this attempt of an earlier run: it takes no place. */
  abandon(attempt: Pick<StoredAttempt, 'id' | 'provider'>): void;
  /** To be called when an attempt may have ended: looks it up, and does nothing while it is open. */
  settle(attemptId: string, retryAfterMs?: number | null): void;
  /** Something was decided about money that no running job knows of. */
  refreshSpending(): void;
}

/** Who failed at a job in this run of Easel, and how often; kept while the job waits for its turn, forgotten when it ends. */
export interface JobMemory {
  /** Who is not asked again in this round. */
  failed: FailedProvider[];
  /** Times that all who can do it were asked, the present one included. */
  round: number;
  readonly tries: Map<string, number>;
  /** Everybody who failed, each with the last reason. */
  readonly ever: Map<string, FailedProvider>;
  /** Whose own report of the end is not argued with. */
  readonly final: Set<string>;
}

export function newMemory(): JobMemory {
  return { failed: [], round: 1, tries: new Map(), ever: new Map(), final: new Set() };
}

/** Some of its pictures are there: the others are another matter. */
export function forgetFailures(memory: JobMemory): void {
  Object.assign(memory, newMemory());
}
