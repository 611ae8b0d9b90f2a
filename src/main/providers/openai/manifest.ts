import type { ProviderManifest } from '../../../shared/models/provider.ts';
import { modelOf, modelsOf } from './models.ts';

/** Standard, fast and premium as recommended; the rest follows. */
const recommended = [
  modelOf('gpt-image-2.6-flare', 'medium'),
  modelOf('gpt-image-2.6-flare', 'low'),
  modelOf('gpt-image-2.6-sunburst', 'high'),
];

const engines = [
  'gpt-image-2.6-flare',
  'gpt-image-2.6-sunburst',
  'gpt-image-2.5-flare',
  'gpt-image-2.5-sunburst',
  'gpt-image-2',
  'gpt-image-1.5',
  'gpt-image-1-mini',
  'chatgpt-image-latest',
];

export const manifest: ProviderManifest = {
  id: 'openai',
  name: 'OpenAI',
  summary: 'GPT Image models: they follow long instructions closely, write text well and edit what you give them.',
  kind: 'cloud',
  docsUrl: 'https://developers.openai.com/api/docs/guides/image-generation',
  keysUrl: 'https://platform.openai.com/api-keys',
  usageUrl: 'https://platform.openai.com/usage',
  defaultUrls: ['https://api.openai.com/v1'],
  credentials: [
    {
      field: 'apiKey',
      label: 'API key',
      environment: ['OPENAI_API_KEY'],
      isSecret: true,
      isOptional: false,
      help: 'Begins with "sk-"; made on the page of API keys at platform.openai.com.',
    },
  ],
  // What the lowest account gets; a refusal for going faster costs nothing.
  limits: { perMinute: 5, atOnce: 4 },
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
  models: [
    ...recommended,
    ...engines.flatMap(modelsOf).filter(({ id }) => !recommended.some((model) => model.id === id)),
  ],
};
