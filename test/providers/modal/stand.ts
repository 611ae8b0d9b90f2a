import { afterEach, beforeEach } from 'vitest';
import { createModal } from '../../../src/main/providers/modal/adapter.ts';
import type { ImageProvider, ProviderRequest, Submission } from '../../../src/main/providers/provider.ts';
import type { Fake } from '../../fakes/kit/fake-types.ts';
import { startFake } from '../../fakes/kit/start-fake.ts';
import { fakeModal } from '../../fakes/modal/service.ts';
import { modelsOf, requestFor } from '../../provider-kit/requests.ts';

export const signal = new AbortController().signal;

/** A fake app and adapters for it, new for each test of a file. */
export function useModal(path = '', credentials: Record<string, string> = {}) {
  const opened: ImageProvider[] = [];
  const stand = {
    fake: undefined as unknown as Fake,
    provider: undefined as unknown as ImageProvider,
    open(place: { url?: string; credentials?: Record<string, string> } = {}): ImageProvider {
      const usual = { ...stand.fake.keys, ...credentials };
      const provider = createModal({
        url: place.url ?? `${stand.fake.url}${path}`,
        credentials: place.credentials ?? usual,
      });
      opened.push(provider);
      return provider;
    },
    /** The bodies of the paid calls. */
    paid: () =>
      stand.fake.requests
        .filter(({ kind }) => kind === 'pay')
        .map(({ body, headers }) => ({ body: JSON.parse(body.toString()) as Record<string, unknown>, headers })),
  };
  beforeEach(async () => {
    stand.fake = await startFake(fakeModal, { stepMs: 1, largestSide: 128 });
    stand.provider = stand.open();
  });
  afterEach(async () => {
    for (const provider of opened.splice(0)) await provider.close();
    await stand.fake.close();
  });
  return stand;
}

export type Wish = Parameters<typeof requestFor>[2];

/** A fitted request for one model, with its first operation. */
export async function wishFor(provider: ImageProvider, id: string, wish: Wish = {}): Promise<ProviderRequest> {
  const model = (await modelsOf(provider)).find((each) => each.id === id);
  if (!model) throw new Error(`no model ${id}`);
  return requestFor(model, wish.operation ?? model.operations[0] ?? 'textToImage', wish);
}

export async function submitted(provider: ImageProvider, request: ProviderRequest) {
  const first: Submission = await provider.submit(request, { signal });
  if (first.state !== 'pending') throw new Error(`expected a task, got ${first.state}`);
  return first;
}
