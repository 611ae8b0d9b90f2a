import { describe, expect, it } from 'vitest';
import { pass, service, watch } from './health-for-tests.ts';

describe('without a network', () => {
  it('nobody out there is asked; servers on this machine are', async () => {
    const [cloud, local] = [service('cloud', 'cloud'), service('local', 'local', { url: 'http://127.0.0.1:8188' })];
    const { network, state, record, health } = watch([cloud, local]);
    await pass(5);
    network.leadsOut = false;
    await pass(6);
    expect(state('cloud')).toBe('offline');
    expect(record('cloud').nextCheckAt).toBeNull();
    const [cloudAsked, localAsked] = [cloud.asked.length, local.asked.length];
    await pass(600);
    expect(cloud.asked).toHaveLength(cloudAsked);
    expect(local.asked.length - localAsked).toBeGreaterThan(140);
    expect(health.current()).toMatchObject({ level: 'degraded', message: expect.stringContaining('no network') });
    // It is not the provider's fault.
    expect(record('cloud')).toMatchObject({ uptime: 1, failuresInARow: 0 });
    network.leadsOut = true;
    await pass(8);
    expect(state('cloud')).toBe('ready');
    expect(cloud.asked).toHaveLength(cloudAsked + 1);
  });

  it('is told from one host that is gone', async () => {
    const [gone, other] = [service('gone', 'cloud'), service('other', 'cloud')];
    gone.mood = 'offline';
    const { network, state } = watch([gone, other]);
    await pass(200);
    expect([state('gone'), state('other')]).toEqual(['offline', 'ready']);
    expect(other.asked.length).toBeGreaterThan(2);
    network.finds = false;
    other.mood = 'offline';
    await pass(80);
    const asked = other.asked.length;
    await pass(600);
    expect(other.asked).toHaveLength(asked);
    network.finds = true;
    other.mood = 'well';
    await pass(8);
    expect(state('other')).toBe('ready');
  });

  it('is not claimed where the name of the only service can not be found', async () => {
    const one = service('one', 'cloud');
    const { network, providers, state } = watch([one]);
    const message = (): string => providers.status('one').health.message;
    await pass(5);
    network.finds = false;
    one.mood = 'offline';
    await pass(80);
    expect(state('one')).toBe('offline');
    expect(message()).toMatch(/^one\.example can't be found\. Check its address/);
    const asked = one.asked.length;
    await pass(600);
    expect(one.asked).toHaveLength(asked);
    network.leadsOut = false;
    await pass(6);
    expect(message()).toMatch(/^This computer has no network/);
    network.leadsOut = true;
    await pass(6);
    expect(message()).toMatch(/^one\.example can't be found/);
    network.finds = true;
    one.mood = 'well';
    await pass(8);
    expect(state('one')).toBe('ready');
  });

  it('changes nothing for what is on this machine, whatever it is', async () => {
    const standIn = service('cloud', 'cloud', { url: 'http://127.0.0.1:9000' });
    const { network, state } = watch([standIn]);
    network.leadsOut = network.finds = false;
    await pass(200);
    expect(state('cloud')).toBe('ready');
    expect(standIn.asked.length).toBeGreaterThan(2);
  });
});
