import type { Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import { callOperation } from './call-operation.ts';
import { commandFor } from './contract-commands.ts';
import { printAnswer } from './print-answer.ts';
import { ratedLine, type RatedAnswer } from './rated-line.ts';
import { globalOptions, withLibrary } from './with-app.ts';

/** Rates one picture or several; `library list` says how they are rated. */
export function addLibraryRate(program: Command): void {
  const command = commandFor(program, ['library', 'rate'])
    .description('Rate images from 1 to 5, or take their rating away with 0')
    .usage('[options] <image...> <0-5>')
    .argument('<image...>', 'The images, and after them the rating');
  command.action(async (words: readonly string[]) => {
    const globals = globalOptions(command);
    const ids = words.slice(0, -1);
    const stars = words.at(-1) ?? '';
    if (!/^[0-5]$/.test(stars))
      throw new AppError('badInput', `The last word is the rating: 1 to 5, or 0 for none. "${stars}" is neither.`);
    if (ids.length === 0) throw new AppError('badInput', 'Name the images to rate before the rating.');
    const keep = async (app: App): Promise<void> => {
      const input = { ids, rating: Number(stars) };
      const answer = (await callOperation(app.handlers, ['library', 'rate'], input)) as RatedAnswer;
      printAnswer(globals, answer, [ratedLine(answer)]);
    };
    // Where no library was made there is nothing to rate.
    await withLibrary(globals, 'write', keep, { ifNotMade: 'refuse' });
  });
}
