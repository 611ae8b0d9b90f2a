import type { Gate, UnderWay } from '../../../src/main/routing/gate.ts';
import { createTraffic, type Traffic } from '../../../src/main/routing/traffic.ts';
import { RoutingSettings } from '../../../src/shared/models/routing.ts';
import { providerStatus } from '../../simulate/provider-status.ts';
import type { Row } from '../figure.ts';
import { createRandom } from '../random.ts';
import { usualRounds } from '../rounds.ts';
import { spreadOf } from '../statistics.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const hours = 3;
const atOnce = 4;
const provider = 'painter';
const settings = RoutingSettings.parse({});

interface Started {
  /** By a clock that nobody sets, and by the one of the day. */
  readonly at: number;
  readonly wall: number;
  readonly endsAt: number;
  underWay: UnderWay | null;
}

interface Seen {
  /** By a clock that nobody sets, ascending. */
  readonly starts: readonly number[];
  readonly mostAtOnce: number;
}

/** One provider at its limits, with twice as many jobs as it may be sent. */
export function limitRows(): Row[] {
  return [7, 60, 300].flatMap((perMinute) => {
    const seen = Array.from({ length: usualRounds }, (_, seed) => simulate(perMinute, createRandom(seed + 1)));
    const most = seen.map(({ starts }) => mostInAMinute(starts));
    const used = seen.map(({ starts }) => starts.length);
    // In the first moment the whole allowance of a minute is free.
    const allowance = perMinute * hours * 60;
    return [
      sharedRow(`most in any minute, ${perMinute} allowed`, most, perMinute, { atMost: 1 }),
      sharedRow(`sent in ${hours} hours, ${perMinute} a minute allowed`, used, allowance, { atLeast: 0.98 }),
      sharedRow(
        `most at once, ${atOnce} allowed`,
        seen.map(({ mostAtOnce }) => mostAtOnce),
        atOnce,
        { atMost: 1 },
      ),
    ];
  });
}

function sharedRow(
  name: string,
  ours: readonly number[],
  allowed: number,
  limit: { atMost?: number; atLeast?: number },
) {
  const ratio = ours.map((value) => value / allowed);
  // One that is passed once is passed: the worst round counts.
  const worst = limit.atMost === undefined ? Math.min(...ratio) : Math.max(...ratio);
  return {
    name,
    unit: '',
    ours: spreadOf(ours),
    baseline: spreadOf([allowed]),
    ratio: { ...spreadOf(ratio), median: worst },
    limit: { of: 'ratio', ...limit },
  } as const;
}

/**
 * Hours of jobs that come by chance and take by chance. Now and then the computer's clock is set, and Easel is restarted and
 * knows only what it had written down.
 */
function simulate(perMinute: number, random: () => number): Seen {
  const clock = { steady: random() * 1_000, ahead: 1_700_000_000_000 + random() };
  /** Whole milliseconds, as Date.now tells. */
  const now = (): number => Math.floor(clock.steady + clock.ahead);
  const begunAt = clock.steady;
  const starts: Started[] = [];
  let open: Started[] = [];
  let queued = 0;
  let mostAtOnce = 0;
  let zero = 0;
  let opened = open_();
  const traffic = (): Traffic => {
    opened.clocks.read();
    return opened;
  };
  const gateOf = (its: Traffic): Gate => {
    const gate = its.gate(provider);
    if (gate === null) throw new Error(`There is no ${provider}.`);
    return gate;
  };
  function open_(): Traffic {
    // Each run of Easel has a steady clock of its own.
    zero = clock.steady;
    const { manifest } = providerStatus({
      id: provider,
      kind: 'cloud',
      usd: 0,
      tier: 'standard',
      typicalSeconds: 1,
      atOnce,
      perMinute,
    });
    const reopened = createTraffic({
      manifests: [manifest],
      settings: () => settings,
      remembered: [],
      remember: () => undefined,
      history: () => [],
      now,
      steady: () => clock.steady - zero,
    });
    for (const attempt of starts.slice(-2 * perMinute)) {
      const isOpen = open.includes(attempt);
      if (!isOpen && clock.steady - attempt.at >= minuteMs + 1) continue;
      attempt.underWay = gateOf(reopened).resume(attempt.wall, isOpen);
    }
    return reopened;
  }
  // Twice the allowance comes, and four at once could do one and a half times as much.
  const gapMs = minuteMs / (2 * perMinute);
  const longestMs = (2 * atOnce * minuteMs) / (1.5 * perMinute);
  let nextJob = clock.steady;
  let nextRestart = clock.steady + 10 * minuteMs;
  let nextSet = clock.steady + 15 * minuteMs;
  while (clock.steady - begunAt < hours * hourMs) {
    while (nextJob <= clock.steady) {
      queued += 1;
      nextJob += -Math.log(1 - random()) * gapMs;
    }
    for (const { underWay } of open.filter(({ endsAt }) => endsAt <= clock.steady)) {
      if (underWay) traffic().end(underWay, { code: null, retryAfterMs: null, outcome: null });
    }
    open = open.filter(({ endsAt }) => endsAt > clock.steady);
    if (nextRestart <= clock.steady) {
      opened = open_();
      nextRestart += 20 * minuteMs;
    }
    if (nextSet <= clock.steady) {
      clock.ahead += random() < 0.5 ? -hourMs : 24 * hourMs;
      nextSet += 20 * minuteMs;
    }
    while (queued > 0 && gateOf(traffic()).mayBegin()) {
      queued -= 1;
      const endsAt = clock.steady + random() * longestMs;
      const attempt = { at: clock.steady, wall: now(), endsAt, underWay: gateOf(traffic()).begin(now()) };
      starts.push(attempt);
      open.push(attempt);
      mostAtOnce = Math.max(mostAtOnce, open.length);
    }
    // A timer wakes in whole milliseconds, and a little late.
    const wake = traffic().changesInMs();
    const wakeAt = wake === null ? Infinity : clock.steady + Math.max(1, Math.ceil(wake)) + random() * 0.5;
    clock.steady = Math.min(nextJob, wakeAt, ...open.map(({ endsAt }) => endsAt));
  }
  return { starts: starts.map(({ at }) => at), mostAtOnce };
}

/** How many began within some minute, its end not included. */
function mostInAMinute(starts: readonly number[]): number {
  let first = 0;
  let most = 0;
  for (const [last, at] of starts.entries()) {
    while (at - (starts[first] ?? at) >= minuteMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
