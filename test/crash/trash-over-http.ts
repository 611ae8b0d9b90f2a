import { runEasel, type Place } from '../run-easel.ts';

/** Starts `easel serve`, trashes one image through it, and waits until the planned kill has ended it. */
export async function trashOverHttp(place: Place, imageId: string, killAt: string): Promise<void> {
  const ended = runEasel(place, ['serve', '--no-open', '--port', '0', '--json'], {
    killAt,
    onStart: (child) => {
      child.stdout?.once('data', (text: Buffer | string) => {
        const { url, token } = JSON.parse(String(text)) as { url: string; token: string };
        // The answer never comes: the process is gone before it.
        fetch(new URL('/rpc/library/trash', url), {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify({ json: { ids: [imageId] } }),
        }).catch(() => undefined);
      });
    },
  });
  const { signal } = await ended;
  if (signal !== 'SIGKILL') throw new Error('The server was not killed.');
}
