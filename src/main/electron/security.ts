import { app, shell, type Session, type WebContents } from 'electron';
import type { Log } from '../log.ts';
import { isOwnAddress, isPageAddress } from './own-address.ts';

/** The viewer's full screen and "copy". Everything else the page could ask for is refused. */
const grantedPermissions: readonly string[] = ['fullscreen', 'clipboard-sanitized-write'];

/** Where Ollama and its models are got. */
const ollamaHost = 'ollama.com';

/** The only places outside that a link may lead to are the pages of Ollama and of the providers, whose list is loaded when it is needed. */
async function isTrustedLink(address: string): Promise<boolean> {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return false;
  if (url.hostname === ollamaHost) return true;
  const { providerKinds } = await import('../providers/registry.ts');
  return providerKinds
    .flatMap(({ manifest }) => [manifest.docsUrl, manifest.keysUrl, manifest.usageUrl ?? null])
    .some((page) => page !== null && new URL(page).hostname === url.hostname);
}

/** Opens a link of the allow-list in the user's browser; anything else is refused and logged. */
export function openTrustedLink(address: string, log: Log): void {
  const open = async (): Promise<void> => {
    if (await isTrustedLink(address)) await shell.openExternal(address);
    else log.warn('a link was refused', { host: URL.parse(address)?.host });
  };
  open().catch((error: unknown) => {
    log.error('a link could not be opened', error);
  });
}

/** Covers every page there will ever be: none navigates away, opens windows or embeds others. Call it before the first window. */
export function guardPages(log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    guardPage(contents, log);
  });
}

function guardPage(contents: WebContents, log: Log): void {
  const refuse = (details: { readonly url: string; readonly isMainFrame: boolean; preventDefault(): void }): void => {
    // The page may load itself anew.
    if (details.isMainFrame && isPageAddress(details.url)) return;
    details.preventDefault();
    log.warn('a navigation was refused', { host: URL.parse(details.url)?.host });
  };
  contents.on('will-navigate', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(({ url }) => {
    openTrustedLink(url, log);
    return { action: 'deny' };
  });
}

/** What the page may ask of the system, and where it may load from. `isDevelopment` lets the development server through. */
export function guardSession(session: Session, { isDevelopment }: { isDevelopment: boolean }): void {
  const mayHave = (permission: string, isMainFrame: boolean, address: string): boolean =>
    isMainFrame && isOwnAddress(address) && grantedPermissions.includes(permission);
  session.setPermissionRequestHandler((_contents, permission, answer, { isMainFrame, requestingUrl }) => {
    answer(mayHave(permission, isMainFrame, requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, origin, { isMainFrame }) =>
    mayHave(permission, isMainFrame, origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    // The page may hand over what it has made itself, as the bundle of keys; nothing is fetched from elsewhere.
    const address = item.getURL();
    if (!address.startsWith('blob:') || !isOwnAddress(address.slice('blob:'.length))) event.preventDefault();
  });
  if (isDevelopment) return;
  // The page's policy says so too; this holds even where a page comes without one.
  const network = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'] };
  session.webRequest.onBeforeRequest(network, (_details, answer) => {
    answer({ cancel: true });
  });
}
