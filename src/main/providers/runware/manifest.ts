import type { ProviderManifest } from '../../../shared/models/provider.ts';
import { models } from './models.ts';

export const manifest: ProviderManifest = {
  id: 'runware',
  name: 'Runware',
  summary:
    'Many models at low prices: FLUX, Stable Diffusion and those of partners, for pictures, edits and upscaling.',
  kind: 'cloud',
  docsUrl: 'https://docs.runware.ai/',
  keysUrl: 'https://my.runware.ai/keys',
  usageUrl: 'https://my.runware.ai/wallet',
  defaultUrls: ['https://api.runware.ai/v1'],
  credentials: [
    {
      field: 'apiKey',
      label: 'API key',
      environment: ['RUNWARE_API_KEY'],
      isSecret: true,
      isOptional: false,
      help: 'A key from the page "API keys" of your Runware account.',
    },
  ],
  // The service publishes no rate; what is too much for it waits in its own queue.
  limits: { perMinute: 120, atOnce: 4 },
  abilities: {
    cancel: false,
    listModels: true,
    watch: false,
    ownTaskIds: true,
    find: false,
    balance: true,
    train: false,
  },
  keepsTasksForHours: null,
  notAi: false,
  pricesCheckedOn: '2026-11-20',
  models,
};
