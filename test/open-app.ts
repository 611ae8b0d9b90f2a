import { createApp, type App } from '../src/main/app.ts';
import { silentLog } from '../src/main/log.ts';
import type { Platform } from '../src/main/platform.ts';

/** Easel's core on a library of its own, in this process. The caller closes it. */
export async function openApp(options: {
  libraryFolder: string;
  comfyuiUrl?: string;
  environment?: Record<string, string>;
  access?: 'read' | 'write';
  /** As they would stand in the file of settings. */
  settings?: unknown;
}): Promise<App> {
  let settings = options.settings ?? {};
  const platform: Platform = {
    version: '0.0.0',
    dataFolder: options.libraryFolder,
    libraryFolder: options.libraryFolder,
    usualLibraryFolder: options.libraryFolder,
    environment: {
      ...(options.comfyuiUrl === undefined ? {} : { EASEL_COMFYUI_URL: options.comfyuiUrl }),
      ...options.environment,
    },
    settings: {
      read: () => settings,
      write: (next) => {
        settings = next;
      },
    },
    notices: [],
  };
  const app = createApp({ platform, log: silentLog, access: options.access ?? 'write' });
  await app.open({ ask: false });
  return app;
}
