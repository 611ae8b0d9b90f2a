import type { ProviderManifest } from '../../../shared/models/provider.ts';
import { models } from './models.ts';

export const manifest: ProviderManifest = {
  id: 'replicate',
  name: 'Replicate',
  summary: 'Runs FLUX, SDXL and upscalers in the cloud, paid by picture or by second, and trains models of your own.',
  kind: 'cloud',
  docsUrl: 'https://replicate.com/docs',
  keysUrl: 'https://replicate.com/account/api-tokens',
  usageUrl: 'https://replicate.com/predictions',
  defaultUrls: ['https://api.replicate.com/v1'],
  credentials: [
    {
      field: 'apiKey',
      label: 'API token',
      environment: ['REPLICATE_API_KEY', 'REPLICATE_API_TOKEN'],
      isSecret: true,
      isOptional: false,
      help: 'Begins with r8_ and is made on the page API tokens of your account.',
    },
  ],
  // Far below the service's own 600, which falls to 6 for accounts with little credit.
  limits: { perMinute: 60, atOnce: 5 },
  abilities: {
    cancel: true,
    listModels: true,
    watch: false,
    ownTaskIds: false,
    find: true,
    balance: false,
    train: true,
  },
  keepsTasksForHours: 1,
  notAi: false,
  pricesCheckedOn: '2026-05-01',
  models: [...models],
};
