import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import { createBrowserSession, type BrowserSession } from '../server/browser-session.ts';
import type { Listening } from '../server/listen.ts';
import { unlockIfGiven } from './keys-unlock.ts';
import { openBrowser } from './open-browser.ts';
import { createTerminalApp, globalOptions } from './with-app.ts';

const usualPort = 4747;

export function addServe(program: Command): void {
  const command = program
    .command('serve')
    .description('Show the interface in a browser on this machine')
    .option('--port <n>', `Port on 127.0.0.1 (${usualPort}, or any free one where it is taken)`)
    .option('--no-open', 'Do not open a browser');
  command.action(async (options: { port?: string; open: boolean }) => {
    const globals = globalOptions(command);
    const wanted = readPort(options.port);
    const app = createTerminalApp(globals, 'write');
    try {
      // Without a passphrase it starts locked, and the page asks.
      await unlockIfGiven(app);
      await openOrExplain(app, globals.quiet === true);
      const { session, listening } = await startListening(app, wanted);
      const url = session.link();
      if (globals.json) process.stdout.write(`${JSON.stringify({ url, token: session.token })}\n`);
      else process.stdout.write(`Easel is at ${url}\nThe link signs one browser in, once. Ctrl+C stops.\n`);
      app.startWork({ waitsForProviders: true });
      app.keepLooking();
      // The link is printed anyway.
      if (options.open) openBrowser(url);
      await stopSignal();
      await listening.close();
    } finally {
      await app.close();
    }
  });
}

/** A library that can't be opened is shown in the browser, with its remedy; but a second Easel has no business here. */
async function openOrExplain(app: App, isQuiet: boolean): Promise<void> {
  try {
    await app.open({ ask: true });
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'libraryBusy') throw error;
    if (!isQuiet) process.stderr.write(`easel: ${error.message}\n`);
  }
}

async function startListening(
  app: App,
  wanted: number | null,
): Promise<{ session: BrowserSession; listening: Listening }> {
  const pageFolder = fileURLToPath(new URL('../renderer', import.meta.url));
  if (!existsSync(pageFolder)) {
    throw new AppError('internal', 'The interface has not been built. Run `npm run build`, then try again.', {
      reason: pageFolder,
    });
  }
  // Node's own HTTP takes as long to load as all the rest of a short command, which has no use for it.
  const [{ listen }, { createRequestHandler }] = await Promise.all([
    import('../server/listen.ts'),
    import('../server/handle-request.ts'),
  ]);
  const sessions: BrowserSession[] = [];
  const start = (port: number): Promise<Listening> =>
    listen(port, (actual) => {
      const session = createBrowserSession(actual);
      sessions.push(session);
      return createRequestHandler({ app, pageFolder, guard: (request) => session.guard(request) });
    });
  const listening = await start(wanted ?? usualPort).catch((error: unknown) => {
    if (wanted === null && error instanceof AppError && error.code === 'portTaken') return start(0);
    throw error;
  });
  const [session] = sessions;
  if (!session) throw new AppError('internal', 'The server did not start.');
  return { session, listening };
}

function readPort(text: string | undefined): number | null {
  if (text === undefined) return null;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new AppError('badInput', `"${text}" is no port. Choose one from 1024 to 65535.`);
  return port;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      resolve();
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
  });
}
