import { RPCHandler } from '@orpc/server/message-port';
import type { MessagePortMain } from 'electron';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../shared/errors.ts';
import { createApp, type App } from '../app.ts';
import type { Log } from '../log.ts';
import { createRequestHandler } from '../server/handle-request.ts';
import { pageFromDevelopmentServer } from './development-page.ts';
import { chooseFolder, createElectronPlatform } from './electron-platform.ts';
import type { Folders } from './folders.ts';

export interface DesktopApp {
  readonly app: App;
  /** Page and pictures; can be used at once. */
  readonly answer: (request: Request) => Promise<Response>;
  /** Answers calls that come through a port. */
  readonly serve: (port: MessagePortMain) => void;
  /** Asks for a folder; null when the user changed their mind. */
  readonly chooseFolder: () => Promise<string | null>;
  /** Opens the library and begins to work. A library that can't be opened is no failure: the page shows it, with its remedy. */
  readonly begin: () => Promise<void>;
}

/** Everything behind the window. It is loaded after the window has been opened, because it is most of the program. */
export function createDesktopApp(options: {
  folders: Folders;
  notices: readonly string[];
  log: Log;
  /** Address of the development server, or null. */
  developmentServer: string | null;
}): DesktopApp {
  const { folders, notices, log, developmentServer } = options;
  const pageFolder = fileURLToPath(new URL('../renderer', import.meta.url));
  if (developmentServer === null && !existsSync(pageFolder)) {
    throw new AppError('internal', 'The interface has not been built. Run `npm run build`, then try again.', {
      reason: pageFolder,
    });
  }
  const platform = createElectronPlatform(folders, notices);
  const app = createApp({ platform, log, access: 'write' });
  const answer = createRequestHandler({ app, pageFolder, guard: null });
  const calls = new RPCHandler(app.handlers);
  return {
    app,
    answer: developmentServer === null ? answer : pageFromDevelopmentServer(developmentServer, answer),
    serve: (port) => {
      calls.upgrade(port, { context: {} });
    },
    chooseFolder,
    begin: async () => {
      try {
        await app.open({ ask: true });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        log.warn('the library could not be opened at the start', { code: error.code });
      }
      app.startWork({ waitsForProviders: true });
      app.keepLooking();
    },
  };
}
