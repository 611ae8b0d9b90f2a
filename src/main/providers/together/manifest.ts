import type { ProviderManifest } from '../../../shared/models/provider.ts';
import { knownModels } from './models.ts';

export const manifest: ProviderManifest = {
  id: 'together',
  name: 'Together AI',
  summary: 'FLUX and other open and closed models, quick and cheap; FLUX.2 dev with LoRAs of your own choice.',
  kind: 'cloud',
  docsUrl: 'https://docs.together.ai/docs/images-overview',
  keysUrl: 'https://api.together.ai/settings/api-keys',
  usageUrl: 'https://api.together.ai/settings/billing',
  defaultUrls: ['https://api.together.ai/v1'],
  credentials: [
    {
      field: 'apiKey',
      label: 'API key',
      environment: ['TOGETHER_API_KEY'],
      isSecret: true,
      isOptional: false,
      help: 'Letters and digits, newer ones begin with "tgp_v1_"; made in the settings at api.together.ai.',
    },
  ],
  // Its limits move with the load and are told nowhere.
  limits: { perMinute: 30, atOnce: 4 },
  abilities: {
    cancel: false,
    listModels: true,
    watch: false,
    ownTaskIds: false,
    find: false,
    balance: false,
    train: false,
  },
  keepsTasksForHours: null,
  notAi: false,
  pricesCheckedOn: '2026-05-31',
  models: [...knownModels],
};
