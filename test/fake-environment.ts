import { providerKinds } from '../src/main/providers/registry.ts';
import type { Fake } from './fakes/kit/fake-types.ts';

/** The variables that point Easel to a stand-in, and the credentials that it takes. */
export function fakeEnvironment({ id, url, keys }: Pick<Fake, 'id' | 'url' | 'keys'>): Record<string, string> {
  return { ...addressOf({ id, url }), ...credentialsOf({ id, keys }) };
}

/** The same for several. */
export function fakeEnvironments(fakes: readonly Pick<Fake, 'id' | 'url' | 'keys'>[]): Record<string, string> {
  return Object.fromEntries(fakes.flatMap((fake) => Object.entries(fakeEnvironment(fake))));
}

export function addressOf({ id, url }: Pick<Fake, 'id' | 'url'>): Record<string, string> {
  return { [`EASEL_${id.toUpperCase()}_URL`]: url };
}

export function credentialsOf({ id, keys }: Pick<Fake, 'id' | 'keys'>): Record<string, string> {
  const credentials = providerKinds.find(({ manifest }) => manifest.id === id)?.manifest.credentials ?? [];
  return Object.fromEntries(
    credentials.flatMap(({ field, environment: [variable] }) => {
      const value = keys[field];
      return variable === undefined || value === undefined ? [] : [[variable, value]];
    }),
  );
}
