import type { Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import type { OptimizedPrompt, OptimizeEvent } from '../../shared/models/assistants.ts';
import { followOperation } from './call-operation.ts';
import { commandFor } from './contract-commands.ts';
import { printable } from './plain-words.ts';
import { readNumber } from './read-number.ts';
import { snakeCase } from './snake-case.ts';
import { textOrInput } from './text-or-input.ts';
import { createTerminalApp, globalOptions } from './with-app.ts';

interface OptimizeOptions {
  readonly limit?: string;
  readonly lock?: readonly string[];
}

export function addPromptOptimize(program: Command): void {
  const several = (value: string, before: readonly string[] = []): string[] => [...before, value];
  const command = commandFor(program, ['prompt', 'optimize'])
    .description('Shorten a prompt, with a model of Ollama or by rules')
    .argument('<text>', 'The prompt, or - to read it from standard input')
    .option('--limit <n>', 'Characters it may have at most (2999 unless said otherwise)')
    .option('--lock <term>', 'What must stay word for word; may be given several times', several);
  command.action(async (text: string, { limit, lock }: OptimizeOptions) => {
    const globals = globalOptions(command);
    const prompt = await textOrInput(text);
    const app = createTerminalApp(globals, 'read');
    const stop = new AbortController();
    const onInterrupt = (): void => {
      stop.abort(new AppError('cancelled', 'Stopped.'));
    };
    process.once('SIGINT', onInterrupt).once('SIGTERM', onInterrupt);
    try {
      const input = {
        prompt,
        ...(limit === undefined ? {} : { limit: readNumber('limit', limit) }),
        ...(lock === undefined ? {} : { locked: lock }),
      };
      const result = await lastOf(
        followOperation<OptimizeEvent>(app.handlers, ['assistants', 'optimize'], input, stop.signal),
      );
      if (!globals.quiet) process.stderr.write(`${printable(howLine(prompt, result))}\n`);
      process.stdout.write(`${globals.json ? JSON.stringify(snakeCase(result)) : result.text}\n`);
    } finally {
      process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
      await app.close();
    }
  });
}

async function lastOf(events: AsyncIterable<OptimizeEvent>): Promise<OptimizedPrompt> {
  for await (const event of events) if (event.kind === 'done') return event.result;
  throw new AppError('internal', 'Shortening ended without a result.');
}

/** Who did it, how much is left, and why nobody else. */
function howLine(prompt: string, { text, by, model, ms, reason, conceptsKept }: OptimizedPrompt): string {
  if (by === 'none') return `easel: left as it was, ${prompt.length} characters`;
  const who = by === 'ollama' ? `by ${model ?? 'Ollama'}` : 'by rules, without a model';
  const share = `${Math.round(conceptsKept * 100)} % of the key concepts kept`;
  const why = reason === null ? '' : ` ${reason}`;
  return `easel: shortened ${who}: ${prompt.length} to ${text.length} characters in ${(ms / 1000).toFixed(1)} s, ${share}.${why}`;
}
