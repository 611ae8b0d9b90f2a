import type { Command } from 'commander';
import { join } from 'node:path';
import { createApp, type App, type Opening } from '../app.ts';
import { openLog } from '../log.ts';
import { createNodePlatform } from '../node-platform.ts';

export interface GlobalOptions {
  readonly data?: string;
  readonly library?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function globalOptions(command: Command): GlobalOptions {
  return command.optsWithGlobals<GlobalOptions>();
}

/** The app for one command. The caller opens the library where it needs one, and closes the app. */
export function createTerminalApp(options: GlobalOptions, access: 'read' | 'write'): App {
  const platform = createNodePlatform({
    dataFolder: options.data,
    libraryFolder: options.library,
    environment: process.env,
  });
  const app = createApp({ platform, log: openLog(join(platform.dataFolder, 'logs')), access });
  if (!options.quiet) for (const notice of app.info().notices) process.stderr.write(`easel: ${notice}\n`);
  return app;
}

/** Opens the library, does the work, and closes everything whatever happens. `opening`: what becomes of a library that was not made yet, or is old. */
export async function withLibrary<Result>(
  options: GlobalOptions,
  access: 'read' | 'write',
  work: (app: App) => Promise<Result>,
  opening: Opening = {},
): Promise<Result> {
  const app = createTerminalApp(options, access);
  try {
    await app.open({ ask: false, ...opening });
    return await work(app);
  } finally {
    await app.close();
  }
}
