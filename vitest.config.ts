import { availableParallelism } from 'node:os';
import { relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those that take longest, so that none of them is begun last, while nothing else is left to do. The others follow by project. */
const longest = [
  'test/crash/paid-services',
  'test/crash/kill-points',
  'test/provider-kit',
  'test/canary',
  'test/terminal/train',
  'test/server/health',
  'test/jobs/random-schedules',
  'test/terminal/keys',
  'test/server/needs-attention',
  'test/crash',
  'test/terminal',
  'test/server',
];

class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification): number => {
      const path = relative(import.meta.dirname, moduleId).replaceAll('\\', '/');
      const at = longest.findIndex((start) => path.startsWith(start));
      if (at >= 0) return at;
      return project.name === 'integration' ? longest.length : longest.length + 1;
    };
    return Promise.resolve(files.toSorted((one, other) => rank(one) - rank(other)));
  }
}

export default defineConfig({
  test: {
    // Many tests wait for programs that they have started, and for services that they ask again: five files at once keep two
    // cores busy.
    maxWorkers: Math.max(5, availableParallelism()),
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/{routing,simulate,prompts}/*.test.ts'],
          environment: 'node',
          // Properties are tried hundreds of times, on busy machines too.
          testTimeout: 30_000,
          // What is imported once serves the files that follow.
          isolate: false,
        },
      },
      {
        test: {
          name: 'integration',
          include: [
            'test/{architecture,providers,provider-kit,server,terminal,library,jobs,electron-double,crash,canary,fakes,docs,ollama}/**/*.test.ts',
          ],
          environment: 'node',
          globalSetup: ['test/build-once.ts'],
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // On a busy machine, programs and sockets are late now and then. What passes only when it is tried again is named at the
          // end of `npm test`. Tests of what chance decides, and those of kills, have `retry: 0`: there, one failure is the find.
          retry: 1,
        },
      },
    ],
  },
});
