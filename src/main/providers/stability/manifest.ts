import type { ProviderManifest } from '../../../shared/models/provider.ts';
import { models } from './models.ts';

export const manifest: ProviderManifest = {
  id: 'stability',
  name: 'Stability AI',
  summary: 'Stable Image and Stable Diffusion 3.5, with inpainting, upscaling and background removal. Paid in credits.',
  kind: 'cloud',
  docsUrl: 'https://platform.stability.ai/docs/api-reference',
  keysUrl: 'https://platform.stability.ai/account/keys',
  usageUrl: 'https://platform.stability.ai/account/credits',
  defaultUrls: ['https://api.stability.ai'],
  credentials: [
    {
      field: 'apiKey',
      label: 'API key',
      environment: ['STABILITY_API_KEY'],
      isSecret: true,
      isOptional: false,
      help: 'Begins with sk- and is found under "API keys" in your account at platform.stability.ai.',
    },
  ],
  // The service allows 150 requests in 10 seconds and locks out for a minute beyond that.
  limits: { perMinute: 600, atOnce: 4 },
  abilities: {
    cancel: false,
    listModels: false,
    watch: false,
    ownTaskIds: false,
    find: false,
    balance: true,
    train: false,
  },
  keepsTasksForHours: 24,
  notAi: false,
  pricesCheckedOn: '2026-09-22',
  models,
};
