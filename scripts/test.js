import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findChromium } from './find-chromium.js';

/** `npm test`: the checks, the build, and every floor of tests, with one line at the end that counts them. */
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
const counts = { passed: 0, failed: 0, skipped: 0 };
let isBroken = false;
const readReport = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    isBroken = true;
    return null;
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
const unit = readReport('test-results/vitest.json');
counts.passed += unit?.numPassedTests ?? 0;
counts.failed += unit?.numFailedTests ?? 0;
counts.skipped += (unit?.numPendingTests ?? 0) + (unit?.numTodoTests ?? 0);

const chromium = await findChromium({ install: true });
if (chromium === null) process.stdout.write('\nNo Chromium could be found or installed: the browser tests fail.\n');
if (run('npx', ['playwright', 'test']) !== 0) isBroken = true;
const browser = readReport('test-results/playwright.json')?.stats;
counts.passed += (browser?.expected ?? 0) + (browser?.flaky ?? 0);
counts.failed += browser?.unexpected ?? 0;
counts.skipped += browser?.skipped ?? 0;

if (isBroken && counts.failed === 0) counts.failed = 1;
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
process.exit(counts.failed === 0 ? 0 : 1);
