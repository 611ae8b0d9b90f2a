import { runTerminal } from './terminal/run-terminal.ts';

process.exitCode = await runTerminal(process.argv.slice(2));
