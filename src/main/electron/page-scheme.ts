import { protocol } from 'electron';
import { isOwnAddress, ownScheme } from './own-address.ts';

/** Must run before Electron is ready, and once. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: ownScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

/** Serves `app://easel/…`. Requests that come before there is somebody to answer them wait. */
export function answerPageScheme(program: Promise<{ readonly answer: (request: Request) => Promise<Response> }>): void {
  protocol.handle(ownScheme, async (request) => {
    if (!isOwnAddress(request.url) || !isFromOwnPage(request)) return new Response(null, { status: 403 });
    const { answer } = await program;
    return answer(request);
  });
}

/** Electron tells who asks, which a page can't forge; nobody is named where the program itself asked. */
function isFromOwnPage(request: Request & { readonly initiatorOrigin?: unknown }): boolean {
  const { initiatorOrigin } = request;
  return typeof initiatorOrigin !== 'string' || isOwnAddress(initiatorOrigin);
}
