import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';

/** Not bundled: native, or large and only started. */
const packages = ['better-sqlite3', 'sharp', 'piscina', '@playwright/test'];
const external = [...packages, ...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

/** The benchmarks and the program that fills libraries, bundled with the parts of Easel they measure, into out/bench. */
export default defineConfig({
  build: {
    ssr: true,
    target: 'node22',
    outDir: 'out/bench',
    emptyOutDir: true,
    minify: false,
    rollupOptions: {
      external,
      input: {
        main: 'test/bench/main.ts',
        'seed-library': 'test/bench/seed-library.ts',
        'draw-worker': 'src/main/providers/builtin/draw-worker.ts',
        'thumbnail-worker': 'src/main/files/thumbnail-worker.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: { noExternal: true, external: packages },
});
