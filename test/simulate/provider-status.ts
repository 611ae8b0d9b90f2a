import { longestPrompt } from '../../src/shared/models/generation-request.ts';
import type { Model, ProviderStatus } from '../../src/shared/models/provider.ts';
import type { Service } from './services.ts';

/** A provider with one model `m`, set up and well, as the router sees it. */
export function providerStatus({
  id,
  kind,
  usd,
  typicalSeconds,
  atOnce,
  perMinute,
  tier,
}: Pick<Service, 'id' | 'kind' | 'usd' | 'typicalSeconds' | 'atOnce' | 'perMinute' | 'tier'>): ProviderStatus {
  const model: Model = {
    id: 'm',
    name: 'M',
    family: 'other',
    tier,
    operations: ['textToImage'],
    parameters: ['size', 'seed'],
    limits: { promptCharacters: longestPrompt, imagesPerRequest: 4, side: { min: 64, max: 2048, multipleOf: 8 } },
    defaults: { width: 1024, height: 1024 },
    choices: { samplers: [], schedulers: [], loras: [] },
    price: { usd, per: 'image' },
    typicalSeconds,
  };
  return {
    manifest: {
      id,
      name: id,
      summary: '',
      kind,
      docsUrl: null,
      keysUrl: null,
      defaultUrls: [],
      credentials: [],
      limits: { perMinute, atOnce },
      abilities: {
        cancel: false,
        listModels: false,
        watch: false,
        ownTaskIds: false,
        find: false,
        balance: false,
        train: false,
      },
      keepsTasksForHours: null,
      notAi: false,
      pricesCheckedOn: null,
      models: [model],
    },
    url: null,
    urlSource: null,
    urlVariable: null,
    enabled: true,
    health: { state: 'ready', message: '', version: null, checkedAt: 0 },
    credentials: [],
    balance: null,
    models: [model],
  };
}
