/** The part of our addresses that is the program's; all others belong to the page. */
const programPaths = /^\/(rpc|images|thumbnails|previews|inputs)(\/|$)/;

/**
 * While developing, the page comes from the development server, which keeps it up to date, and its pictures from here.
 * The page still lives at `app://easel/`, so nothing else differs.
 */
export function pageFromDevelopmentServer(
  server: string,
  answer: (request: Request) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return (request) => {
    const { pathname, search } = new URL(request.url);
    if (programPaths.test(pathname)) return answer(request);
    return fetch(new URL(`${pathname}${search}`, server), {
      headers: { accept: request.headers.get('accept') ?? '*/*' },
    });
  };
}
