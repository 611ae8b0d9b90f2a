import type { Command } from 'commander';
import { errorTable } from '../../shared/errors.ts';
import type { RouteAnswer } from '../../shared/models/route.ts';
import type { App } from '../app.ts';
import { callOperation } from './call-operation.ts';
import { addRequestOptions, readRequest, type RequestOptions } from './generate-request.ts';
import { unlockFor } from './keys-unlock.ts';
import { printable } from './plain-words.ts';
import { routeLines } from './routing-lines.ts';
import { snakeCase } from './snake-case.ts';
import { textOrInput } from './text-or-input.ts';
import { globalOptions, withLibrary } from './with-app.ts';

export function addRoute(program: Command, setExitCode: (code: number) => void): void {
  const command = program
    .command('route')
    .description('Say who would do a request, and why; nothing is sent')
    .argument(
      '[prompt]',
      'What the picture shows, or - to read it from standard input; may be left out with --template',
      '',
    );
  addRequestOptions(command);
  command.action(async (prompt: string, options: RequestOptions) => {
    const globals = globalOptions(command);
    const words = await textOrInput(prompt);
    // Pictures to go by are kept in the library, as they are for `generate`; kept prompts are in it already.
    const keepsPictures = options.image !== undefined || options.reference !== undefined;
    const access = keepsPictures ? 'write' : 'read';
    const rehearse = async (app: App): Promise<void> => {
      await unlockFor(app, options.provider);
      const request = await readRequest(app, words, options);
      const answer = (await callOperation(app.handlers, ['routing', 'plan'], request)) as RouteAnswer;
      const text = globals.json ? JSON.stringify(snakeCase(answer)) : routeLines(answer).map(printable).join('\n');
      process.stdout.write(`${text}\n`);
      if (answer.ranked.length === 0) setExitCode(errorTable.noProvider.exitCode);
    };
    await withLibrary(globals, access, rehearse, {
      ifNotMade: keepsPictures || options.template !== undefined ? 'make' : 'pass',
    });
  });
}
