import { describeIssues } from '../../shared/describe-issues.ts';
import { AppError } from '../../shared/errors.ts';
import { PromptStyle, type ListedStyle } from '../../shared/models/prompt-style.ts';
import { didYouMean } from '../../shared/nearest-names.ts';
import { builtInStyles } from '../../shared/prompt-text/built-in-styles.ts';
import {
  idFor,
  readStyles,
  withUniqueNames,
  writeStyles,
  type StyleFileFormat,
} from '../../shared/prompt-text/style-files.ts';
import { asFileProblem } from '../files/file-problem.ts';
import { insideLibrary } from '../files/library-paths.ts';
import { noStyles, readStyleFile, setAside, stampOf, writeStyleFile, type OwnStyles } from './style-file.ts';

/** More would make lists that nobody can look through. */
const mostOwnStyles = 5_000;

/** A style as the user writes it; without an id it is new. */
export type StyleDraft = Omit<Partial<PromptStyle>, 'name'> & { readonly name: string };

export type StyleShelf = ReturnType<typeof createStyleShelf>;

/**
 * The styles of one library: those that Easel brings along, those of the user in `styles.json`, and which are favourites. A
 * file that can't be read is set aside where `access` allows it, and `list` says so. All throw AppError.
 */
export function createStyleShelf({
  root,
  access,
  now,
}: {
  readonly root: string;
  readonly access: 'read' | 'write';
  readonly now: () => number;
}) {
  const path = insideLibrary(root, 'styles.json');
  let own: OwnStyles = noStyles;
  let all: readonly PromptStyle[] = builtInStyles;
  let seen: string | null = null;
  let notice: string | null = null;
  let working: Promise<unknown> = Promise.resolve();

  const show = (read: OwnStyles): void => {
    own = read;
    all = [...builtInStyles, ...withUniqueNames(read.styles, builtInStyles)];
  };
  /** Somebody may have edited the file by hand. */
  const refresh = async (): Promise<void> => {
    const stamp = await stampOf(path);
    if (stamp === seen) return;
    seen = stamp;
    if (stamp === null) {
      show(noStyles);
      return;
    }
    const read = await readStyleFile(path);
    show(read);
    if (!read.isBroken && read.lost === 0) return;
    const what = read.isBroken
      ? 'The file of your styles was damaged, so your own styles are missing'
      : `${read.lost} of your styles could not be read`;
    if (access === 'read') {
      notice = `${what}. Open the library in Easel to have the file set aside.`;
      return;
    }
    const aside = await setAside(path, now());
    notice = `${what}. The file was set aside as ${aside}: mend it there and import it.`;
    if (read.styles.length > 0 || read.favourites.length > 0) await writeStyleFile(path, read);
    seen = await stampOf(path);
  };
  const store = async (changed: OwnStyles): Promise<void> => {
    await writeStyleFile(path, changed);
    show(changed);
    seen = await stampOf(path);
  };
  /** One after the other, each on what the file holds now. */
  const afterRefresh = async <Result>(act: () => Result | Promise<Result>): Promise<Result> => {
    const done = working.then(refresh).then(act);
    working = done.catch(() => undefined);
    try {
      return await done;
    } catch (error) {
      throw asFileProblem(error, root);
    }
  };
  const listed = (style: PromptStyle): ListedStyle => ({
    ...style,
    isBuiltIn: isBuiltIn(style.id),
    isFavourite: own.favourites.includes(style.id),
  });
  const known = (id: string): PromptStyle => {
    const found = all.find((style) => style.id === id);
    if (!found) throw unknownStyle('notFound', id, all);
    return found;
  };
  const refuseFull = (length: number): void => {
    if (length <= mostOwnStyles) return;
    throw new AppError(
      'badInput',
      `With these there would be ${length} styles of your own, more than the ${mostOwnStyles} that are possible. Remove some first.`,
    );
  };

  return {
    /** All styles and enhancers as last read, for `applyStyles`. The same array until something changes. */
    all: (): readonly PromptStyle[] => all,

    /** `notice`: what the user should know of a damaged file; null where there is nothing. */
    list: (): Promise<{ styles: ListedStyle[]; notice: string | null }> =>
      afterRefresh(() => ({ styles: all.map(listed), notice })),

    /** Refuses ids that are no styles. For requests, before they become jobs. */
    check: (ids: readonly string[]): Promise<void> =>
      afterRefresh(() => {
        const wrong = ids.find((id) => !all.some((style) => style.id === id));
        if (wrong !== undefined) throw unknownStyle('badInput', wrong, all);
      }),

    /** Makes a new style, or changes one of the user's own. */
    save: (draft: StyleDraft): Promise<ListedStyle> =>
      afterRefresh(async () => {
        const { id } = draft;
        if (id !== undefined && isBuiltIn(id)) {
          throw new AppError(
            'badInput',
            `"${known(id).name}" comes with Easel and can't be changed. Save a copy under another name.`,
          );
        }
        if (id !== undefined) known(id);
        const others = all.filter((style) => style.id !== id);
        const style = parsed({ ...draft, id: id ?? idFor(draft.name) });
        if (others.some(({ name }) => name.toLowerCase() === style.name.toLowerCase())) {
          throw new AppError('wrongState', `There is a style "${style.name}" already. Choose another name.`);
        }
        const [saved = style] = withUniqueNames([style], others);
        refuseFull(own.styles.length + (id === undefined ? 1 : 0));
        const styles =
          id === undefined ? [...own.styles, saved] : own.styles.map((each) => (each.id === id ? saved : each));
        await store({ ...own, styles });
        return listed(saved);
      }),

    remove: (id: string): Promise<void> =>
      afterRefresh(async () => {
        const { name } = known(id);
        if (isBuiltIn(id)) throw new AppError('badInput', `"${name}" comes with Easel and can't be removed.`);
        await store({
          styles: own.styles.filter((style) => style.id !== id),
          favourites: own.favourites.filter((each) => each !== id),
        });
      }),

    favourite: (id: string, isFavourite: boolean): Promise<void> =>
      afterRefresh(async () => {
        known(id);
        const others = own.favourites.filter((each) => each !== id);
        await store({ ...own, favourites: isFavourite ? [...others, id] : others });
      }),

    /** Adds what a file of Easel, Fooocus or AUTOMATIC1111 has. Names that are taken get a number. */
    import: (text: string): Promise<ListedStyle[]> =>
      afterRefresh(async () => {
        const added = readStyles(text, all);
        refuseFull(own.styles.length + added.length);
        await store({ ...own, styles: [...own.styles, ...added] });
        return added.map(listed);
      }),

    /** The text of a file with these styles, or with all of the user's own. */
    export: ({
      ids,
      format,
    }: {
      readonly ids?: readonly string[];
      readonly format: StyleFileFormat;
    }): Promise<string> =>
      afterRefresh(() => {
        const styles = ids === undefined ? own.styles : ids.map(known);
        if (styles.length === 0)
          throw new AppError(
            'badInput',
            'There are no styles of your own to export. Make or import one first, or choose some of the built-in ones.',
          );
        return writeStyles(styles, format);
      }),
  };
}

const isBuiltIn = (id: string): boolean => builtInStyles.some((style) => style.id === id);

function parsed(draft: unknown): PromptStyle {
  const read = PromptStyle.safeParse(draft);
  if (!read.success) throw new AppError('badInput', `The style can't be saved: ${describeIssues(read.error.issues)}.`);
  if (read.data.positive.trim() === '' && read.data.sentence.trim() === '' && read.data.negative.trim() === '') {
    throw new AppError('badInput', 'The style adds nothing to a prompt yet. Write what it adds, or what it avoids.');
  }
  return read.data;
}

function unknownStyle(code: 'badInput' | 'notFound', id: string, all: readonly PromptStyle[]): AppError {
  const near = didYouMean(
    id,
    all.map((style) => style.id),
  );
  return new AppError(code, `There is no style "${id}".${near || ' The list of styles names them all.'}`, {
    style: id,
  });
}
