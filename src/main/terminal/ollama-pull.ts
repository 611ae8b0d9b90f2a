import type { Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import type { OllamaPull } from '../../shared/models/ollama.ts';
import { followOperation } from './call-operation.ts';
import { commandFor } from './contract-commands.ts';
import { gigabytes } from './ollama-lines.ts';
import { printable } from './plain-words.ts';
import { snakeCase } from './snake-case.ts';
import { createTerminalApp, globalOptions } from './with-app.ts';

/** Between two lines of progress where nothing can be written over. */
const lineEveryMs = 5000;

export function addOllamaPull(program: Command): void {
  const command = commandFor(program, ['ollama', 'pull'])
    .description('Get a model for Ollama, or go on with getting it')
    .argument('<model>', 'A model by its name, as in gpt-oss:20b');
  command.action(async (model: string) => {
    const globals = globalOptions(command);
    const app = createTerminalApp(globals, 'write');
    const stop = new AbortController();
    const onInterrupt = (): void => {
      stop.abort(new AppError('cancelled', 'Stopped. The same command goes on from here.'));
    };
    process.once('SIGINT', onInterrupt).once('SIGTERM', onInterrupt);
    try {
      const show = globals.quiet ? () => undefined : progressLine();
      let last: OllamaPull | null = null;
      const pull = ['ollama', 'pull'] as const;
      for await (const state of followOperation<OllamaPull>(app.handlers, pull, { model }, stop.signal)) {
        last = state;
        show(state);
      }
      if (last?.error) throw new AppError(last.error.code, last.error.message);
      const text = globals.json ? JSON.stringify(snakeCase(last)) : `${model} is there.`;
      process.stdout.write(`${text}\n`);
    } finally {
      process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
      await app.close();
    }
  });
}

/** One line that is written over in a terminal; elsewhere a line now and then. */
function progressLine(): (state: OllamaPull) => void {
  const canOverwrite = process.stderr.isTTY;
  let writtenAt = 0;
  return ({ state, status, completedBytes, totalBytes }) => {
    const isLast = state !== 'running';
    if (!canOverwrite && !isLast && Date.now() - writtenAt < lineEveryMs) return;
    writtenAt = Date.now();
    const bytes = totalBytes === null ? '' : `  ${gigabytes(completedBytes)} of ${gigabytes(totalBytes)}`;
    const line = printable(`${status}${bytes}`);
    process.stderr.write(canOverwrite ? `\r\u001b[K${line}${isLast ? '\n' : ''}` : `${line}\n`);
  };
}
