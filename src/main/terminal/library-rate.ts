import type { Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import { callOperation } from './call-operation.ts';
import { commandFor } from './contract-commands.ts';
import { counted } from './plain-words.ts';
import { printAnswer } from './print-answer.ts';
import { globalOptions, withLibrary } from './with-app.ts';

interface Rated {
  readonly rating: number | null;
  readonly before: readonly { readonly id: string; readonly rating: number | null }[];
}

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
    await withLibrary(globals, 'write', async (app) => {
      const input = { ids, rating: Number(stars) };
      const answer = (await callOperation(app.handlers, ['library', 'rate'], input)) as Rated;
      printAnswer(globals, answer, [ratedLine(answer)]);
    });
  });
}

function ratedLine({ rating, before }: Rated): string {
  const [one] = before;
  if (before.length === 1 && one) {
    if (rating === null) return one.rating === null ? 'It was not rated.' : `Not rated any more. Before: ${one.rating}`;
    return one.rating === null ? `Rated ${rating}.` : `Rated ${rating}. Before: ${one.rating}`;
  }
  const images = counted(before.length, 'image');
  return rating === null ? `${images}: not rated any more.` : `${images} rated ${rating}.`;
}
