import type { FakeAnswer, FakeDefinition, FakeRoute } from '../kit/fake-types.ts';
import { BadImage } from './draw.ts';
import { heldRoutes, replicateRoutes } from './held.ts';
import { hubRoutes } from './hub.ts';
import { falRoutes, wavespeedRoutes, zaiRoutes } from './jobs.ts';

/** A picture that is none is the caller's fault, at every service. */
function refusingBadImages(route: FakeRoute): FakeRoute {
  return {
    ...route,
    answer: async (exchange): Promise<FakeAnswer> => {
      try {
        return await route.answer(exchange);
      } catch (error) {
        if (error instanceof BadImage) return { status: 422, json: { error: error.message } };
        throw error;
      }
    },
  };
}

/** Hugging Face's hub and router at one address, with the services behind it, each with its own bodies. */
export const fakeHuggingface: FakeDefinition = {
  id: 'huggingface',
  basePath: '',
  keys: { apiKey: 'hf_easeltestkey0123456789abcdef' },
  isAuthorized: ({ headers }, keys) => headers.authorization === `Bearer ${keys.apiKey ?? ''}`,
  unauthorized: { status: 401, json: { error: 'Invalid username or password.' } },
  create: (kit) =>
    [
      ...hubRoutes(kit),
      ...falRoutes(kit),
      ...wavespeedRoutes(kit),
      ...zaiRoutes(kit),
      ...heldRoutes(kit),
      ...replicateRoutes(kit),
    ].map(refusingBadImages),
};
