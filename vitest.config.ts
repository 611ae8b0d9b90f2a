import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
          environment: 'node',
        },
      },
      {
        test: {
          name: 'integration',
          include: [
            'test/{architecture,providers,provider-kit,server,terminal,library,electron-double,crash,canary,fakes,docs}/**/*.test.ts',
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
