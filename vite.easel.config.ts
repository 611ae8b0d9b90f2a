import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';

const external = [
  'better-sqlite3',
  'sharp',
  'piscina',
  ...builtinModules,
  ...builtinModules.map((name) => `node:${name}`),
];

/** The `easel` command: the same main-process code without Electron. */
export default defineConfig({
  build: {
    ssr: true,
    target: 'node22',
    outDir: 'out/easel',
    emptyOutDir: true,
    minify: false,
    rollupOptions: {
      external,
      input: {
        cli: 'src/main/cli.ts',
        'draw-worker': 'src/main/providers/builtin/draw-worker.ts',
        'age-worker': 'src/main/keys/age-worker.ts',
        'thumbnail-worker': 'src/main/files/thumbnail-worker.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: { noExternal: true, external: ['better-sqlite3', 'sharp', 'piscina'] },
});
