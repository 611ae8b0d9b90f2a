import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';

const at = (path: string): string => resolve(import.meta.dirname, path);

/** The desktop program. What `easel` needs is built by vite.easel.config.ts; both share the renderer built here. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: { include: ['better-sqlite3', 'sharp', 'piscina'] },
      rollupOptions: {
        input: {
          index: at('src/main/index.ts'),
          'draw-worker': at('src/main/providers/builtin/draw-worker.ts'),
          'age-worker': at('src/main/keys/age-worker.ts'),
          'thumbnail-worker': at('src/main/files/thumbnail-worker.ts'),
        },
        // One flat folder: a worker stands beside whatever starts it, as it does in src.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: { index: at('src/preload/index.ts') },
        // A sandboxed preload must be one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      // Everything the page loads comes from its own origin, never as a data: URL that the content security policy refuses.
      assetsInlineLimit: 0,
      // In kB. It comes from this machine's disk, so one file is as good as several.
      chunkSizeWarningLimit: 1500,
      rollupOptions: { input: { index: at('src/renderer/index.html') } },
    },
  },
});
