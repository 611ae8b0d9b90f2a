import type { ProviderManifest } from '../../../shared/models/provider.ts';
import { baseModels } from './models.ts';

export const manifest: ProviderManifest = {
  id: 'astria',
  name: 'Astria',
  summary: 'Draws with FLUX, SDXL and the models you trained at Astria, and trains new ones.',
  kind: 'cloud',
  docsUrl: 'https://docs.astria.ai/',
  keysUrl: 'https://www.astria.ai/users/edit#api',
  usageUrl: 'https://www.astria.ai/prompts',
  defaultUrls: ['https://api.astria.ai'],
  credentials: [
    {
      field: 'apiKey',
      label: 'API key',
      environment: ['ASTRIA_API_KEY'],
      isSecret: true,
      isOptional: false,
      help: 'It begins with sd_ and is shown on your account page at astria.ai, under API.',
    },
  ],
  // Astria publishes no figures; it asks those who poll much for a pause.
  limits: { perMinute: 30, atOnce: 4 },
  abilities: {
    cancel: true,
    listModels: true,
    watch: false,
    ownTaskIds: false,
    find: true,
    balance: true,
    train: true,
  },
  keepsTasksForHours: 30 * 24,
  notAi: false,
  pricesCheckedOn: '2026-08-21',
  models: [...baseModels],
};
