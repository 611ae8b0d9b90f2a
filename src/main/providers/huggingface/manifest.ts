import type { ProviderManifest } from '../../../shared/models/provider.ts';
import { knownModels } from './models.ts';

export const manifest: ProviderManifest = {
  id: 'huggingface',
  name: 'Hugging Face',
  summary: 'Open models of many makers, run by several services behind one token and one bill.',
  kind: 'cloud',
  docsUrl: 'https://huggingface.co/docs/inference-providers',
  keysUrl: 'https://huggingface.co/settings/tokens',
  usageUrl: 'https://huggingface.co/settings/billing',
  defaultUrls: ['https://router.huggingface.co'],
  credentials: [
    {
      field: 'apiKey',
      label: 'Access token',
      environment: ['HF_TOKEN'],
      isSecret: true,
      isOptional: false,
      help: 'Begins with hf_; a fine-grained token needs the permission "Make calls to Inference Providers".',
    },
    {
      field: 'billTo',
      label: 'Bill to organisation',
      environment: [],
      isSecret: false,
      isOptional: true,
      help: 'The name of an organisation that pays instead of you; leave it empty to pay yourself.',
    },
  ],
  // The hub allows an anonymous caller 100 a minute; what the services behind it allow is not told.
  limits: { perMinute: 60, atOnce: 4 },
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
  pricesCheckedOn: '2026-08-22',
  models: [...knownModels],
};
