import { statSync, writeSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

// Loaded before a program, it prints how many bytes of its own bundle that program loaded: node --import <this file> …
let bytes = 0;
registerHooks({
  load: (url, context, next) => {
    if (url.startsWith('file:') && !url.includes('node_modules')) bytes += statSync(fileURLToPath(url)).size;
    return next(url, context);
  },
});
process.on('exit', () => {
  writeSync(2, `${bytes}\n`);
});
