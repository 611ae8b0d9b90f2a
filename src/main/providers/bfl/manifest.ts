import type { ProviderManifest } from '../../../shared/models/provider.ts';
import { models } from './models.ts';

export const manifest: ProviderManifest = {
  id: 'bfl',
  name: 'Black Forest Labs',
  summary: 'The makers of FLUX: their newest models at the source, with editing by words and several references.',
  kind: 'cloud',
  docsUrl: 'https://docs.bfl.ai/',
  keysUrl: 'https://dashboard.bfl.ai/',
  usageUrl: 'https://dashboard.bfl.ai/',
  defaultUrls: ['https://api.bfl.ai'],
  credentials: [
    {
      field: 'apiKey',
      label: 'API key',
      environment: ['BFL_API_KEY'],
      isSecret: true,
      isOptional: false,
      help: 'Made in your account at Black Forest Labs, under API keys.',
    },
  ],
  // 24 active tasks for most models, 6 for FLUX.1 Kontext [max] and 5 for video: the least of them fits all.
  limits: { perMinute: 60, atOnce: 5 },
  abilities: {
    cancel: false,
    listModels: false,
    watch: false,
    ownTaskIds: false,
    find: false,
    balance: true,
    train: false,
  },
  // How long a task stays known is not told; only the link to its picture is known to end after minutes.
  keepsTasksForHours: null,
  notAi: false,
  pricesCheckedOn: '2026-10-08',
  models: [...models],
};
