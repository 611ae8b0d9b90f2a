import { afterEach } from 'vitest';
import { createOllama, type Ollama, type OllamaOptions } from '../../src/main/ollama/ollama.ts';
import { ollamaAddress } from '../../src/main/ollama/ollama-address.ts';
import { startFakeOllama, type FakeOllama, type FakeOllamaOptions } from '../fakes/ollama/start-fake-ollama.ts';

export interface Stand {
  readonly fake: FakeOllama;
  readonly ollama: Ollama;
}

/** A stand-in and Easel's client for it, both closed after the test. */
export function useStand(): (fake?: FakeOllamaOptions, more?: Partial<OllamaOptions>) => Promise<Stand> {
  const opened: Stand[] = [];
  afterEach(async () => {
    for (const { fake, ollama } of opened.splice(0)) {
      await ollama.close();
      await fake.close().catch(() => undefined);
    }
  });
  return async (options, more) => {
    const fake = await startFakeOllama(options);
    const ollama = createOllama({
      address: () => ollamaAddress({ EASEL_OLLAMA_URL: fake.url }, null),
      allowedCloudModels: () => [],
      now: Date.now,
      busyMs: 20,
      unloadMs: 500,
      ...more,
    });
    const stand = { fake, ollama };
    opened.push(stand);
    return stand;
  };
}

/** What a call that must fail was rejected with. */
export async function failureOf(call: Promise<unknown>): Promise<{ code?: string; message: string }> {
  try {
    await call;
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not fail');
}
