import { describe, expect, it } from 'vitest';
import { pass, service, watch } from './health-for-tests.ts';

describe('the level', () => {
  it('falls with those that are away, and says who', async () => {
    const [one, two] = [service('one', 'cloud'), service('two', 'cloud')];
    const { health, told } = watch([one, two]);
    expect(health.current()).toMatchObject({ level: 'healthy', message: expect.stringContaining('not been asked') });
    await pass(5);
    expect(health.current()).toMatchObject({ level: 'healthy', message: 'All 2 providers are ready.' });
    one.mood = 'refusing';
    await pass(80);
    expect(health.current()).toMatchObject({ level: 'degraded', message: expect.stringContaining('not ready: One') });
    two.mood = 'away';
    await pass(80);
    expect(health.current()).toMatchObject({ level: 'critical', message: expect.stringContaining('Nothing answers') });
    const levels = told('healthChanged').map(({ event }) => event.kind === 'healthChanged' && event.health.level);
    expect(levels.filter((level, index) => level !== levels[index - 1])).toEqual(['healthy', 'degraded', 'critical']);
  });

  it('stays where a provider answers checks and fails at jobs: its record shows the failures, the newest 20', async () => {
    const liar = service('liar', 'cloud');
    const { health, record, told } = watch([liar]);
    await pass(5);
    for (let number = 1; number <= 30; number += 1) {
      health.noteJobFailure('liar', { code: 'server', message: `It broke ${number}.`, at: Date.now() });
    }
    await pass(1);
    expect(health.current().level).toBe('healthy');
    expect(record('liar')).toMatchObject({ uptime: 1, failuresInARow: 0 });
    expect(record('liar').errors).toHaveLength(20);
    expect(record('liar').errors[0]).toMatchObject({ message: 'It broke 30.', source: 'job' });
    expect(told('healthChanged').at(-1)).toMatchObject({
      event: { health: { records: [{ errors: { length: 20 } }] } },
    });
  });

  it('follows one that flaps, without flooding anybody', async () => {
    const flapping = service('local', 'local', { url: 'http://127.0.0.1:8188', takesMs: 1 });
    const { told, record } = watch([flapping]);
    for (let round = 0; round < 60; round += 1) {
      flapping.mood = round % 2 === 0 ? 'away' : 'well';
      await pass(4);
    }
    const times = told('healthChanged').map(({ at }) => at);
    for (const [index, at] of times.entries()) expect(times[index + 4] ?? Infinity).toBeGreaterThanOrEqual(at + 1000);
    expect(record('local').uptime).toBeGreaterThan(0.3);
    expect(record('local').uptime).toBeLessThan(0.7);
    expect(record('local').errors.length).toBe(1);
  });
});

describe('settings that another Easel has changed', () => {
  it('are told of the provider that they concern', async () => {
    const [one, two] = [service('one', 'cloud'), service('two', 'cloud')];
    const { change, told } = watch([one, two]);
    await pass(5);
    const before = told('providerChanged').length;
    const news = () =>
      told('providerChanged')
        .slice(before)
        .map(({ event }) => event.kind === 'providerChanged' && [event.provider.manifest.id, event.provider.enabled]);
    change({ theme: 'dark' });
    expect(news()).toEqual([]);
    change({ providers: { one: { enabled: true }, two: { enabled: false } } });
    expect(news()).toEqual([['two', false]]);
  });
});

describe('a provider that begins anew', () => {
  it('is asked anew, its record is empty, and old connections are closed once nobody works with them', async () => {
    const one = service('one', 'cloud');
    const { health, record } = watch([one]);
    await pass(1);
    health.noteJobFailure('one', { code: 'server', message: 'It broke.', at: Date.now() });
    let isAtWork = true;
    const anew = health.reinitialize('one', () => isAtWork);
    await pass(1);
    expect(await anew).toMatchObject({ health: { state: 'ready' } });
    expect(record('one')).toMatchObject({ checks: 1, errors: [] });
    await pass(30);
    expect(one.closed).toBe(0);
    isAtWork = false;
    await pass(6);
    expect(one.closed).toBe(1);
  });
});
