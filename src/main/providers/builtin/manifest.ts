import { longestPrompt } from '../../../shared/models/generation-request.ts';
import type { ProviderManifest } from '../../../shared/models/provider.ts';

/** Pixels; outside of it a drawing either shows nothing or takes too long. */
export const side = { min: 64, max: 2048, multipleOf: 1 } as const;

export const manifest: ProviderManifest = {
  id: 'builtin',
  name: 'Built-in sketches',
  summary:
    'Draws a picture by rules on this computer, at once and free of charge. Not AI: for trying things out, no key and no network needed.',
  kind: 'builtin',
  docsUrl: null,
  keysUrl: null,
  defaultUrls: [],
  credentials: [],
  limits: { perMinute: null, atOnce: 2 },
  abilities: {
    cancel: false,
    listModels: false,
    watch: false,
    ownTaskIds: false,
    find: false,
    balance: false,
    train: false,
  },
  keepsTasksForHours: null,
  notAi: true,
  pricesCheckedOn: null,
  models: [
    {
      id: 'sketch',
      name: 'Sketch',
      family: 'procedural',
      tier: 'fast',
      operations: ['textToImage'],
      parameters: ['size', 'seed'],
      limits: { promptCharacters: longestPrompt, imagesPerRequest: 4, side },
      defaults: { width: 1024, height: 1024 },
      choices: { samplers: [], schedulers: [], loras: [] },
      price: { usd: 0, per: 'image' },
      typicalSeconds: 0.4,
    },
  ],
};
