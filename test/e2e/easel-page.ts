import { test as base, expect, type Page } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startFakeComfyui, type FakeComfyui } from '../fakes/comfyui/start-fake-comfyui.ts';
import { cheapPassphrases, cleanEnvironment, newPlace, type Place } from '../run-easel.ts';

const cli = fileURLToPath(new URL('../../out/easel/cli.js', import.meta.url));

interface ServeOptions {
  readonly library?: boolean;
  /** A free one, unless told. */
  readonly port?: number;
  readonly environment?: Record<string, string>;
}

export interface Served {
  readonly url: string;
  readonly token: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** Starts `easel serve` on its own folders; without `library` it begins with the first run. */
async function serve(place: Place, options: ServeOptions): Promise<Served> {
  const library = options.library === false ? [] : ['--library', place.library];
  const child = spawn(
    process.execPath,
    [cli, 'serve', '--no-open', '--json', '--port', String(options.port ?? 0), '--data', place.data, ...library],
    {
      env: { ...cleanEnvironment(), ...cheapPassphrases, ...options.environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  const { url, token } = JSON.parse(line) as { url: string; token: string };
  return {
    url,
    token,
    process: child,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

export interface Fixtures {
  readonly place: Place;
  /** Starts `easel serve` on the test's folders; it is stopped after the page has left it. */
  readonly start: (options?: ServeOptions) => Promise<Served>;
  /** A ComfyUI that takes 60 ms a step. */
  readonly comfyui: FakeComfyui;
  /** What the browser complained about; every test ends with nothing in it. */
  readonly complaints: string[];
}

export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  place: async ({}, use) => {
    const place = newPlace();
    await use(place);
    place.remove();
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  comfyui: async ({}, use) => {
    const fake = await startFakeComfyui({ settings: { stepMs: 60 } });
    await use(fake);
    await fake.close();
  },
  start: async ({ page, place }, use) => {
    const started: Served[] = [];
    await use(async (options = {}) => {
      const served = await serve(place, options);
      started.push(served);
      return served;
    });
    await page.goto('about:blank');
    for (const served of started) await served.stop();
  },
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** The words of one generation, typed and sent. */
export async function generate(page: Page, prompt: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill(prompt);
  await page.getByRole('button', { name: /^Generate/ }).click();
}
