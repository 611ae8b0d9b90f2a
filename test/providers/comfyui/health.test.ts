import { describe, expect, it } from 'vitest';
import { createComfyui } from '../../../src/main/providers/comfyui/adapter.ts';
import { probeComfyui } from '../../../src/main/providers/comfyui/probe.ts';
import { failureOf, never } from './requests.ts';
import { useComfyui } from './server.ts';

const comfyui = useComfyui();
const check = () => comfyui.provider.checkHealth({ signal: never() });

describe('whether a ComfyUI can be used', () => {
  it('tells its version', async () => {
    expect(await check()).toEqual({ version: '0.33.0', message: 'ComfyUI 0.33.0 is ready.' });
    expect(comfyui.fake.requestsSeen.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /system_stats']);
  });

  it('says of an old one what may be missing', async () => {
    const { provider } = await comfyui.start({ version: '0.3.30' });
    expect((await provider.checkHealth({ signal: never() })).message).toMatch(
      /0\.3\.30 is ready, but older than 0\.3\.45/,
    );
  });

  it.each(['html', 'htmlAsJson', 'garbage'] as const)('recognises by %s that something else answers', async (kind) => {
    comfyui.fake.addFaults({ on: 'GET /system_stats', kind });
    const failure = await failureOf(check());
    expect(failure.code).toBe('server');
    expect(failure.message).toContain(`Something other than ComfyUI answers at ${comfyui.fake.url}`);
  });

  it('recognises JSON that is not the one of ComfyUI', async () => {
    const other = createComfyui({ url: `${comfyui.fake.url}/object_info/KSampler` });
    expect((await failureOf(other.checkHealth({ signal: never() }))).message).toContain('Something other than ComfyUI');
    await other.close();
  });

  it('says that nothing answers and what to do', async () => {
    await comfyui.fake.close();
    const failure = await failureOf(check());
    expect(failure.code).toBe('network');
    expect(failure.message).toBe(
      `Nothing answers at ${comfyui.fake.url}. Start ComfyUI, or correct its address in the settings.`,
    );
  });

  it('gives up after two seconds', async () => {
    comfyui.fake.addFaults({ on: 'GET /system_stats', kind: 'hang' });
    const start = performance.now();
    expect((await failureOf(check())).code).toBe('timeout');
    expect(performance.now() - start).toBeLessThan(3500);
  });

  it('follows no redirect', async () => {
    comfyui.fake.addFaults({ on: 'GET /system_stats', kind: 'redirect' });
    const failure = await failureOf(check());
    expect(failure).toMatchObject({ code: 'server' });
    expect(failure.message).toContain('redirects');
  });

  it('refuses an address that is none', () => {
    expect(() => createComfyui({ url: 'my computer' })).toThrow(/not an address/);
    expect(() => createComfyui({ url: 'file:///etc' })).toThrow(/http/);
  });
});

describe('looking for a ComfyUI', () => {
  it('finds one with its version by one request', async () => {
    expect(await probeComfyui(comfyui.fake.url, never())).toBe('0.33.0');
    expect(comfyui.fake.requestsSeen).toHaveLength(1);
    expect(comfyui.fake.sockets.idsSeen).toEqual([]);
  });

  it('finds nothing where nothing or something else answers, or nobody in time', async () => {
    comfyui.fake.addFaults({ on: 'GET /system_stats', kind: 'html' });
    expect(await probeComfyui(comfyui.fake.url, never())).toBeNull();
    comfyui.fake.addFaults({ on: 'GET /system_stats', kind: 'hang' });
    expect(await probeComfyui(comfyui.fake.url, AbortSignal.timeout(50))).toBeNull();
    await comfyui.fake.close();
    expect(await probeComfyui(comfyui.fake.url, never())).toBeNull();
    expect(await probeComfyui('nonsense', never())).toBeNull();
  });
});
