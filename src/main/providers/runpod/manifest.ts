import type { ProviderManifest } from '../../../shared/models/provider.ts';
import { publicModels } from './public-models.ts';

export const manifest: ProviderManifest = {
  id: 'runpod',
  name: 'RunPod',
  summary: 'Public endpoints with many models, and your own serverless endpoint with worker-sdxl or worker-comfyui.',
  kind: 'cloud',
  docsUrl: 'https://docs.runpod.io/serverless/overview',
  keysUrl: 'https://console.runpod.io/user/settings',
  usageUrl: 'https://console.runpod.io/user/billing',
  defaultUrls: ['https://api.runpod.ai/v2'],
  credentials: [
    {
      field: 'apiKey',
      label: 'API key',
      environment: ['RUNPOD_API_KEY'],
      isSecret: true,
      isOptional: false,
      help: 'Made in the RunPod console under Settings, API Keys. Only a key with full access can also tell the balance.',
    },
    {
      field: 'endpointId',
      label: 'Your endpoint',
      environment: ['RUNPOD_ENDPOINT_ID'],
      isSecret: false,
      isOptional: true,
      help: 'The short id of your own serverless endpoint, as the console shows it; leave it empty to use public endpoints only.',
    },
    {
      field: 'checkpoint',
      label: 'Checkpoint of your endpoint',
      environment: ['RUNPOD_CHECKPOINT'],
      isSecret: false,
      isOptional: true,
      help: 'If your endpoint runs worker-comfyui: the name of its checkpoint file, like flux1-dev-fp8.safetensors. Leave it empty for worker-sdxl.',
    },
  ],
  limits: { perMinute: 100, atOnce: 10 },
  abilities: {
    cancel: true,
    listModels: true,
    watch: false,
    ownTaskIds: false,
    find: false,
    balance: true,
    train: false,
  },
  // Counted from the end of a job.
  keepsTasksForHours: 0.5,
  notAi: false,
  pricesCheckedOn: '2026-08-20',
  models: publicModels,
};
