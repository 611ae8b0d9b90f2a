import { _electron, test as base, expect, type ElectronApplication, type Page } from '@playwright/test';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnvironment, newPlace, type Place } from '../run-easel.ts';

const root = join(import.meta.dirname, '..', '..');

/** Electron's package downloads its program on the first start of the desktop; until then there is none. */
function electronProgram(): string | null {
  const folder = join(root, 'node_modules', 'electron');
  const name = join(folder, 'path.txt');
  if (!existsSync(name)) return null;
  const path = join(folder, 'dist', readFileSync(name, 'utf8').trim());
  return existsSync(path) ? path : null;
}

function whyNotHere(): string | null {
  if (electronProgram() === null) return 'Electron’s program is not on this machine (`npm start` downloads it).';
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return 'There is no display.';
  return null;
}

const reason = whyNotHere();
if (reason !== null) process.stdout.write(`The Electron specs are skipped: ${reason}\n`);

interface Fixtures {
  readonly place: Place;
  /** Starts the desktop on the test's folders; it is closed after the test. */
  readonly launch: () => Promise<{ program: ElectronApplication; page: Page }>;
}

export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  place: async ({}, use) => {
    const place = newPlace();
    await use(place);
    place.remove();
  },
  launch: async ({ place }, use) => {
    const programs: ElectronApplication[] = [];
    await use(async () => {
      const program = await _electron.launch({
        executablePath: electronProgram() ?? '',
        args: [root, '--data', place.data, '--library', place.library],
        env: Object.fromEntries(
          Object.entries(cleanEnvironment()).filter((entry): entry is [string, string] => entry[1] !== undefined),
        ),
      });
      programs.push(program);
      return { program, page: await program.firstWindow() };
    });
    // Closing one that a test has closed already does nothing.
    for (const program of programs) await program.close();
  },
});

// The condition is a function, so that the reason stands with each skipped test.
test.skip(() => reason !== null, reason ?? '');

export { expect };
