import type { ProviderManifest } from '../../../shared/models/provider.ts';
import { models } from './models.ts';

export const manifest: ProviderManifest = {
  id: 'leonardo',
  name: 'Leonardo.Ai',
  summary: 'Lucid, Phoenix, Flux and partner models with many styles, models of your own, and videos. Paid in credits.',
  kind: 'cloud',
  docsUrl: 'https://docs.leonardo.ai/',
  keysUrl: 'https://app.leonardo.ai/api-access',
  defaultUrls: ['https://cloud.leonardo.ai/api/rest/v1'],
  credentials: [
    {
      field: 'apiKey',
      label: 'API key',
      environment: ['LEONARDO_API_KEY'],
      isSecret: true,
      isOptional: false,
      help: 'A key from the page "API access" of your Leonardo account: five groups of letters and digits with dashes.',
    },
  ],
  // Ten pictures are drawn at once by default; more wait in the service's own queue.
  limits: { perMinute: 100, atOnce: 5 },
  abilities: {
    cancel: false,
    listModels: true,
    watch: false,
    ownTaskIds: false,
    find: true,
    balance: true,
    train: true,
  },
  keepsTasksForHours: null,
  notAi: false,
  pricesCheckedOn: '2026-11-20',
  models,
};
