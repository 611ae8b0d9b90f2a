import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { providerErrorCodes, type ProviderErrorCode } from '../../shared/errors.ts';
import { afterFailure, backOffMs, retryWaitMs, type Decision } from './after-failure.ts';

type Question = Parameters<typeof afterFailure>[0];

const ask = (code: ProviderErrorCode, more: Partial<Question> = {}): Decision =>
  afterFailure({
    code,
    isFinal: false,
    tries: 1,
    retryAfterMs: null,
    others: 'nobody',
    round: 1,
    mayPass: false,
    elsewhereAfterRefusal: false,
    chance: 0.5,
    ...more,
  });

const decide = (code: ProviderErrorCode, tries = 1, retryAfterMs: number | null = null): Decision =>
  ask(code, { tries, retryAfterMs });

describe('afterFailure', () => {
  it.each<[ProviderErrorCode, Decision['next']]>([
    ['rate_limit', 'retry'],
    ['timeout', 'retry'],
    ['network', 'retry'],
    ['task_lost', 'retry'],
    ['server', 'fail'],
    ['auth', 'fail'],
    ['quota', 'fail'],
    ['offline', 'fail'],
    ['content_policy', 'fail'],
    ['invalid_request', 'fail'],
    ['cancelled', 'fail'],
    ['unknown_outcome', 'askUser'],
  ])('after %s the first time: %s', (code, next) => {
    expect(decide(code).next).toBe(next);
  });

  it('tries three times at the most, and never again what may have been charged', () => {
    for (const code of providerErrorCodes) {
      expect(decide(code, 3).next).not.toBe('retry');
      if (code === 'unknown_outcome') expect(decide(code, 1).next).toBe('askUser');
    }
  });

  it('goes elsewhere at once rather than wait, and waits for a cool-down rather than fail', () => {
    expect(ask('rate_limit', { others: 'ready' }).next).toBe('elsewhere');
    expect(ask('rate_limit', { others: 'later' }).next).toBe('retry');
    expect(ask('rate_limit', { others: 'later', tries: 3 }).next).toBe('anotherRound');
    expect(ask('server', { others: 'later', round: 9 }).next).toBe('anotherRound');
    expect(ask('content_policy', { others: 'later' }).next).toBe('fail');
    expect(ask('content_policy', { others: 'later', elsewhereAfterRefusal: true }).next).toBe('anotherRound');
  });

  it('asks the user about a higher price only where nothing else is left', () => {
    expect(ask('network', { others: 'dearer' }).next).toBe('retry');
    expect(ask('network', { others: 'dearer', tries: 3 }).next).toBe('elsewhere');
    expect(ask('server', { others: 'dearer', mayPass: true }).next).toBe('anotherRound');
    expect(ask('server', { others: 'dearer' }).next).toBe('elsewhere');
    expect(ask('invalid_request', { others: 'dearer' }).next).toBe('fail');
  });

  it('asks all of several who failed up to three times, waiting longer each time', () => {
    const waits = [1, 2, 3].map((round) => ask('server', { round, mayPass: true }));
    expect(waits).toEqual([
      { next: 'anotherRound', inMs: backOffMs(1, 0.5) },
      { next: 'anotherRound', inMs: backOffMs(2, 0.5) },
      { next: 'fail' },
    ]);
    expect(ask('invalid_request', { mayPass: true }).next).toBe('fail');
    expect(ask('unknown_outcome', { mayPass: true }).next).toBe('askUser');
  });

  it('waits as long as the service asks', () => {
    expect(decide('rate_limit', 1, 12_345)).toEqual({ next: 'retry', inMs: 12_345 });
  });

  it('waits longer each time, spread over half of it, and never beyond half a minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0, max: 1, noNaN: true }), (tries, chance) => {
        const ms = backOffMs(tries, chance);
        const full = Math.min(30_000, 500 * 2 ** (tries - 1));
        expect(ms).toBeGreaterThanOrEqual(full / 2 - 1);
        expect(ms).toBeLessThanOrEqual(full);
      }),
    );
  });
});

describe('the wait that a service asks for', () => {
  it.each([
    [0, 500],
    [2_000, 2_000],
    [86_400_000, 300_000],
    [2 ** 40, 300_000],
  ])('of %d ms becomes %d ms', (retryAfterMs, waited) => {
    expect(retryWaitMs({ tries: 1, retryAfterMs, chance: 0.5 })).toBe(waited);
  });
});
