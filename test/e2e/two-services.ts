import { fakeFal } from '../fakes/fal/service.ts';
import type { Fake, FakeDefinition } from '../fakes/kit/fake-types.ts';
import { startFake } from '../fakes/kit/start-fake.ts';
import { fakeRunware } from '../fakes/runware/service.ts';
import { test as base } from './easel-page.ts';

const startQuick = (service: FakeDefinition): Promise<Fake> => startFake(service, { stepMs: 20, largestSide: 256 });

/** fal and Runware, which have some models in common, as doubles on this machine. */
export const test = base.extend<{
  readonly fal: Fake;
  readonly runware: Fake;
  readonly services: Record<string, string>;
}>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  fal: async ({}, use) => {
    const fake = await startQuick(fakeFal);
    await use(fake);
    await fake.close();
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  runware: async ({}, use) => {
    const fake = await startQuick(fakeRunware);
    await use(fake);
    await fake.close();
  },
  /** What makes the two services set up and ready. */
  services: async ({ fal, runware }, use) => {
    await use({
      EASEL_FAL_URL: fal.url,
      FAL_KEY: fakeFal.keys.apiKey ?? '',
      EASEL_RUNWARE_URL: runware.url,
      RUNWARE_API_KEY: fakeRunware.keys.apiKey ?? '',
    });
  },
});
