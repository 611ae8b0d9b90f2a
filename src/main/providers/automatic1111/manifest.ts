import type { ProviderManifest } from '../../../shared/models/provider.ts';

export const manifest: ProviderManifest = {
  id: 'automatic1111',
  name: 'AUTOMATIC1111',
  summary:
    'Draws with a Stable Diffusion web UI (AUTOMATIC1111, Forge, SD.Next) on this computer or in your network. Free, private, works offline.',
  kind: 'local',
  docsUrl: 'https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/API',
  keysUrl: null,
  // The second one is where it listens when it is started without its own page.
  defaultUrls: ['http://127.0.0.1:7860', 'http://127.0.0.1:7861'],
  credentials: [
    {
      field: 'user',
      label: 'User name',
      environment: [],
      isSecret: false,
      isOptional: true,
      help: 'Only where it was started with --api-auth (SD.Next: --auth): the word before the colon.',
    },
    {
      field: 'password',
      label: 'Password',
      environment: [],
      isSecret: true,
      isOptional: true,
      help: 'Only where it was started with --api-auth (SD.Next: --auth): the word after the colon.',
    },
  ],
  // One at a time: its progress and its interrupt do not say whose work they mean, so nothing else of ours may be there.
  limits: { perMinute: null, atOnce: 1 },
  abilities: {
    cancel: true,
    listModels: true,
    watch: true,
    // It knows an id while it works, but gives no result by it.
    ownTaskIds: false,
    find: false,
    balance: false,
    train: false,
  },
  keepsTasksForHours: null,
  notAi: false,
  pricesCheckedOn: null,
  models: [],
};
