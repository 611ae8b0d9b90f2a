import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findChromium } from './find-chromium.js';

/**
 * `npm test`: the build, the checks, and every floor of tests, with one line at the end that counts them. Many tests wait for
 * programs and services that they have started: the checks have that time, and are heard when they are done.
 */
const start = (command, words, { isQuiet = false } = {}) => {
  const startedAt = Date.now();
  if (!isQuiet) process.stdout.write(`\n▶ ${command} ${words.join(' ')}\n`);
  const child = spawn(command, words, {
    stdio: isQuiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    shell: process.platform === 'win32',
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (said += text));
  return new Promise((resolve) => {
    const end = (status) => {
      const seconds = Math.round((Date.now() - startedAt) / 1000);
      if (isQuiet) process.stdout.write(`\n▶ ${command} ${words.join(' ')}\n${said}`);
      process.stdout.write(`  (${seconds} s)\n`);
      resolve(status ?? 1);
    };
    child.on('error', (error) => {
      said += `${error.message}\n`;
      end(1);
    });
    child.on('close', end);
  });
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
const giveUp = (words) => {
  process.stdout.write(`\n\`npm ${words.join(' ')}\` failed.\n0 passed, 1 failed\n`);
  process.exit(1);
};
// Without these nothing further can be trusted.
if ((await start('npm', ['run', 'build'])) !== 0) giveUp(['run', 'build']);
const checks = start('npm', ['run', 'check'], { isQuiet: true });
const vitest = ['vitest', 'run', '--reporter=default', '--reporter=json', '--outputFile.json=test-results/vitest.json'];
if ((await start('npx', vitest)) !== 0) isBroken = true;
if ((await checks) !== 0) giveUp(['run', 'check']);
const unit = readReport('test-results/vitest.json');
counts.passed += unit?.numPassedTests ?? 0;
counts.failed += unit?.numFailedTests ?? 0;
counts.skipped += (unit?.numPendingTests ?? 0) + (unit?.numTodoTests ?? 0);

const chromium = await findChromium({ install: true });
if (chromium === null) process.stdout.write('\nNo Chromium could be found or installed: the browser tests fail.\n');
if ((await start('npx', ['playwright', 'test'])) !== 0) isBroken = true;
const browser = readReport('test-results/playwright.json')?.stats;
counts.passed += (browser?.expected ?? 0) + (browser?.flaky ?? 0);
counts.failed += browser?.unexpected ?? 0;
counts.skipped += browser?.skipped ?? 0;

if (isBroken && counts.failed === 0) counts.failed = 1;
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
process.exit(counts.failed === 0 ? 0 : 1);
