import { runTerminal } from './terminal/run-terminal.ts';

// Whoever read along has seen enough, as `head` has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await runTerminal(process.argv.slice(2));
