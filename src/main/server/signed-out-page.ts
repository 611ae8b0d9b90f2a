import { randomBytes } from 'node:crypto';

/** The interface's own colours; none of its files may be had without being signed in. */
const style = `
:root { color-scheme: light dark; --canvas: #f1f1f1; --panel: #fbfbfb; --line: #e0e0e0; --text: #1b1b1b; --dim: #555555; }
@media (prefers-color-scheme: dark) {
  :root { --canvas: #0d0d0d; --panel: #161616; --line: #292929; --text: #ececec; --dim: #acacac; }
}
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--canvas); color: var(--text);
  font: 16px/1.55 system-ui, sans-serif; }
main { box-sizing: border-box; max-width: 34rem; margin: 1rem; padding: 1.75rem 2rem; background: var(--panel);
  border: 1px solid var(--line); border-radius: 8px; overflow-wrap: break-word; }
h1 { margin: 0 0 0.75rem; font-size: 1.25rem; line-height: 1.3; font-weight: 600; }
p { margin: 0.5rem 0 0; color: var(--dim); }
code { white-space: nowrap; padding: 0.05em 0.3em; color: var(--text); border: 1px solid var(--line); border-radius: 4px;
  font: 0.9em/1.4 ui-monospace, monospace; }
`;

/** What a person sees who has not signed in. `cameByLink`: with a link that opens nothing. Needs nothing but itself. */
export function signedOutPage(cameByLink: boolean): Response {
  const nonce = randomBytes(18).toString('base64');
  const title = cameByLink
    ? 'This link was used already, or Easel was started again since'
    : 'Sign in with Easel’s link';
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Easel: not signed in</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>Easel is running, but does not know this browser. Open the newest link that it printed, in the window where <code>easel serve</code> runs.</p>
<p>Each link signs one browser in, once. If that link has been used, press Ctrl+C there and run <code>easel serve</code> again: it prints a new one. What you typed here before is kept.</p>
</main>
</body>
</html>
`;
  return new Response(page, {
    status: 401,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'cache-control': 'no-store',
    },
  });
}
