import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Many tests wait for programs that they have started: two files at once keep even two cores busy.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/{routing,simulate}/*.test.ts'],
          environment: 'node',
          // Properties are tried hundreds of times, on busy machines too.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: [
            'test/{architecture,providers,provider-kit,server,terminal,library,jobs,electron-double,crash,canary,fakes,docs}/**/*.test.ts',
          ],
          environment: 'node',
          globalSetup: ['test/build-once.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
