import { afterEach } from 'vitest';
import { createTogether } from '../../../src/main/providers/together/adapter.ts';
import type { ImageProvider, Submission } from '../../../src/main/providers/provider.ts';
import type { Model } from '../../../src/shared/models/provider.ts';
import type { Fake } from '../../fakes/kit/fake-types.ts';
import { startFake } from '../../fakes/kit/start-fake.ts';
import { fakeTogether } from '../../fakes/together/service.ts';

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
    const fake = await startFake(fakeTogether, { stepMs: 1, largestSide: 64 });
    const stand = { fake, provider: createTogether({ url: fake.url, credentials: fake.keys }) };
    opened.push(stand);
    return stand;
  };
}

/** A model by the end of its id. */
export function modelNamed({ manifest }: ImageProvider, name: string): Model {
  const model = manifest.models.find(({ id }) => id.endsWith(`/${name}`));
  if (!model) throw new Error(`no model ${name}`);
  return model;
}

export function finished(submission: Submission): Extract<Submission, { state: 'finished' }> {
  if (submission.state !== 'finished') throw new Error(`expected pictures, got ${submission.state}`);
  return submission;
}

/** The body of the last request. */
export function lastBodyOf({ requests }: Fake): Record<string, unknown> {
  const last = requests.at(-1);
  if (!last) throw new Error('nothing was asked');
  return JSON.parse(last.body.toString()) as Record<string, unknown>;
}
