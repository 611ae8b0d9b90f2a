import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Most of the time a short command takes is the compiling of Easel: it is kept beside the program, which whoever can't write there
// does without. Threads know of it by the environment only.
const compiled = fileURLToPath(new URL('compiled', import.meta.url));
enableCompileCache(compiled);
process.env.NODE_COMPILE_CACHE ??= compiled;
const { runTerminal } = await import('./terminal/run-terminal.ts');

// Whoever read along has seen enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await runTerminal(process.argv.slice(2));
