import { spawn } from 'node:child_process';

/**
 * `npm run check`: formatting, lint, types, the import table, unused code. Lint takes longer than all the others together, so
 * they run side by side, one row after the other; each one's words come in one piece, and all of them are heard.
 */
const rows = [
  [['eslint', '--max-warnings', '0', '.']],
  [
    ['tsc', '--build'],
    ['prettier', '--check', '--log-level', 'warn', '.'],
    ['depcruise', 'src', '--config', '.dependency-cruiser.js'],
    ['knip'],
  ],
];

const run = ([command, ...words]) =>
  new Promise((resolve) => {
    const startedAt = Date.now();
    const child = spawn('npx', [command, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
    child.on('error', (error) => (said += `${error.message}\n`));
    child.on('close', (status) => {
      const seconds = Math.round((Date.now() - startedAt) / 1000);
      process.stdout.write(`${status === 0 ? '✓' : '✗'} ${[command, ...words].join(' ')} (${seconds} s)\n${said}`);
      resolve(status === 0);
    });
  });

const outcomes = await Promise.all(
  rows.map(async (row) => {
    let isRight = true;
    for (const words of row) isRight = (await run(words)) && isRight;
    return isRight;
  }),
);
process.exitCode = outcomes.every(Boolean) ? 0 : 1;
