import { lines } from './human-lines.ts';
import { snakeCase } from './snake-case.ts';
import type { GlobalOptions } from './with-app.ts';

/** Writes an answer to standard output: as JSON where that is wanted, else in the lines given, or as the answer of another command looks. */
export function printAnswer(globals: GlobalOptions, answer: unknown, text: readonly string[] | string): void {
  const shown = typeof text === 'string' ? lines(text, answer) : text;
  process.stdout.write(`${globals.json ? JSON.stringify(snakeCase(answer)) : shown.join('\n')}\n`);
}
