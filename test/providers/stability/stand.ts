import { onTestFinished } from 'vitest';
import { createStability } from '../../../src/main/providers/stability/adapter.ts';
import { manifest } from '../../../src/main/providers/stability/manifest.ts';
import type { ImageProvider } from '../../../src/main/providers/provider.ts';
import type { Model } from '../../../src/shared/models/provider.ts';
import { startFake } from '../../fakes/kit/start-fake.ts';
import type { Fake, FakeOptions } from '../../fakes/kit/fake-types.ts';
import { fakeStability } from '../../fakes/stability/service.ts';

/** The adapter and the service it talks to, both ended with the test. */
export async function startStability(options: FakeOptions = {}): Promise<{ fake: Fake; provider: ImageProvider }> {
  const fake = await startFake(fakeStability, { stepMs: 5, largestSide: 256, ...options });
  onTestFinished(() => fake.close());
  return { fake, provider: open(fake) };
}

/** Another adapter for the same service, as after a restart. */
export function open(fake: Fake, apiKey = fake.keys.apiKey ?? ''): ImageProvider {
  const provider = createStability({ url: fake.url, credentials: { apiKey } });
  onTestFinished(() => provider.close());
  return provider;
}

export function model(id: string): Model {
  const found = manifest.models.find((one) => one.id === id);
  if (!found) throw new Error(`no model ${id}`);
  return found;
}

/** The parts of the last paid request: texts as they are, files as their type. */
export async function sentParts(fake: Fake): Promise<Record<string, string>> {
  const last = fake.requests.findLast(({ kind }) => kind === 'pay');
  if (!last) throw new Error('nothing was paid for');
  const headers = { 'content-type': last.headers['content-type'] ?? '' };
  const form = await new Response(new Uint8Array(last.body), { headers }).formData();
  return Object.fromEntries([...form].map(([name, value]) => [name, typeof value === 'string' ? value : value.type]));
}
