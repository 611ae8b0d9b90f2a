import type { AddressInfo } from 'node:net';
import { Runware } from '@runware/sdk-js';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { startFake } from '../../fakes/kit/start-fake.ts';
import { fakeRunware } from '../../fakes/runware/service.ts';

let closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing) await close();
  closing = [];
});

/**
 * The official SDK speaks over a WebSocket only, in the same tasks and answers as REST: what it sends goes to the fake as it is,
 * and what the fake says comes back as it is.
 */
async function openSdk(apiKey = fakeRunware.keys.apiKey ?? '') {
  const fake = await startFake(fakeRunware, { stepMs: 2, largestSide: 64 });
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (socket) => {
    socket.on('message', (frame: Buffer) => {
      void (async () => {
        const tasks = JSON.parse(frame.toString()) as Record<string, unknown>[];
        const body = JSON.stringify([{ taskType: 'authentication', apiKey }, ...tasks]);
        const answer = await fetch(fake.url, { method: 'POST', body: tasks[0]?.apiKey ? frame.toString() : body });
        const envelope = (await answer.json()) as { data?: { taskType: string }[] };
        // The key went along with each request, as on REST; the answer to that is none to what was asked.
        if (!tasks[0]?.apiKey) envelope.data?.splice(0, 1);
        socket.send(JSON.stringify(envelope));
      })();
    });
  });
  const { port } = server.address() as AddressInfo;
  const sdk = new Runware({
    apiKey,
    url: `ws://127.0.0.1:${port}/v1`,
    shouldReconnect: false,
    globalMaxRetries: 1,
    timeoutDuration: 5000,
  });
  closing = [
    () => sdk.disconnect(),
    () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
    () => fake.close(),
  ];
  return { fake, sdk };
}

describe("Runware's own SDK", () => {
  it('takes the pictures that the stand-in makes', async () => {
    const { fake, sdk } = await openSdk();
    const images = await sdk.imageInference({
      model: 'runware:100@1',
      positivePrompt: 'a lighthouse',
      width: 512,
      height: 512,
      numberResults: 2,
      seed: 9,
      steps: 4,
      includeCost: true,
    });
    expect(images?.map(({ seed, cost }) => [seed, cost])).toEqual([
      [9, 0.0006],
      [10, 0.0006],
    ]);
    const file = await fetch(images?.[0]?.imageURL ?? '');
    expect(file.headers.get('content-type')).toBe('image/jpeg');
    expect(fake.charges).toHaveLength(1);
  });

  it('takes results that it asks for later', async () => {
    const { sdk } = await openSdk();
    const [accepted] =
      (await sdk.imageInference({
        model: 'runware:101@1',
        positivePrompt: 'a lighthouse',
        width: 512,
        height: 512,
        deliveryMethod: 'async',
      })) ?? [];
    await new Promise((resolve) => setTimeout(resolve, 50));
    const images = await sdk.getResponse({ taskUUID: accepted?.taskUUID ?? '' });
    expect(images).toMatchObject([{ status: 'success', imageURL: expect.any(String) }]);
  });

  it('takes the models that a search finds', async () => {
    const { sdk } = await openSdk();
    const { results, totalResults } = await sdk.modelSearch({ category: 'checkpoint', limit: 2 });
    expect(results.map(({ air }) => air)).toEqual(['runware:101@1', 'civitai:133005@782002']);
    expect(totalResults).toBeGreaterThan(2);
  });

  it('takes a refusal for one', async () => {
    const { sdk } = await openSdk();
    const outcome = sdk.imageInference({
      model: 'runware:101@1',
      positivePrompt: 'a forbidden thing',
      width: 512,
      height: 512,
    });
    await expect(outcome).rejects.toMatchObject({ error: { code: 'contentPolicyViolation' } });
  });
});
