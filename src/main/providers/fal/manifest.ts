import type { ProviderManifest } from '../../../shared/models/provider.ts';
import { models } from './models.ts';

export const manifest: ProviderManifest = {
  id: 'fal',
  name: 'fal',
  summary: 'Runs FLUX, SDXL, upscalers and video models in the cloud, paid by what they make, and trains LoRAs.',
  kind: 'cloud',
  docsUrl: 'https://docs.fal.ai/',
  keysUrl: 'https://fal.ai/dashboard/keys',
  usageUrl: 'https://fal.ai/dashboard/requests',
  defaultUrls: ['https://queue.fal.run'],
  credentials: [
    {
      field: 'apiKey',
      label: 'API key',
      environment: ['FAL_AI_API_KEY', 'FAL_KEY'],
      isSecret: true,
      isOptional: false,
      help: 'Two parts with a colon between them, from the page Keys; one of scope ADMIN also shows balance and exact costs.',
    },
  ],
  // New accounts run two requests at once; the queue would take more and let them wait there.
  limits: { perMinute: 60, atOnce: 2 },
  abilities: {
    cancel: true,
    listModels: true,
    watch: false,
    ownTaskIds: false,
    find: true,
    balance: true,
    train: true,
  },
  keepsTasksForHours: null,
  notAi: false,
  pricesCheckedOn: '2026-06-01',
  models: [...models],
};
