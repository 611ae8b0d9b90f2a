import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProviderErrorCode } from '../../shared/errors.ts';
import type { ProviderManifest } from '../../shared/models/provider.ts';
import { RoutingSettings } from '../../shared/models/routing.ts';
import { closedBreaker } from '../../shared/routing/breaker.ts';
import type { Outcome } from '../../shared/routing/tracks.ts';
import type { UnderWay } from './gate.ts';
import type { Remembered } from './remembered.ts';
import { createTraffic, type Traffic } from './traffic.ts';

const manifest = (id: string, limits: ProviderManifest['limits']): ProviderManifest =>
  ({ id, limits }) as ProviderManifest;

/** An attempt of the last minute, or one that is open: how many milliseconds ago it began. */
interface Started {
  readonly id: string;
  readonly ago: number;
  readonly isOpen: boolean;
}

interface World {
  readonly traffic: Traffic;
  readonly clock: { wall: number; steady: number };
  readonly remembered: Map<string, Remembered>;
  begin(id: string): void;
  end(id: string, code: ProviderErrorCode | null, retryAfterMs?: number | null): void;
  abandon(id: string): void;
  pass(ms: number): void;
  restarted(started: readonly Started[]): World;
}

function world(
  limits: ProviderManifest['limits'],
  { failures = 3, before, started = [] }: { failures?: number; before?: World; started?: readonly Started[] } = {},
): World {
  const clock = before ? { ...before.clock, steady: 0 } : { wall: 1_000_000_000, steady: 0 };
  const remembered = new Map(before?.remembered);
  const settings = RoutingSettings.parse({ breaker: { failures, coolDownSeconds: 30 } });
  const traffic = createTraffic({
    manifests: [manifest('painter', limits)],
    settings: () => settings,
    remembered: [...remembered.values()],
    remember: (standing) => remembered.set(standing.provider, standing),
    history: () => [],
    now: () => clock.wall,
    steady: () => clock.steady,
  });
  const open = new Map<string, UnderWay>();
  for (const { id, ago, isOpen } of started) {
    const underWay = traffic.gate('painter')!.resume(clock.wall - ago, isOpen);
    if (underWay) open.set(id, underWay);
  }
  const self: World = {
    get traffic() {
      traffic.clocks.read();
      return traffic;
    },
    clock,
    remembered,
    begin: (id) => {
      open.set(id, self.traffic.gate('painter')!.begin(clock.wall));
    },
    end: (id, code, retryAfterMs = null) => {
      self.traffic.end(open.get(id)!, { code, retryAfterMs, outcome: null });
    },
    abandon: (id) => {
      self.traffic.abandon(open.get(id)!);
    },
    pass: (ms) => {
      clock.wall += ms;
      clock.steady += ms;
    },
    restarted: (stillKnown) => world(limits, { failures, before: self, started: stillKnown }),
  };
  return self;
}

const standing = ({ traffic }: World) => traffic.standings()[0]!;

function fail(place: World, times: number, code: ProviderErrorCode = 'server'): void {
  for (let number = 0; number < times; number += 1) {
    const id = `failing-${place.clock.steady}-${number}`;
    place.begin(id);
    place.end(id, code);
  }
}

describe('traffic', () => {
  it('keeps both limits, and gives the half-open breaker one try, in any mix of beginnings, ends, pauses and restarts', () => {
    const command = fc.oneof(
      fc.constant({ kind: 'begin' as const }),
      fc.record({
        kind: fc.constant('end' as const),
        which: fc.nat(),
        code: fc.constantFrom<ProviderErrorCode | null>(
          null,
          null,
          'server',
          'server',
          'network',
          'rate_limit',
          'content_policy',
        ),
      }),
      fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 40_000 }) }),
      fc.record({ kind: fc.constant('abandon' as const), which: fc.nat() }),
      fc.constantFrom({ kind: 'restart' as const }, { kind: 'cameBack' as const }, { kind: 'reset' as const }),
      fc.record({ kind: fc.constant('setClock' as const), by: fc.constantFrom(-86_400_000, -3_600_000, 3_600_000) }),
    );
    fc.assert(
      fc.property(
        fc.record({ perMinute: fc.integer({ min: 1, max: 12 }), atOnce: fc.integer({ min: 1, max: 6 }) }),
        fc.array(command, { maxLength: 120, size: 'max' }),
        (limits, commands) => {
          // Opens at once, so that probes are met often.
          let place = world(limits, { failures: 1 });
          let open: string[] = [];
          const begun: { id: string; at: number }[] = [];
          let time = 0;
          let number = 0;
          let probe: string | null = null;
          let isClockSet = false;
          for (const step of commands) {
            if (step.kind === 'begin' && place.traffic.gate('painter')!.mayBegin()) {
              const { state } = standing(place).breaker;
              expect(state).not.toBe('open');
              if (state === 'half_open') {
                expect(probe).toBeNull();
                probe = `a${number}`;
              }
              const id = `a${(number += 1) - 1}`;
              place.begin(id);
              open.push(id);
              begun.push({ id, at: time });
            } else if (step.kind === 'end' && open.length > 0) {
              const id = open[step.which % open.length]!;
              open = open.filter((other) => other !== id);
              if (id === probe) probe = null;
              place.end(id, step.code);
            } else if (step.kind === 'abandon' && open.length > 0) {
              const id = open[step.which % open.length]!;
              open = open.filter((other) => other !== id);
              if (id === probe) probe = null;
              place.abandon(id);
            } else if (step.kind === 'cameBack') place.traffic.gate('painter')!.cameBack();
            else if (step.kind === 'reset') {
              place.traffic.gate('painter')!.reset();
              probe = null;
            } else if (step.kind === 'pass') {
              place.pass(step.ms);
              time += step.ms;
            } else if (step.kind === 'restart') {
              // By which clock each was recorded is for the tests of that, below: then nobody knows which one is the try.
              if (isClockSet) probe = null;
              place = place.restarted(
                begun
                  .map(({ id, at }) => ({ id, ago: time - at, isOpen: open.includes(id) }))
                  .filter(({ ago, isOpen }) => ago < 60_000 || isOpen),
              );
            } else if (step.kind === 'setClock') {
              place.clock.wall += step.by;
              isClockSet = true;
            }
            expect(standing(place).running).toBe(open.length);
            expect(open.length).toBeLessThanOrEqual(limits.atOnce);
            expect(begun.filter(({ at }) => at > time - 60_000).length).toBeLessThanOrEqual(limits.perMinute);
          }
        },
      ),
      { numRuns: 600 },
    );
  });

  it('opens the breaker after three failures in a row, longer each time, and remembers that over a restart', () => {
    let place = world({ perMinute: null, atOnce: 9 });
    fail(place, 2);
    expect(standing(place).breaker.state).toBe('closed');
    fail(place, 1);
    expect(standing(place).breaker).toMatchObject({
      state: 'open',
      until: place.clock.wall + 30_000,
      reason: 'server',
    });
    place = place.restarted([]);
    expect(place.traffic.gate('painter')!.mayBegin()).toBe(false);
    place.pass(30_000);
    expect(standing(place).breaker.state).toBe('half_open');
    fail(place, 1);
    expect(standing(place).breaker.until).toBe(place.clock.wall + 60_000);
  });

  it('does not wait longer because the clock was set back', () => {
    const place = world({ perMinute: 1, atOnce: 9 });
    fail(place, 3, 'timeout');
    place.clock.wall -= 86_400_000;
    place.pass(29_999);
    expect(place.traffic.gate('painter')!.mayBegin()).toBe(false);
    place.pass(30_001);
    expect(place.traffic.gate('painter')!.mayBegin()).toBe(true);
  });

  it('leaves alone whom it has asked for too much, as long as it says, and longer each time where it does not say', () => {
    const place = world({ perMinute: null, atOnce: 9 });
    fail(place, 1, 'rate_limit');
    expect(standing(place)).toMatchObject({ pausedUntil: place.clock.wall + 2_000, breaker: { state: 'closed' } });
    place.pass(2_000);
    expect(place.traffic.gate('painter')!.mayBegin()).toBe(true);
    fail(place, 1, 'rate_limit');
    expect(standing(place).pausedUntil).toBe(place.clock.wall + 4_000);
    place.pass(4_000);
    place.begin('asked');
    place.end('asked', 'rate_limit', 3_600_000);
    place.pass(3_599_999);
    expect(place.traffic.gate('painter')!.mayBegin()).toBe(false);
    place.pass(1);
    expect(place.traffic.gate('painter')!.mayBegin()).toBe(true);
  });

  it('takes what many requests say at once for one pause', () => {
    const place = world({ perMinute: null, atOnce: 99 });
    const ids = Array.from({ length: 10 }, (_, number) => `burst${number}`);
    for (const id of ids) place.begin(id);
    place.pass(100);
    for (const id of ids) place.end(id, 'rate_limit');
    expect(standing(place).pausedUntil).toBe(place.clock.wall + 2_000);
  });

  it('pauses no longer than was asked for, though Easel starts anew with a clock that was set back', () => {
    const place = world({ perMinute: null, atOnce: 9 });
    fail(place, 1, 'rate_limit');
    place.clock.wall -= 3_600_000;
    const later = place.restarted([]);
    expect(standing(later).pausedUntil).toBe(later.clock.wall + 2_000);
  });

  it('sends no second probe after a restart while the first is under way', () => {
    const place = world({ perMinute: null, atOnce: 9 });
    fail(place, 3);
    place.pass(30_000);
    place.begin('probe');
    place.pass(1_000);
    const later = place.restarted([{ id: 'probe', ago: 1_000, isOpen: true }]);
    expect(later.traffic.gate('painter')!.mayBegin()).toBe(false);
    later.end('probe', null);
    expect(standing(later).breaker.state).toBe('closed');
  });

  it('knows the one try after a restart, however the breaker came to be half open, and whoever looks first', () => {
    for (const how of ['cameBack', 'time'] as const) {
      for (const looksFirst of [true, false]) {
        const place = world({ perMinute: null, atOnce: 9 });
        fail(place, 3, 'network');
        if (how === 'cameBack') place.traffic.gate('painter')!.cameBack();
        else place.pass(30_000);
        expect(place.traffic.gate('painter')!.mayBegin()).toBe(true);
        place.begin('probe');
        place.pass(1_000);
        const later = place.restarted([]);
        if (looksFirst) later.traffic.standings();
        expect(later.traffic.gate('painter')!.mayBegin()).toBe(false);
        const underWay = later.traffic.gate('painter')!.resume(later.clock.wall - 1_000, true)!;
        expect(later.traffic.gate('painter')!.mayBegin()).toBe(false);
        later.traffic.end(underWay, { code: null, retryAfterMs: null, outcome: null });
        expect(standing(later).breaker).toEqual(closedBreaker);
      }
    }
  });

  it('lets somebody try where the one try of another run is never heard of again', () => {
    const place = world({ perMinute: null, atOnce: 9 });
    fail(place, 3);
    place.pass(30_000);
    place.begin('probe');
    let later = place.restarted([]);
    expect(later.traffic.gate('painter')!.mayBegin()).toBe(false);
    // However often Easel is started meanwhile.
    for (let seconds = 0; seconds < 30; seconds += 10) {
      later.pass(10_000);
      later = later.restarted([]);
      later.traffic.standings();
    }
    expect(later.traffic.gate('painter')!.mayBegin()).toBe(true);
  });

  it('hears no more of a try from before a reset', () => {
    const place = world({ perMinute: null, atOnce: 9 });
    fail(place, 3);
    place.pass(30_000);
    place.begin('first');
    place.traffic.gate('painter')!.reset();
    fail(place, 3);
    place.pass(30_000);
    place.begin('second');
    place.end('first', 'rate_limit');
    place.pass(3_000);
    expect(place.traffic.gate('painter')!.mayBegin()).toBe(false);
  });

  it.each(['server', 'rate_limit'] as const)(
    'waits no longer after %s because the clock was set back between runs',
    (code) => {
      let place = world({ perMinute: null, atOnce: 9 });
      fail(place, 3, code);
      place.clock.wall -= 86_400_000;
      for (let minutes = 0; minutes < 30; minutes += 1) {
        place = place.restarted([]);
        place.traffic.standings();
        place.pass(60_000);
      }
      expect(place.restarted([]).traffic.gate('painter')!.mayBegin()).toBe(true);
    },
  );

  it('has news where time has changed what was told last', () => {
    const paused = world({ perMinute: null, atOnce: 9 });
    fail(paused, 1, 'rate_limit');
    const full = world({ perMinute: 1, atOnce: 9 });
    full.begin('one');
    for (const [place, ms] of [
      [paused, 2_000],
      [full, 60_000],
    ] as const) {
      place.pass(ms - 1);
      place.traffic.standings();
      place.pass(2);
      expect(place.traffic.changesInMs()).toBe(0);
      place.traffic.standings();
      expect(place.traffic.changesInMs()).toBeNull();
    }
  });

  it('learns once from an attempt that it has taken up again', () => {
    const at = { wall: 1_000_000_000, steady: 0 };
    const outcome: Outcome = {
      model: 'm',
      operation: 'textToImage',
      succeeded: false,
      seconds: 2,
      usd: 0.01,
      at: at.wall,
    };
    const ended: Outcome[] = [];
    const traffic = createTraffic({
      manifests: [manifest('painter', { perMinute: null, atOnce: 9 })],
      settings: () => RoutingSettings.parse({}),
      remembered: [],
      remember: () => undefined,
      history: () => ended,
      now: () => at.wall,
      steady: () => at.steady,
    });
    const underWay = traffic.gate('painter')!.resume(at.wall - 1_000, true)!;
    ended.push(outcome);
    traffic.end(underWay, { code: 'server', retryAfterMs: null, outcome });
    expect(traffic.standings()[0]!.tracks[0]!.weight).toBe(1);
  });

  it('names no time that is over already', () => {
    const place = world({ perMinute: null, atOnce: 9 });
    fail(place, 3);
    place.pass(40_000);
    expect(place.traffic.changesInMs()).toBeNull();
  });

  it('lets nobody back in early because it answers, where it failed at its work', () => {
    const place = world({ perMinute: null, atOnce: 9 });
    fail(place, 3, 'server');
    place.traffic.gate('painter')!.cameBack();
    expect(place.traffic.gate('painter')!.mayBegin()).toBe(false);
    place.traffic.gate('painter')!.reset();
    fail(place, 3, 'network');
    place.traffic.gate('painter')!.cameBack();
    expect(place.traffic.gate('painter')!.mayBegin()).toBe(true);
  });

  it('counts who is on the way as under way', () => {
    const place = world({ perMinute: null, atOnce: 1 });
    const arrived = place.traffic.gate('painter')!.expect();
    expect(place.traffic.gate('painter')!.mayBegin()).toBe(false);
    arrived();
    arrived();
    expect(place.traffic.gate('painter')!.mayBegin()).toBe(true);
  });

  it('learns from every outcome once, whoever wants to know of it, and whenever', () => {
    const ended: Outcome[] = [];
    const outcome = (succeeded: boolean): Outcome => ({
      ...{ model: 'm', operation: 'textToImage', succeeded, seconds: 2, usd: 0.01, at: 1_000_000_000 },
    });
    const at = { wall: 1_000_000_000, steady: 0 };
    const open = (): Traffic =>
      createTraffic({
        manifests: [manifest('painter', { perMinute: null, atOnce: 99 })],
        settings: () => RoutingSettings.parse({}),
        remembered: [],
        remember: () => undefined,
        history: () => ended,
        now: () => at.wall,
        steady: () => at.steady,
      });
    const run = (traffic: Traffic, succeeded: boolean): void => {
      const underWay = traffic.gate('painter')!.begin(at.wall);
      // The database has it before the gate is told.
      ended.push(outcome(succeeded));
      traffic.end(underWay, {
        code: succeeded ? null : 'content_policy',
        retryAfterMs: null,
        outcome: outcome(succeeded),
      });
    };
    const asked = open();
    const silent = open();
    for (let number = 0; number < 150; number += 1) {
      asked.standings();
      run(asked, number % 3 > 0);
    }
    const all = ended.splice(0);
    for (const { succeeded } of all) run(silent, succeeded);
    expect(silent.standings()[0]!.tracks).toEqual(asked.standings()[0]!.tracks);
    // Another run knows the same.
    expect(open().standings()[0]!.tracks).toEqual(asked.standings()[0]!.tracks);
  });

  it('says when something changes by itself', () => {
    const place = world({ perMinute: 1, atOnce: 9 });
    expect(place.traffic.changesInMs()).toBeNull();
    place.begin('one');
    place.pass(1_000);
    expect(place.traffic.changesInMs()).toBe(59_000);
  });

  it('does not go on saying that something has changed when what began a minute ago is over', () => {
    const place = world({ perMinute: 100, atOnce: 9 });
    place.begin('one');
    place.pass(30_000);
    place.begin('other');
    place.traffic.standings();
    place.pass(31_000);
    expect(place.traffic.changesInMs()).toBe(0);
    expect(standing(place).startedLastMinute).toBe(1);
    expect(place.traffic.changesInMs()).toBeNull();
  });

  it('lets one job try a provider that came back', () => {
    const place = world({ perMinute: null, atOnce: 9 });
    fail(place, 3, 'network');
    place.traffic.gate('painter')!.cameBack();
    expect(place.traffic.gate('painter')!.mayBegin()).toBe(true);
    place.begin('probe');
    expect(place.traffic.gate('painter')!.mayBegin()).toBe(false);
    place.end('probe', null);
    expect(standing(place).breaker.state).toBe('closed');
  });
});
