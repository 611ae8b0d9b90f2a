import { Option } from 'commander';
import { AppError } from '../../shared/errors.ts';
import type { ListedStyle } from '../../shared/models/prompt-style.ts';
import type { SavedPrompt } from '../../shared/models/saved-prompt.ts';
import { styleFileFormats } from '../../shared/prompt-text/style-files.ts';
import { savedFileFormats, writePromptList } from '../../shared/prompt-text/write-prompt-list.ts';
import { callOperation } from './call-operation.ts';
import type { CommandVariant } from './contract-commands.ts';
import { counted, printable } from './plain-words.ts';
import { printAnswer } from './print-answer.ts';
import { readNumber } from './read-number.ts';
import { readTextFile, writeNewFile } from './text-files.ts';
import { withLibrary, type GlobalOptions } from './with-app.ts';

const refuse = (message: string): never => {
  throw new AppError('badInput', message);
};
const call = (globals: GlobalOptions, access: 'read' | 'write', name: string, input: unknown): Promise<unknown> =>
  withLibrary(globals, access, (app) => callOperation(app.handlers, ['prompts', name], input), {
    // Nothing was sent where no library was made.
    ifNotMade: name.startsWith('forget') ? 'refuse' : 'make',
  });
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const isCsv = (file: string): boolean => file.toLowerCase().endsWith('.csv');

const history: CommandVariant = {
  options: [
    new Option('--forget <id>', 'Take this prompt out of the history; its pictures stay'),
    new Option('--forget-all', 'Empty the history, which can not be undone; pictures and kept prompts stay'),
    new Option('--yes', 'Really empty it'),
  ],
  run: async (globals, { forget, forgetAll, yes }, [search]) => {
    const id = readNumber('forget', text(forget));
    if (id === undefined && forgetAll !== true)
      return yes === true && refuse('--yes answers --forget-all, and that is not there. Leave it out.');
    if (id !== undefined && forgetAll === true) refuse('Give either --forget or --forget-all.');
    if (search !== undefined)
      refuse('A search shows prompts and forgets none. Leave it out, or forget them by their id.');
    if (id !== undefined) {
      if (yes === true) refuse('--yes answers --forget-all, and that is not there. Leave it out.');
      await call(globals, 'write', 'forget', { id });
      printAnswer(globals, { forgotten: id }, ['Forgotten. Its pictures stay.']);
      return true;
    }
    if (yes !== true)
      refuse(
        'This empties the whole history of prompts and can not be undone; pictures and kept prompts stay. Add --yes to do it.',
      );
    const answer = (await call(globals, 'write', 'forgetAll', undefined)) as { readonly forgotten: number };
    printAnswer(globals, answer, [`${counted(answer.forgotten, 'prompt')} forgotten.`]);
    return true;
  },
};

const styles: CommandVariant = {
  options: [
    new Option('--import <file>', 'Take the styles of a file of Easel, Fooocus or AUTOMATIC1111; - is standard input'),
    new Option('--export <file>', 'Write your own styles to a new file; - is standard output'),
    new Option('--format <format>', 'Of that file: what its ending says, unless said otherwise').choices(
      styleFileFormats,
    ),
  ],
  run: async (globals, { import: from, export: to, format }) => {
    const [source, target] = [text(from), text(to)];
    if (source !== undefined && target !== undefined) refuse('Give either --import or --export.');
    if (format !== undefined && target === undefined)
      refuse('--format says how --export writes; what is imported shows by itself which format it has.');
    if (source !== undefined) {
      const content = await readTextFile(source);
      const answer = (await call(globals, 'write', 'importStyles', { content })) as { readonly added: ListedStyle[] };
      const lines = answer.added.map(({ id, name }) => printable(`${id}  ${name}`));
      printAnswer(globals, answer, [...lines, `${counted(answer.added.length, 'style')} taken.`]);
    }
    if (target !== undefined) {
      const input = { format: format ?? (isCsv(target) ? 'a1111' : 'easel') };
      const { content } = (await call(globals, 'read', 'exportStyles', input)) as { readonly content: string };
      await writeNewFile(globals, target, content);
    }
    return source !== undefined || target !== undefined;
  },
};

const saved: CommandVariant = {
  options: [
    new Option('--export <file>', 'Write them to a new file; - is standard output'),
    new Option('--format <format>', 'Of that file: what its ending says, unless said otherwise').choices(
      savedFileFormats,
    ),
  ],
  run: async (globals, { export: to, format }) => {
    const target = text(to);
    if (target === undefined) return format !== undefined && refuse('--format says how --export writes. Give both.');
    const { prompts } = (await call(globals, 'read', 'saved', undefined)) as { readonly prompts: SavedPrompt[] };
    if (prompts.length === 0)
      refuse('No prompt was kept yet, so there is none to write. Keep one with: easel prompt save <name> <text>');
    const wanted = format === 'csv' || (format === undefined && isCsv(target)) ? 'csv' : 'json';
    await writeNewFile(globals, target, writePromptList(prompts, wanted));
    return true;
  },
};

/** What the commands of the prompt studio can do beside showing what there is. */
export const promptVariants: Readonly<Record<string, CommandVariant>> = {
  'prompt history': history,
  'prompt styles': styles,
  'prompt saved': saved,
};
