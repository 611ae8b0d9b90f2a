import { describe, expect, it, vi } from 'vitest';
import { pass, service, underWay, watch } from './health-for-tests.ts';

describe('checks in the background', () => {
  it('ask every cloud service at its interval, give or take, and never two at once', async () => {
    const services = ['one', 'two', 'three', 'four'].map((id) => service(id, 'cloud'));
    let seed = 1;
    const { record } = watch(services, { chance: () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647 });
    await pass(1200);
    for (const { id, asked } of services) {
      expect(asked.length, id).toBeGreaterThanOrEqual(16);
      expect(asked.length, id).toBeLessThanOrEqual(26);
      const gaps = asked.slice(1).map((at, index) => (at - asked[index]!) / 1000);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(47);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(74);
      expect(new Set(gaps.map(Math.round)).size).toBeGreaterThan(5);
      expect(record(id)).toMatchObject({ checks: asked.length, uptime: 1, failuresInARow: 0, errors: [] });
      expect(record(id).nextCheckAt).toBeGreaterThanOrEqual(Date.now());
    }
    expect(underWay.most).toBe(1);
  });

  it('follow a new interval at once, and do not stop because the clock was set back', async () => {
    const one = service('one', 'cloud');
    const { interval } = watch([one], { seconds: 3600 });
    await pass(100);
    expect(one.asked).toHaveLength(1);
    interval.seconds = 10;
    await pass(60);
    expect(one.asked.length).toBeGreaterThanOrEqual(5);
    vi.setSystemTime(new Date('2026-02-28T12:00:00'));
    const before = one.asked.length;
    await pass(60);
    expect(one.asked.length - before).toBeGreaterThanOrEqual(4);
  });

  it('count from the last answer, whoever asked for it', async () => {
    const one = service('one', 'cloud');
    const { providers } = watch([one]);
    await pass(50);
    const forced = providers.check('one');
    await pass(1);
    await forced;
    await pass(50);
    expect(one.asked).toHaveLength(2);
  });

  it('leave alone who is not set up, and end with the program', async () => {
    const [off, one] = [service('off', 'cloud'), service('one', 'cloud')];
    watch([off], { enabled: false });
    const { health, providers } = watch([one]);
    await pass(5);
    await providers.ensureFresh('one');
    health.close();
    await pass(600);
    expect([off.asked.length, one.asked.length]).toEqual([0, 1]);
    expect(providers.use('one').checks).toEqual({ fromCache: 1, asked: 1 });
  });

  it('look again sooner after a failure, and ever later while it goes on', async () => {
    const one = service('one', 'cloud');
    one.mood = 'away';
    const { health, record } = watch([one]);
    await pass(300);
    const gaps = one.asked.slice(1).map((at, index) => Math.round((at - one.asked[index]!) / 1000));
    expect(gaps.slice(0, 3).map((gap) => Math.round(gap / 10))).toEqual([1, 2, 4]);
    expect(Math.round(gaps[3]! / 10)).toBe(6);
    expect(record('one')).toMatchObject({ uptime: 0, failuresInARow: one.asked.length, lastSuccessAt: null });
    // The same words again and again are one error.
    expect(record('one').errors).toEqual([
      { code: 'network', message: 'Nothing answers there.', at: one.asked.at(-1)! + 40, source: 'check' },
    ]);
    expect(health.current()).toMatchObject({ level: 'critical' });
  });
});

describe('a server on this machine', () => {
  it('is seen to go and to come back within seconds, at the price of one small call each time', async () => {
    const local = service('local', 'local', { url: 'http://127.0.0.1:8188' });
    const { state, record, told } = watch([local]);
    await pass(30);
    expect(state('local')).toBe('ready');
    expect(local.asked.length).toBeGreaterThan(7);
    expect(local.modelsRead).toBe(1);
    expect(told('providerChanged').length).toBeLessThan(4);
    local.mood = 'away';
    await pass(5);
    expect(state('local')).toBe('unreachable');
    local.mood = 'well';
    await pass(5);
    expect(state('local')).toBe('ready');
    expect(local.modelsRead).toBe(2);
    expect(record('local').errors).toMatchObject([{ code: 'network', source: 'check' }]);
    expect(record('local').uptime).toBeGreaterThan(0.7);
    await pass(70);
    expect(local.modelsRead).toBe(3);
  });

  it('is seen to go while another one swallows what it is asked', async () => {
    const one = service('one', 'local', { url: 'http://127.0.0.1:8188' });
    const silent = service('silent', 'local', { url: 'http://10.0.0.9:7860', takesMs: 15_000 });
    silent.mood = 'slow';
    const { state } = watch([silent, one]);
    await pass(60);
    expect(state('one')).toBe('ready');
    expect(one.asked.length).toBeGreaterThan(15);
    expect(silent.asked.length).toBeGreaterThan(2);
    one.mood = 'away';
    await pass(5);
    expect(state('one')).toBe('unreachable');
  });

  it('may be slow for a while, as one that works is, before it counts as away', async () => {
    const local = service('local', 'local', { url: 'http://127.0.0.1:8188' });
    const { state } = watch([local]);
    await pass(5);
    local.mood = 'slow';
    await pass(5.5);
    expect(state('local')).toBe('ready');
    await pass(8);
    expect(state('local')).toBe('unreachable');
  });

  it('is looked for while it is not set up', async () => {
    const local = service('local', 'local', { url: 'http://127.0.0.1:8188' });
    const { lookedForServers, providers, state } = watch([local], { enabled: false });
    await pass(30);
    expect(lookedForServers.mock.calls.length).toBeGreaterThanOrEqual(3);
    providers.offer('local', { url: 'http://127.0.0.1:8000', version: '1' });
    expect(state('local')).toBe('found');
    providers.withdrawOffers(['local']);
    expect(state('local')).toBe('found');
    providers.withdrawOffers([]);
    expect(state('local')).toBe('notSetUp');
    // Nothing but a look, until it is accepted.
    expect(local.asked).toEqual([]);
    const accepted = watch([local]);
    await pass(30);
    expect(accepted.lookedForServers).not.toHaveBeenCalled();
  });
});

describe('while cloud services are switched off', () => {
  it('none is asked by itself; servers on this machine are, and all are as soon as they are on again', async () => {
    const [one, two] = [service('one', 'cloud'), service('two', 'cloud', { url: 'http://127.0.0.1:9000' })];
    const local = service('local', 'local', { url: 'http://127.0.0.1:8188' });
    const { switchCloud, record, state } = watch([one, two, local]);
    await pass(5);
    expect([one.asked.length, two.asked.length]).toEqual([1, 1]);
    switchCloud(true);
    expect([record('one').nextCheckAt, record('two').nextCheckAt]).toEqual([null, null]);
    const localAsked = local.asked.length;
    await pass(600);
    expect([one.asked.length, two.asked.length]).toEqual([1, 1]);
    expect(local.asked.length - localAsked).toBeGreaterThan(140);
    expect(state('one')).toBe('ready');
    switchCloud(false);
    await pass(3);
    expect([one.asked.length, two.asked.length]).toEqual([2, 2]);
    expect(record('one').nextCheckAt).not.toBeNull();
  });

  it('none is asked at the start, nor for a job or a new key; the user may still ask for one', async () => {
    const one = service('one', 'cloud');
    const { providers, changeKeys } = watch([one], { cloudOff: true });
    await pass(100);
    changeKeys(['one']);
    await Promise.all([providers.ensureFresh(), providers.ensureFresh('one'), providers.ensureChecked()]);
    await pass(1);
    expect(one.asked).toEqual([]);
    const asked = providers.check('one');
    await pass(1);
    expect((await asked).health.state).toBe('ready');
    expect(one.asked).toHaveLength(1);
  });
});
