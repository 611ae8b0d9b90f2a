import { readFile, rename, stat } from 'node:fs/promises';
import { z } from 'zod';
import { PromptStyle } from '../../shared/models/prompt-style.ts';
import { withUniqueNames } from '../../shared/prompt-text/style-files.ts';
import { writeDurably } from '../files/durable-file.ts';
import { fileErrorCode } from '../files/file-problem.ts';

/** What the user made, as it lies in the library. */
export interface OwnStyles {
  readonly styles: readonly PromptStyle[];
  /** Ids, of built-in ones as well. */
  readonly favourites: readonly string[];
}

export const noStyles: OwnStyles = { styles: [], favourites: [] };

const Loose = z.object({ styles: z.array(z.unknown()), favourites: z.array(z.unknown()).default([]) });

/** Changes with every writing; null where there is no file. */
export async function stampOf(path: string): Promise<string | null> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs}-${size}-${ino}`;
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** What can be read of the file, and how many entries could not; `isBroken` where it is no JSON of styles at all. */
export async function readStyleFile(path: string): Promise<OwnStyles & { lost: number; isBroken: boolean }> {
  const text = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  const file = Loose.safeParse(parsedOrNull(text));
  if (!file.success) return { ...noStyles, lost: 0, isBroken: true };
  const read = file.data.styles.map((entry) => PromptStyle.safeParse(entry));
  const styles = read.flatMap(({ data }) => (data ? [data] : []));
  const favourites = file.data.favourites.filter((id) => typeof id === 'string');
  return { styles: withUniqueNames(styles), favourites, lost: read.length - styles.length, isBroken: false };
}

export async function writeStyleFile(path: string, { styles, favourites }: OwnStyles): Promise<void> {
  await writeDurably(path, Buffer.from(`${JSON.stringify({ version: 1, styles, favourites }, null, 2)}\n`));
}

/** Renames a file that can't be read, so that nothing in it is lost. Answers its new name. */
export async function setAside(path: string, now: number): Promise<string> {
  const aside = `${path.replace(/\.json$/, '')}.damaged-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}.json`;
  await rename(path, aside);
  return aside;
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller asks whether it can be read.
    return null;
  }
}
