import { createORPCClient } from '@orpc/client';
import { RPCLink as FetchLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../shared/contract/contract.ts';

/** Everything a user can ask for, typed. Calls reject; `readError` says why in the user's words. */
export type Client = ContractRouterClient<Contract>;

const portMessage = 'easel:port';
const readyMessage = 'easel:ready';

/** Talks to the program over HTTP, in a browser. The session cookie says who we are. */
export function createBrowserClient(origin: string): Client {
  return createORPCClient(
    new FetchLink({
      url: `${origin}/rpc`,
      fetch: (request, init) => fetch(request, { ...init, credentials: 'same-origin' }),
    }),
  );
}

/** Talks to the main process through the port that the preload handed over. */
export function createDesktopClient(port: MessagePort): Client {
  port.start();
  return createORPCClient(new PortLink({ port }));
}

/** The desktop's preload sets this before the page runs; nothing else of it can be seen here. */
export function isDesktop(page: object): boolean {
  return 'easelDesktop' in page && page.easelDesktop === true;
}

/**
 * Waits for the port, once, and only from this window and this origin: any other frame or extension could post one too.
 * Says `easel:ready` first, so that a preload that was faster than this script knows when to send it.
 */
export function receivePort(page: Window): Promise<MessagePort> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent<unknown>): void => {
      if (event.source !== page || event.origin !== page.location.origin || event.data !== portMessage) return;
      const port = event.ports[0];
      if (port === undefined) return;
      page.removeEventListener('message', receive);
      resolve(port);
    };
    page.addEventListener('message', receive);
    page.postMessage(readyMessage, page.location.origin);
  });
}

/** The client for wherever this page runs. */
export async function connect(page: Window): Promise<Client> {
  if (isDesktop(page)) return createDesktopClient(await receivePort(page));
  return createBrowserClient(page.location.origin);
}
