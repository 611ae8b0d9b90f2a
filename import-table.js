/**
 * Who may import whom in src/main. A file may import from a row below its own and from src/shared; never from its own
 * row's neighbours or from above. Features meet only in app.ts. Checked by dependency-cruiser (`npm run check`) and drawn in the README.
 */
export const rows = [
  { name: 'entries', paths: ['src/main/index.ts', 'src/main/cli.ts'] },
  { name: 'hosts', paths: ['src/main/electron', 'src/main/terminal', 'src/main/node-platform.ts'] },
  { name: 'server', paths: ['src/main/server'] },
  {
    name: 'app',
    paths: ['src/main/app.ts', 'src/main/handlers.ts', 'src/main/contract-errors.ts', 'src/main/open-library.ts'],
  },
  {
    name: 'features',
    paths: ['jobs', 'library', 'prompts', 'health', 'routing', 'costs', 'comparison', 'training', 'settings'].map(
      (feature) => `src/main/${feature}`,
    ),
  },
  {
    name: 'services',
    paths: ['src/main/providers', 'src/main/ollama', 'src/main/database', 'src/main/files', 'src/main/keys'],
  },
  {
    name: 'ground',
    paths: [
      'src/main/platform.ts',
      'src/main/events.ts',
      'src/main/log.ts',
      'src/main/new-id.ts',
      'src/main/step.ts',
      'src/main/worker-url.ts',
    ],
  },
];

/** Folders of the renderer that must not import each other; what they share lives in ui, backend, i18n, theme. */
export const rendererFeatures = [
  'compose',
  'gallery',
  'viewer',
  'queue',
  'prompts',
  'providers',
  'comparison',
  'analytics',
  'settings',
  'first-run',
];

/** The only packages src/shared may import. */
export const sharedPackages = ['zod', '@orpc/contract'];
