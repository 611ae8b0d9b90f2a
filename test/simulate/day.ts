import { GenerationRequest } from '../../src/shared/models/generation-request.ts';
import { emptyRoutingState, type RoutingState } from '../../src/shared/models/routing.ts';
import type { Strategy } from '../../src/shared/models/route-wishes.ts';
import type { ProviderErrorCode } from '../../src/shared/errors.ts';
import { expectedLoss } from '../../src/shared/routing/adaptive.ts';
import { planRoute, type FailedProvider, type RankedProvider } from '../../src/shared/routing/plan-route.ts';
import { createRandom } from '../bench/random.ts';
import { median, p95, total } from '../bench/statistics.ts';
import { normal } from './chance.ts';
import { providerStatus } from './provider-status.ts';
import { createStandings } from './running-standings.ts';
import { services, type Service } from './services.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const spread = 0.3;
const failureMs = 4_000;
const refusalMs = 300;
const pauseMs = 30_000;

interface DayJob {
  readonly at: number;
  readonly turn: number;
  readonly failed: FailedProvider[];
  /** When it is to be looked at again, where nobody can do it now. */
  againAt: number;
  attempts: number;
}

interface Done {
  readonly service: Service;
  readonly seconds: number;
  readonly usd: number;
}

/** What a strategy made of a day. Shares are 0 to 1, times seconds from the wish to the picture. */
export interface DayResult {
  readonly strategy: Strategy;
  readonly success: number;
  readonly firstAttemptFailures: number;
  readonly usd: number;
  readonly p50: number;
  readonly p95: number;
  /** Elo points of the pictures, on average. */
  readonly quality: number;
  /** Share of pictures made by the primary and by the user's own machine. */
  readonly primary: number;
  readonly local: number;
  /** Share of first attempts that went to the provider with most of them. */
  readonly mostAtOne: number;
  /** How much of what may run at once at the chosen provider was running, on average. */
  readonly load: number;
  /** What was lost on average, 0 to 1, as `adaptive` reckons. */
  readonly loss: number;
}

/** A day of so many jobs, with the real router, breakers and tracks; the same seed gives every strategy the same day. */
export function simulateDay(strategy: Strategy, count: number, seed: number): DayResult {
  const random = createRandom(seed);
  const statuses = services.map(providerStatus);
  const request = GenerationRequest.parse({ prompt: 'a lighthouse at dusk' });
  const settings = {
    ...emptyRoutingState.settings,
    strategy,
    primary: 'primary',
    fallbacks: ['strict', 'steady'],
    prices: { 'ownmachine/m': { usd: 0.003, per: 'image' as const } },
  };
  const scores = Object.fromEntries(services.map(({ id, points }) => [id, { m: { all: { points, votes: 30 } } }]));
  const standings = createStandings(statuses, settings.breaker);
  const waiting: DayJob[] = [];
  const events: { readonly at: number; readonly happen: () => void }[] = [];
  const plan = (at: number, happen: () => void): void => {
    let place = events.length;
    while (place > 0 && (events[place - 1]?.at ?? 0) < at) place -= 1;
    events.splice(place, 0, { at, happen });
  };
  const done: Done[] = [];
  const firstAt = new Map<string, number>();
  const loads: number[] = [];
  const losses: number[] = [];
  let firstFailures = 0;
  let failedJobs = 0;

  const begin = (job: DayJob, { provider, cost }: RankedProvider, now: number): void => {
    const service = services.find(({ id }) => id === provider);
    if (!service) return;
    const begun = standings.start(provider, now);
    loads.push((begun.running - 1) / service.atOnce);
    if (job.attempts === 0) firstAt.set(provider, (firstAt.get(provider) ?? 0) + 1);
    job.attempts += 1;
    const { code, tookMs } = attempt(service, begun.startedLastMinute, now, random);
    plan(now + tookMs, () => {
      const end = now + tookMs;
      const seconds = tookMs / 1000;
      const usd = cost.kind === 'unknown' ? null : cost.usd;
      standings.end(provider, {
        code,
        seconds,
        usd,
        at: end,
        pausedUntil: code === 'rate_limit' ? end + pauseMs : null,
        wasProbe: begun.breaker.probing,
      });
      if (job.attempts === 1) losses.push(code === null ? expectedLoss(1, seconds, service.usd, service.points) : 1);
      if (code === null) {
        done.push({ service, seconds: (end - job.at) / 1000, usd: service.usd });
        return;
      }
      if (job.attempts === 1) firstFailures += 1;
      job.failed.push({ provider, code });
      waiting.unshift(job);
    });
  };

  const dispatch = (now: number): void => {
    for (const job of [...waiting]) {
      if (job.againAt > now) continue;
      const routing: RoutingState = {
        ...emptyRoutingState,
        settings,
        scores,
        standings: standings.at(now),
        turn: job.turn,
      };
      const { ranked, skipped } = planRoute({
        request,
        providers: statuses,
        routing,
        inputSize: null,
        now,
        failed: job.failed,
      });
      const [best] = ranked;
      if (best?.waits === true) continue;
      const again = Math.min(...skipped.map(({ againAt }) => againAt ?? Infinity));
      if (best === undefined && Number.isFinite(again)) {
        job.againAt = again;
        plan(again, () => undefined);
        continue;
      }
      waiting.splice(waiting.indexOf(job), 1);
      if (best) begin(job, best, now);
      else failedJobs += 1;
    }
  };

  for (const [turn, at] of arrivals(count, random).entries()) {
    const job: DayJob = { at, turn, failed: [], againAt: 0, attempts: 0 };
    plan(at, () => void waiting.push(job));
  }
  for (let event = events.pop(); event; event = events.pop()) {
    event.happen();
    dispatch(event.at);
    const room = standings.nextRoom(event.at);
    if (waiting.length > 0 && room !== null && (events.at(-1)?.at ?? Infinity) > room) plan(room, () => undefined);
  }

  const seconds = done.map((job) => job.seconds);
  const shareOf = (is: (service: Service) => boolean): number =>
    done.filter(({ service }) => is(service)).length / done.length;
  return {
    strategy,
    success: 1 - (failedJobs + waiting.length) / count,
    firstAttemptFailures: firstFailures / count,
    usd: total(done.map(({ usd }) => usd)),
    p50: median(seconds),
    p95: p95(seconds),
    quality: total(done.map(({ service }) => service.points)) / done.length,
    primary: shareOf(({ id }) => id === 'primary'),
    local: shareOf(({ kind }) => kind === 'local'),
    mostAtOne: Math.max(...firstAt.values()) / count,
    load: total(loads) / loads.length,
    loss: total(losses) / losses.length,
  };
}

/** Times of the day, a few at once as people ask for them, by day three times as many as by night. */
function arrivals(count: number, random: () => number): number[] {
  const times: number[] = [];
  while (times.length < count) {
    const at = random() * dayMs;
    const isDay = at >= 8 * hourMs && at < 23 * hourMs;
    if (!isDay && random() > 0.33) continue;
    const together = 1 + Math.floor(random() * 4);
    for (let number = 0; number < together && times.length < count; number += 1) times.push(at + number * 500);
  }
  return times.sort((one, other) => one - other);
}

function attempt(
  service: Service,
  startedLastMinute: number,
  now: number,
  random: () => number,
): { code: ProviderErrorCode | null; tookMs: number } {
  const hour = now / hourMs;
  const within = (hours: readonly [number, number] | undefined): boolean =>
    hours !== undefined && hour >= hours[0] && hour < hours[1];
  // Both are drawn in any case, so that one difference does not change all that follows.
  const luck = random();
  const factor = Math.exp(spread * normal(random));
  if (service.hiddenPerMinute !== undefined && startedLastMinute > service.hiddenPerMinute) {
    return { code: 'rate_limit', tookMs: refusalMs };
  }
  if (within(service.down)) return { code: 'server', tookMs: failureMs };
  const bad = within(service.bad?.hours) ? service.bad : undefined;
  if (luck > (bad?.success ?? service.success)) return { code: 'server', tookMs: failureMs * factor };
  return { code: null, tookMs: service.seconds * (bad?.slower ?? 1) * factor * 1000 };
}
