import { afterEach } from 'vitest';
import { createBfl } from '../../../src/main/providers/bfl/adapter.ts';
import { manifest } from '../../../src/main/providers/bfl/manifest.ts';
import { ProviderError, type ImageProvider, type ProviderRequest } from '../../../src/main/providers/provider.ts';
import type { Model } from '../../../src/shared/models/provider.ts';
import { fakeBfl } from '../../fakes/bfl/service.ts';
import type { Fake } from '../../fakes/kit/fake-types.ts';
import { startFake } from '../../fakes/kit/start-fake.ts';
import { collectAll, type Finished } from '../../provider-kit/requests.ts';

export const signal = new AbortController().signal;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** The fake and an adapter for it, both closed after the test. A task takes three steps. */
export async function startBfl(stepMs = 5): Promise<{ fake: Fake; provider: ImageProvider }> {
  const fake = await startFake(fakeBfl, { stepMs, largestSide: 128 });
  const provider = createBfl({ url: fake.url, credentials: fake.keys });
  closing.push(
    () => provider.close(),
    () => fake.close(),
  );
  return { fake, provider };
}

export function modelNamed(id: string): Model {
  const model = manifest.models.find((each) => each.id === id);
  if (!model) throw new Error(`no model ${id}`);
  return model;
}

export async function finish(provider: ImageProvider, request: ProviderRequest): Promise<Finished> {
  const first = await provider.submit(request, { signal });
  const end = first.state === 'pending' ? await collectAll(provider, first.task) : first;
  if (end.state !== 'finished') throw new Error(`it ended as ${end.state}`);
  return end;
}

/** The body of the last paid request. */
export function lastBody(fake: Fake): Record<string, unknown> {
  const paid = fake.requests.findLast(({ kind }) => kind === 'pay');
  return JSON.parse(paid?.body.toString() ?? '{}') as Record<string, unknown>;
}

export async function failureOf(call: Promise<unknown>): Promise<ProviderError> {
  const outcome: unknown = await call.catch((error: unknown) => error);
  if (outcome instanceof ProviderError) return outcome;
  throw new Error('expected a ProviderError', { cause: outcome });
}
