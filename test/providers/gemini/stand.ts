import { onTestFinished } from 'vitest';
import { createGemini } from '../../../src/main/providers/gemini/adapter.ts';
import { manifest } from '../../../src/main/providers/gemini/manifest.ts';
import type { ImageProvider, ResultImage, Submission } from '../../../src/main/providers/provider.ts';
import type { Model } from '../../../src/shared/models/provider.ts';
import type { Fake, FakeOptions } from '../../fakes/kit/fake-types.ts';
import { startFake } from '../../fakes/kit/start-fake.ts';
import { fakeGemini } from '../../fakes/gemini/service.ts';

/** The adapter and the service it talks to, both ended with the test. */
export async function startGemini(options: FakeOptions = {}): Promise<{ fake: Fake; provider: ImageProvider }> {
  const fake = await startFake(fakeGemini, { stepMs: 5, largestSide: 256, ...options });
  onTestFinished(() => fake.close());
  return { fake, provider: open(fake) };
}

export function open(fake: Fake, apiKey = fake.keys.apiKey ?? ''): ImageProvider {
  const provider = createGemini({ url: fake.url, credentials: { apiKey } });
  onTestFinished(() => provider.close());
  return provider;
}

export function model(id = 'gemini-nano-banana-2.1'): Model {
  const found = manifest.models.find((one) => one.id === id);
  if (!found) throw new Error(`no model ${id}`);
  return found;
}

export function imageOf(submission: Submission): ResultImage {
  if (submission.state !== 'finished' || submission.images.length !== 1) throw new Error('expected one picture');
  return submission.images[0]!;
}

interface Sent {
  readonly contents: readonly { readonly parts: readonly { text?: string; inlineData?: { mimeType: string } }[] }[];
  readonly generationConfig: Readonly<Record<string, unknown>>;
}

/** The body of the last paid request. */
export function sentBody(fake: Fake): Sent {
  const last = fake.requests.findLast(({ kind }) => kind === 'pay');
  if (!last) throw new Error('nothing was paid for');
  return JSON.parse(last.body.toString()) as Sent;
}
