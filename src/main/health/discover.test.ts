import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { probeOllama } from '../ollama/probe-ollama.ts';
import { probeAutomatic1111 } from '../providers/automatic1111/probe.ts';
import { probeComfyui } from '../providers/comfyui/probe.ts';
import { discover } from './discover.ts';

const probes = { comfyui: probeComfyui, automatic1111: probeAutomatic1111, ollama: probeOllama };
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server that answers one path with JSON, everything else with 404, and remembers what it was asked. */
async function serverWith(path: string, answer: unknown): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url?.split('?')[0]}`);
    const isKnown = request.url?.startsWith(path);
    response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isKnown ? answer : {}));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const nobody = 'http://127.0.0.1:1';

describe('discover', () => {
  it('finds what runs, says what it is good for, and asks each address once', async () => {
    const comfyui = await serverWith('/system_stats', {
      system: { comfyui_version: '0.33.0', python_version: '3.12' },
      devices: [],
    });
    const automatic1111 = await serverWith('/sdapi/v1/progress', { progress: 0, state: {} });
    const ollama = await serverWith('/api/version', { version: '0.9.0' });
    const found = await discover(
      { comfyui: [nobody, comfyui.url], automatic1111: [automatic1111.url], ollama: [ollama.url] },
      probes,
    );
    expect(found.map(({ service, url, version, usable }) => [service, url, version, usable])).toEqual([
      ['comfyui', comfyui.url, '0.33.0', true],
      ['automatic1111', automatic1111.url, null, true],
      ['ollama', ollama.url, '0.9.0', false],
    ]);
    for (const { note } of found) expect(note).toMatch(/\.$/);
    expect(comfyui.asked).toEqual(['GET /system_stats']);
    expect(automatic1111.asked).toEqual(['GET /sdapi/v1/progress']);
    expect(ollama.asked).toEqual(['GET /api/version']);
  });

  it('takes nobody for somebody else, and asks no more of them', async () => {
    const other = await serverWith('/', { hello: 'world' });
    expect(await discover({ comfyui: [other.url], automatic1111: [other.url], ollama: [nobody] }, probes)).toEqual([]);
    expect(other.asked).toHaveLength(2);
  });

  it('does not wait for who never answers', { timeout: 5_000 }, async () => {
    const silent = createServer(() => undefined);
    servers.push(silent);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    expect(await discover({ comfyui: [url], automatic1111: [url], ollama: [url] }, probes)).toEqual([]);
  });
});
