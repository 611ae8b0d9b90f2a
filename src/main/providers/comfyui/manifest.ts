import type { ProviderManifest } from '../../../shared/models/provider.ts';

export const manifest: ProviderManifest = {
  id: 'comfyui',
  name: 'ComfyUI',
  summary: 'Draws with the models of a ComfyUI on this computer or in your network. Free, private, works offline.',
  kind: 'local',
  docsUrl: 'https://docs.comfy.org/',
  keysUrl: null,
  defaultUrls: ['http://127.0.0.1:8188', 'http://127.0.0.1:8000'],
  credentials: [],
  // ComfyUI has its own queue: a second job waits there, so that the graphics card never does.
  limits: { perMinute: null, atOnce: 2 },
  abilities: {
    cancel: true,
    listModels: true,
    watch: true,
    ownTaskIds: true,
    find: false,
    balance: false,
    train: false,
  },
  keepsTasksForHours: null,
  notAi: false,
  pricesCheckedOn: null,
  models: [],
};
