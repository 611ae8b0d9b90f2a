import type { Command } from 'commander';
import type { ImageDetails } from '../../shared/models/image.ts';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import { callOperation } from './call-operation.ts';
import { commandFor } from './contract-commands.ts';
import { printable } from './plain-words.ts';
import { printAnswer } from './print-answer.ts';
import { textOrInput } from './text-or-input.ts';
import { globalOptions, withLibrary, type GlobalOptions } from './with-app.ts';

/** Shows, keeps and removes what a picture is said to show. */
export function addLibraryAlt(program: Command): void {
  const command = commandFor(program, ['library', 'alt'])
    .description('Show, keep or remove the alternative text of an image')
    .argument('<image>', 'The image')
    .argument('[text]', 'What it shows, or - to read it from standard input; left out, the text it has is shown')
    .option('--remove', 'Remove it');
  command.action(async (id: string, text: string | undefined, { remove }: { readonly remove?: boolean }) => {
    const globals = globalOptions(command);
    if (remove && text !== undefined)
      throw new AppError('badInput', 'Give either a text or --remove: it can not be kept and removed at once.');
    if (remove) return keep(globals, id, null);
    if (text === undefined) return show(globals, id);
    const altText = await textOrInput(text);
    if (altText.trim() === '')
      throw new AppError(
        'badInput',
        'The text is empty. Say what the picture shows, or remove its text with --remove.',
      );
    return keep(globals, id, altText);
  });
}

async function show(globals: GlobalOptions, id: string): Promise<void> {
  await withLibrary(globals, 'read', async (app) => {
    const { altText } = (await callOperation(app.handlers, ['library', 'image'], { id })) as ImageDetails;
    const none = 'No alternative text. Keep one with: easel library alt <image> <text>';
    printAnswer(globals, { id, altText }, [printable(altText ?? none)]);
  });
}

async function keep(globals: GlobalOptions, id: string, altText: string | null): Promise<void> {
  const change = async (app: App): Promise<void> => {
    const answer = (await callOperation(app.handlers, ['library', 'setAltText'], { id, altText })) as {
      readonly before: string | null;
    };
    const { before } = answer;
    const done = altText !== null ? 'Kept.' : before === null ? 'It had none.' : 'Removed.';
    printAnswer(globals, answer, [before === null ? done : printable(`${done} Before: ${before}`)]);
  };
  // Where no library was made there is nothing to describe.
  await withLibrary(globals, 'write', change, { ifNotMade: 'refuse' });
}
