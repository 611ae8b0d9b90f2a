import { spawnSync } from 'node:child_process';

/** `npm run test:crash`: kill -9 at every step, and at full size what `npm test` does a little of. Takes twenty minutes. */
const { status } = spawnSync(
  'npx',
  [
    'vitest',
    'run',
    '--project',
    'integration',
    'test/crash',
    'test/jobs/random-schedules',
    'test/jobs/failing-in-turn',
    ...process.argv.slice(2),
  ],
  {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, EASEL_CRASH_TESTS: 'full' },
  },
);
process.exit(status ?? 1);
