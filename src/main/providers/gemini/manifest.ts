import type { ProviderManifest } from '../../../shared/models/provider.ts';
import { engines, inOrder, modelsOf } from './models.ts';

export const manifest: ProviderManifest = {
  id: 'gemini',
  name: 'Google Gemini',
  summary:
    'The Nano Banana models: pictures from words and from up to 14 references, up to 4K. All carry an invisible SynthID watermark.',
  kind: 'cloud',
  docsUrl: 'https://ai.google.dev/gemini-api/docs/image-generation',
  keysUrl: 'https://aistudio.google.com/apikey',
  usageUrl: 'https://aistudio.google.com/usage',
  defaultUrls: ['https://generativelanguage.googleapis.com'],
  credentials: [
    {
      field: 'apiKey',
      label: 'API key',
      environment: ['GEMINI_API_KEY'],
      isSecret: true,
      isOptional: false,
      help: 'Made under "Get API key" in Google AI Studio. Image models need a project with billing.',
    },
  ],
  // The service's own limits differ from account to account.
  limits: { perMinute: 20, atOnce: 4 },
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
  pricesCheckedOn: '2026-11-20',
  models: inOrder(engines.flatMap((engine) => modelsOf(engine))),
};
