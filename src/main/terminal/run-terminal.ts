import { Command, CommanderError } from 'commander';
import { AppError, errorTable } from '../../shared/errors.ts';
import { easelVersion } from '../node-platform.ts';
import { addContractCommands } from './contract-commands.ts';
import { addGenerate } from './generate.ts';
import { addResume } from './resume.ts';
import { addServe } from './serve.ts';

const usageExitCode = 2;

/** Runs one command line and answers with its exit code. Writes to standard output and error; never throws. */
export async function runTerminal(words: readonly string[]): Promise<number> {
  const program = new Command('easel')
    .description('Generate images through ComfyUI on your own machine and keep every one of them.')
    .version(easelVersion, '--version', 'Print the version')
    .option('--data <folder>', 'Where settings and logs are kept (EASEL_DATA)')
    .option('--library <folder>', 'The library to work on (EASEL_LIBRARY)')
    .option('--json', 'Print the answer as JSON')
    .option('--quiet', 'No progress and no hints')
    .helpOption('--help', 'Show help')
    .helpCommand(false)
    .showHelpAfterError('(easel --help shows what there is)')
    .exitOverride();
  let exitCode = 0;
  const setExitCode = (code: number): void => {
    exitCode = code;
  };
  addGenerate(program, setExitCode);
  addContractCommands(program, setExitCode);
  addResume(program, setExitCode);
  addServe(program);
  // Subcommands are made before this and must fail the same way.
  for (const command of allCommands(program))
    command.exitOverride().showHelpAfterError(false).helpOption('--help', 'Show help');
  try {
    await program.parseAsync([...words], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode;
    return explain(error, program.opts<{ json?: boolean }>().json === true);
  }
}

/** One line on standard error, the error table's exit code; never a stack. */
function explain(error: unknown, asJson: boolean): number {
  const known =
    error instanceof AppError
      ? error
      : new AppError('internal', 'Something went wrong inside Easel.', { reason: String(error) });
  if (asJson) process.stderr.write(`${JSON.stringify({ error: { code: known.code, message: known.message } })}\n`);
  else
    process.stderr.write(
      `easel: ${known.message}${known.code === 'internal' ? ` (${oneLine(known.details.reason)})` : ''}\n`,
    );
  return errorTable[known.code].exitCode;
}

function oneLine(reason: unknown): string {
  return String(reason).split('\n')[0] ?? '';
}

function allCommands(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...allCommands(child)]);
}
