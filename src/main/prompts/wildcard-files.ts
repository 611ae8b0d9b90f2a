import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import { didYouMean } from '../../shared/nearest-names.ts';
import { matchesStars } from '../../shared/prompt-text/matches-stars.ts';
import { makeFolderDurably, writeDurably } from '../files/durable-file.ts';
import { asFileProblem } from '../files/file-problem.ts';
import { insideLibrary } from '../files/library-paths.ts';
import { builtInTexts, builtInWildcards } from './built-in-wildcards.ts';
import { readWildcardFolder } from './wildcard-folder.ts';
import { checkedWildcardName, isWildcardName, refuseTooLarge } from './wildcard-text.ts';

/** What a list of wildcards shows. */
export interface WildcardSummary {
  readonly name: string;
  /** Options in it; null where it can't be read. */
  readonly lines: number | null;
  /** Brought along by Easel, not in the library. */
  readonly isBuiltIn: boolean;
  /** Why it can't be used and what to do; null where it can. */
  readonly problem: string | null;
}

/** More than ten files of the largest kind: nobody means to draw from so much at once. */
const mostLinesAtOnce = 2_000_000;

/** The wildcards of one library: text files in its `wildcards` folder, before those that Easel brings along. All throw AppError. */
export function createWildcardFiles({ root, now }: { readonly root: string; readonly now: () => number }) {
  const home = insideLibrary(root, 'wildcards');
  const folder = readWildcardFolder(home);
  let writing: Promise<unknown> = Promise.resolve();

  const inWords = <Result>(act: () => Result): Result => {
    try {
      return act();
    } catch (error) {
      throw asFileProblem(error, root);
    }
  };
  /** One change after the other. */
  const change = async <Result>(act: () => Promise<Result>): Promise<Result> => {
    const done = writing.then(act);
    writing = done.catch(() => undefined);
    try {
      return await done;
    } catch (error) {
      throw asFileProblem(error, root);
    }
  };
  const names = (): string[] =>
    inWords(() => [...new Set([...folder.paths().keys(), ...builtInWildcards.keys()])].filter(isWildcardName).sort());

  const linesOf = (name: string): readonly string[] | null =>
    isWildcardName(name) ? (folder.lines(name) ?? builtInWildcards.get(name) ?? null) : null;

  const linesOfAll = (pattern: string): readonly string[] | null => {
    const meant = names().filter((name) => matchesStars(name, pattern));
    const lines = meant.flatMap((name) => linesOf(name) ?? []);
    if (lines.length > mostLinesAtOnce) {
      throw new AppError(
        'badInput',
        `"${pattern}" means ${meant.length} wildcards with ${lines.length} lines, more than the ${mostLinesAtOnce} that are possible. Name fewer of them.`,
      );
    }
    return meant.length === 0 ? null : lines;
  };

  return {
    /** For `resolvePrompt`: the options of a wildcard, or of all that a name with `*` means; null where there is none. */
    lines: (name: string): readonly string[] | null =>
      inWords(() => (name.includes('*') ? linesOfAll(name) : linesOf(name))),

    /** All names that a prompt can use, sorted. */
    names,

    /** With the number of their options. Reads every file that has changed, one at a time, so that others get their turn. */
    list: async (): Promise<WildcardSummary[]> => {
      const paths = inWords(() => folder.paths());
      const summaries: WildcardSummary[] = [];
      for (const [name, path] of paths) {
        summaries.push({ name, isBuiltIn: false, ...summaryOf(name, () => inWords(() => folder.lines(name, path))) });
        await breathe();
      }
      for (const [name, lines] of builtInWildcards) {
        if (!paths.has(name)) summaries.push({ name, isBuiltIn: true, lines: lines.length, problem: null });
      }
      return summaries.sort((one, other) => (one.name < other.name ? -1 : 1));
    },

    /** The whole text, to be edited. */
    read: (name: string): { name: string; text: string; isBuiltIn: boolean } => {
      const known = checkedWildcardName(name);
      const text = inWords(() => folder.text(known));
      if (text !== null) return { name: known, text, isBuiltIn: false };
      const builtIn = builtInTexts.get(known);
      if (builtIn === undefined) throw missing(known, names());
      return { name: known, text: builtIn, isBuiltIn: true };
    },

    /** Writes a file. Throws wrongState where there is one already and `replace` is not set. */
    write: (name: string, text: string, { replace = false }: { replace?: boolean } = {}): Promise<{ name: string }> =>
      change(async () => {
        const known = checkedWildcardName(name);
        if (text.includes('\0'))
          throw new AppError('badInput', 'A wildcard is text: take the null characters out of it.');
        const bytes = Buffer.from(text);
        refuseTooLarge(known, bytes.length);
        if (folder.exists(known) && !replace) {
          throw new AppError(
            'wrongState',
            `There is a wildcard "${known}" already. Choose another name, or replace it.`,
          );
        }
        const path = folder.pathOf(known);
        await makeFolderDurably(dirname(path));
        // A link in place of a file is replaced, one in place of a folder would lead the file elsewhere.
        folder.refuseOutside(known, dirname(path));
        await writeDurably(path, bytes);
        return { name: known };
      }),

    /** Takes a file out of use. It stays beside the others under a name that tells when, so that it can be put back by hand. */
    remove: (name: string): Promise<{ keptAs: string }> =>
      change(async () => {
        const known = checkedWildcardName(name);
        if (!folder.exists(known)) {
          if (!builtInWildcards.has(known)) throw missing(known, names());
          throw new AppError(
            'badInput',
            `"${known}" comes with Easel and can't be removed. Write a wildcard of the same name, which then goes before it.`,
          );
        }
        const path = folder.pathOf(known);
        const time = new Date(now()).toISOString().replaceAll(/[:.]/g, '-');
        await rename(path, `${path}.removed-${time}`);
        return { keptAs: `wildcards/${known}.txt.removed-${time}` };
      }),

    /** The folder, for people who would rather use their own editor. */
    folder: home,
  };
}

function summaryOf(name: string, read: () => readonly string[] | null): Pick<WildcardSummary, 'lines' | 'problem'> {
  if (!isWildcardName(name)) {
    const problem = `A prompt can't name "${name}". Rename the file: letters, digits, - and single _ only.`;
    return { lines: null, problem };
  }
  try {
    const lines = read();
    if (lines?.length === 0) return { lines: 0, problem: 'It has no lines. Write one option on each.' };
    return { lines: lines?.length ?? null, problem: lines ? null : 'It is gone.' };
  } catch (error) {
    if (error instanceof AppError) return { lines: null, problem: error.message };
    throw error;
  }
}

function missing(name: string, known: readonly string[]): AppError {
  return new AppError('notFound', `There is no wildcard "${name}".${didYouMean(name, known)}`, { wildcard: name });
}
