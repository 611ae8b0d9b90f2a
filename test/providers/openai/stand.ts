import { afterEach } from 'vitest';
import { createOpenai } from '../../../src/main/providers/openai/adapter.ts';
import type { ImageProvider, Submission } from '../../../src/main/providers/provider.ts';
import type { Model } from '../../../src/shared/models/provider.ts';
import type { Fake, SeenRequest } from '../../fakes/kit/fake-types.ts';
import { startFake } from '../../fakes/kit/start-fake.ts';
import { fakeOpenai } from '../../fakes/openai/service.ts';

export interface Stand {
  readonly fake: Fake;
  readonly provider: ImageProvider;
}

/** The service and an adapter for it, both closed after the test. */
export function useStand(): () => Promise<Stand> {
  const opened: Stand[] = [];
  afterEach(async () => {
    for (const { fake, provider } of opened.splice(0)) {
      await provider.close();
      await fake.close();
    }
  });
  return async () => {
    const fake = await startFake(fakeOpenai, { stepMs: 1, largestSide: 64 });
    const stand = { fake, provider: createOpenai({ url: fake.url, credentials: fake.keys }) };
    opened.push(stand);
    return stand;
  };
}

export function modelNamed({ manifest }: ImageProvider, id: string): Model {
  const model = manifest.models.find((each) => each.id === id);
  if (!model) throw new Error(`no model ${id}`);
  return model;
}

export function finished(submission: Submission): Extract<Submission, { state: 'finished' }> {
  if (submission.state !== 'finished') throw new Error(`expected pictures, got ${submission.state}`);
  return submission;
}

export function lastOf({ requests }: Fake): SeenRequest {
  const last = requests.at(-1);
  if (!last) throw new Error('nothing was asked');
  return last;
}

export const jsonOf = ({ body }: SeenRequest): unknown => JSON.parse(body.toString()) as unknown;

export function formOf({ body, headers }: SeenRequest): Promise<FormData> {
  return new Response(new Uint8Array(body), { headers: { 'content-type': headers['content-type'] ?? '' } }).formData();
}
