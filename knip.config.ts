import type { KnipConfig } from 'knip';

export default {
  entry: [
    'src/main/{index,cli}.ts',
    'src/main/**/*-worker.ts',
    'scripts/*.js',
    'test/**/*.{test,spec}.ts',
    'test/crash/kill-at.ts',
    'test/cheap-passphrases.ts',
    'test/fakes/{comfyui,ollama}/main.ts',
    'test/bench/{main,seed-library,stand-in,service-stand-in,loaded-modules}.ts',
    'test/bench/router/gateway.ts',
    'test/bench/vite.bench.config.ts',
    'test/electron-double/double/*.ts',
    'vite.easel.config.ts',
    'import-table.js',
  ],
  project: ['src/**/*.{ts,tsx}', 'test/**/*.ts', 'scripts/*.js'],
  // A type that explains what an exported function takes or gives may be exported with it.
  ignoreExportsUsedInFile: true,
  ignoreBinaries: ['apt-get', 'script', 'mount', 'umount'],
} satisfies KnipConfig;
