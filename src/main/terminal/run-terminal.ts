import { Command, CommanderError } from 'commander';
import { AppError, errorTable, type ErrorCode } from '../../shared/errors.ts';
import { easelVersion } from '../node-platform.ts';
import { addContractCommands } from './contract-commands.ts';
import { addCosts } from './costs-commands.ts';
import { addGenerate } from './generate.ts';
import { printable } from './plain-words.ts';
import { addKeys } from './keys-commands.ts';
import { addLibraryAlt } from './library-alt.ts';
import { addLibraryRate } from './library-rate.ts';
import { addOllamaPull } from './ollama-pull.ts';
import { addPrices } from './prices-commands.ts';
import { addPromptCommands } from './prompt-commands.ts';
import { addPromptOptimize } from './prompt-optimize.ts';
import { promptVariants } from './prompt-variants.ts';
import { addProvidersTest } from './providers-test.ts';
import { addResume } from './resume.ts';
import { addRouting } from './routing-commands.ts';
import { addRoute } from './route.ts';
import { addServe } from './serve.ts';
import { addTrain } from './train.ts';

const usageExitCode = 2;

/** Runs one command line and answers with its exit code. Writes to standard output and error; never throws. */
export async function runTerminal(words: readonly string[]): Promise<number> {
  const asJson = words.includes('--json');
  const program = new Command('easel')
    .description(
      'Generate images through whatever you have, your own machine or a cloud service, and keep every one of them.',
    )
    .version(easelVersion, '--version', 'Print the version')
    .option('--data <folder>', 'Where settings and logs are kept (EASEL_DATA)')
    .option('--library <folder>', 'The library to work on (EASEL_LIBRARY)')
    .option('--json', 'Print the answer as JSON')
    .option('--quiet', 'No progress and no hints')
    .helpOption('--help', 'Show help')
    .helpCommand(false)
    .showHelpAfterError(asJson ? false : '(easel --help shows what there is)')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      outputError: (text, write) => {
        write(errorText('badInput', text.replace(/^error: /, '').trim(), asJson));
      },
    })
    .exitOverride();
  let exitCode = 0;
  const setExitCode = (code: number): void => {
    exitCode = code;
  };
  addGenerate(program);
  addRoute(program, setExitCode);
  addTrain(program, setExitCode);
  addContractCommands(program, setExitCode, promptVariants);
  addProvidersTest(program);
  addLibraryAlt(program);
  addLibraryRate(program);
  addKeys(program);
  addCosts(program);
  addPrices(program);
  addPromptCommands(program);
  addRouting(program);
  addOllamaPull(program);
  addPromptOptimize(program);
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
    return explain(error, asJson);
  }
}

/** One line on standard error, the error table's exit code; never a stack. */
function explain(error: unknown, asJson: boolean): number {
  const known =
    error instanceof AppError
      ? error
      : new AppError('internal', 'Something went wrong inside Easel.', { reason: String(error) });
  const { code, message, details } = known;
  const reason = code === 'internal' && details.reason !== undefined ? ` (${firstLine(details.reason)})` : '';
  process.stderr.write(errorText(code, `${message}${reason}`, asJson));
  return errorTable[code].exitCode;
}

function errorText(code: ErrorCode, message: string, asJson: boolean): string {
  return `${asJson ? JSON.stringify({ error: { code, message } }) : `easel: ${printable(message)}`}\n`;
}

function firstLine(reason: unknown): string {
  return String(reason).split('\n')[0] ?? '';
}

function allCommands(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...allCommands(child)]);
}
