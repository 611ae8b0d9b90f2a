import { afterEach, beforeEach } from 'vitest';
import { createRunpod } from '../../../src/main/providers/runpod/adapter.ts';
import type { ImageProvider, ProviderRequest } from '../../../src/main/providers/provider.ts';
import type { Model } from '../../../src/shared/models/provider.ts';
import type { Fake, SeenRequest } from '../../fakes/kit/fake-types.ts';
import { startFake } from '../../fakes/kit/start-fake.ts';
import { fakeRunpod } from '../../fakes/runpod/service.ts';
import { modelsOf, requestFor } from '../../provider-kit/requests.ts';

export const signal = new AbortController().signal;

/** A fake RunPod and adapters for it, new for each test of a file. */
export function useRunpod() {
  const opened: ImageProvider[] = [];
  const stand = {
    fake: undefined as unknown as Fake,
    /** Public endpoints only. */
    provider: undefined as unknown as ImageProvider,
    open(credentials: Record<string, string> = {}): ImageProvider {
      const { apiKey = '' } = stand.fake.keys;
      const provider = createRunpod({ url: stand.fake.url, credentials: { apiKey, ...credentials } });
      opened.push(provider);
      return provider;
    },
    /** The bodies of `/run`, with the endpoint each went to. */
    runs: () => stand.fake.requests.filter(({ kind }) => kind === 'pay').map(runOf),
  };
  beforeEach(async () => {
    stand.fake = await startFake(fakeRunpod, { stepMs: 1, largestSide: 128 });
    stand.provider = stand.open();
  });
  afterEach(async () => {
    for (const provider of opened.splice(0)) await provider.close();
    await stand.fake.close();
  });
  return stand;
}

function runOf({ path, body }: SeenRequest): { endpoint: string; body: { input: Record<string, unknown> } } {
  const parsed = JSON.parse(body.toString()) as { input: Record<string, unknown> };
  return { endpoint: path.split('/')[1] ?? '', body: parsed };
}

export async function findModel(provider: ImageProvider, id: string): Promise<Model> {
  const model = (await modelsOf(provider)).find((each) => each.id === id);
  if (!model) throw new Error(`no model ${id}`);
  return model;
}

export type Wish = Parameters<typeof requestFor>[2];

/** A fitted request for one model, with its first operation. */
export async function wishFor(provider: ImageProvider, id: string, wish: Wish = {}): Promise<ProviderRequest> {
  const model = await findModel(provider, id);
  return requestFor(model, wish.operation ?? model.operations[0] ?? 'textToImage', wish);
}

export async function submitted(provider: ImageProvider, request: ProviderRequest) {
  const first = await provider.submit(request, { signal });
  if (first.state !== 'pending') throw new Error(`expected a task, got ${first.state}`);
  return first;
}
