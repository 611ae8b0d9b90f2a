import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findChromium } from './find-chromium.js';
import { testsOfPlaywright, testsOfVitest } from './test-reports.js';

/**
 * `npm test`: the checks, the build, and every floor of tests. At the end it names what failed, and what passed only when it was
 * tried again, with a last line that counts all.
 */
const run = (command, words, environment = {}) => {
  const startedAt = Date.now();
  process.stdout.write(`\n▶ ${command} ${words.join(' ')}\n`);
  const { status } = spawnSync(command, words, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...environment },
  });
  process.stdout.write(`  (${Math.round((Date.now() - startedAt) / 1000)} s)\n`);
  return status ?? 1;
};
let isBroken = false;
const readReport = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    isBroken = true;
    return {};
  }
};

rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results', { recursive: true });
// Without these nothing further can be trusted.
for (const words of [
  ['run', 'check'],
  ['run', 'build'],
]) {
  if (run('npm', words) !== 0) {
    process.stdout.write(`\n\`npm ${words.join(' ')}\` failed.\n0 passed, 1 failed\n`);
    process.exit(1);
  }
}

if (
  run('npx', [
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    '--outputFile.json=test-results/vitest.json',
  ]) !== 0
)
  isBroken = true;
// Playwright empties the folder.
const unit = readReport('test-results/vitest.json');

const chromium = await findChromium({ install: true });
if (chromium === null) process.stdout.write('\nNo Chromium could be found or installed: the browser tests fail.\n');
if (run('npx', ['playwright', 'test']) !== 0) isBroken = true;

const tests = [...testsOfVitest(unit), ...testsOfPlaywright(readReport('test-results/playwright.json'))];
const those = (...ends) => tests.filter(({ end }) => ends.includes(end));
const tell = (heading, list) => {
  if (list.length === 0) return;
  process.stdout.write(`\n${heading}\n`);
  for (const { file, name, message } of list) process.stdout.write(`\n  ${file}: ${name}\n${message}\n`);
};
tell('Passed only when tried again:', those('unsteady'));
tell('Failed:', those('failed'));
const failed = isBroken ? Math.max(1, those('failed').length) : those('failed').length;
process.stdout.write(
  `\n${those('passed', 'unsteady').length} passed, ${failed} failed, ${those('skipped').length} skipped\n`,
);
process.exit(failed === 0 ? 0 : 1);
