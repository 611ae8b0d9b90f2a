import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { chromiumArguments, findChromium } from './scripts/find-chromium.js';

const executablePath = (await findChromium({ install: false })) ?? undefined;

export default defineConfig({
  outputDir: 'test-results',
  // Those that look at every view take half a minute on a computer that has nothing else to do.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  // Each test has folders and a server of its own.
  fullyParallel: true,
  // Most of the time they wait for pictures: three at once keep two cores busy.
  workers: Math.max(3, Math.floor(availableParallelism() / 2)),
  // What passes only then is named at the end of `npm test`.
  retries: 1,
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath, args: chromiumArguments },
    // Recording each test is a good part of the work: `npx playwright test --trace retain-on-failure` does it.
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'chromium', testDir: 'test/e2e' },
    { name: 'electron', testDir: 'test/electron' },
  ],
});
