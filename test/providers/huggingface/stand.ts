import { afterEach } from 'vitest';
import { createHuggingface } from '../../../src/main/providers/huggingface/adapter.ts';
import { describeModel } from '../../../src/main/providers/huggingface/models.ts';
import { ProviderError, type ImageProvider, type ProviderRequest } from '../../../src/main/providers/provider.ts';
import type { GenerationRequestInput } from '../../../src/shared/models/generation-request.ts';
import type { Fake } from '../../fakes/kit/fake-types.ts';
import { startFake } from '../../fakes/kit/start-fake.ts';
import { hubModels } from '../../fakes/huggingface/hub.ts';
import { fakeHuggingface } from '../../fakes/huggingface/service.ts';
import { collectAll, requestFor, type Finished } from '../../provider-kit/requests.ts';

export const signal = new AbortController().signal;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** The fake and an adapter for it, both closed after the test. */
export async function startHuggingface(
  more: { billTo?: string } = {},
  stepMs = 5,
): Promise<{ fake: Fake; provider: ImageProvider }> {
  const fake = await startFake(fakeHuggingface, { stepMs, largestSide: 128 });
  const provider = createHuggingface({ url: fake.url, credentials: { ...fake.keys, ...more } });
  closing.push(
    () => provider.close(),
    () => fake.close(),
  );
  return { fake, provider };
}

/** A request for one of the fake's models. */
export async function requestOf(id: string, wish: Partial<GenerationRequestInput> = {}): Promise<ProviderRequest> {
  const isEditing = Object.values(hubModels[id] ?? {}).some(({ task }) => task === 'image-to-image');
  const model = describeModel(id, isEditing ? 'image-to-image' : 'text-to-image');
  return requestFor(model, isEditing ? 'imageToImage' : 'textToImage', wish);
}

export async function finish(provider: ImageProvider, request: ProviderRequest): Promise<Finished> {
  const first = await provider.submit(request, { signal });
  const end = first.state === 'pending' ? await collectAll(provider, first.task) : first;
  if (end.state !== 'finished') throw new Error(`it ended as ${end.state}`);
  return end;
}

export function lastPaid(fake: Fake) {
  const paid = fake.requests.findLast(({ kind }) => kind === 'pay');
  if (!paid) throw new Error('nothing was paid');
  return { ...paid, json: JSON.parse(paid.body.toString()) as Record<string, unknown> };
}

export async function failureOf(call: Promise<unknown>): Promise<ProviderError> {
  const outcome: unknown = await call.catch((error: unknown) => error);
  if (outcome instanceof ProviderError) return outcome;
  throw new Error('expected a ProviderError', { cause: outcome });
}
