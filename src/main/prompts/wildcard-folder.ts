import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { LRUCache } from 'lru-cache';
import { AppError } from '../../shared/errors.ts';
import { fileErrorCode } from '../files/file-problem.ts';
import { linesOfText, refuseTooLarge, textOfBytes } from './wildcard-text.ts';

/** Folders inside folders; deeper ones are left alone. */
const deepest = 8;
const ending = '.txt';
/** Bytes of files whose lines stay in memory. */
const keptBytes = 60_000_000;

interface KeptLines {
  readonly changedAt: number;
  readonly bytes: number;
  readonly lines: readonly string[];
}

/** Reads a folder of wildcard files. Links that lead out of it are refused. Throws AppError and Node's own errors. */
export function readWildcardFolder(folder: string) {
  const kept = new LRUCache<string, KeptLines>({ maxSize: keptBytes, sizeCalculation: ({ bytes }) => bytes + 1 });

  const refuseOutside = (name: string, path: string): void => {
    const home = realpathSync(folder);
    const real = realpathSync(path);
    if (real === home || real.startsWith(`${home}${sep}`)) return;
    throw new AppError(
      'badInput',
      `The wildcard "${name}" is a link that leads out of the library's wildcards folder. Put a copy of the file there instead.`,
      { wildcard: name },
    );
  };

  /** The real path; null where there is no such file. */
  const realFile = (name: string, path: string): string | null => {
    const real = realPathOrNull(path);
    if (real === null) return null;
    refuseOutside(name, real);
    return statSync(real).isFile() ? real : null;
  };

  /** Name to path of all files, names as a prompt writes them. */
  const paths = (): Map<string, string> => {
    const found = new Map<string, string>();
    const visit = (parts: readonly string[]): void => {
      for (const entry of entriesOf(join(folder, ...parts))) {
        const path = [...parts, entry.name];
        if (entry.name.startsWith('.')) continue;
        if (entry.isDirectory()) {
          if (path.length < deepest) visit(path);
        } else if (entry.name.toLowerCase().endsWith(ending) && (entry.isFile() || entry.isSymbolicLink())) {
          const name = path.join('/').slice(0, -ending.length).normalize('NFC');
          if (!found.has(name)) found.set(name, join(folder, ...path));
        }
      }
    };
    visit([]);
    return found;
  };

  const pathOf = (name: string): string => {
    const path = join(folder, ...name.split('/')) + ending;
    // Some systems take names apart into letters and accents.
    return realPathOrNull(path) === null ? (paths().get(name) ?? path) : path;
  };

  return {
    paths,
    pathOf,
    refuseOutside,
    exists: (name: string): boolean => lstatSync(pathOf(name), { throwIfNoEntry: false }) !== undefined,
    /** The options of one file, read anew when it has changed; null where there is none. */
    lines: (name: string, path = pathOf(name)): readonly string[] | null => {
      const real = realFile(name, path);
      if (real === null) return null;
      const { mtimeMs: changedAt, size: bytes } = statSync(real);
      refuseTooLarge(name, bytes);
      const known = kept.get(real);
      if (known?.changedAt === changedAt && known.bytes === bytes) return known.lines;
      const lines = linesOfText(textOfBytes(name, readFileSync(real)));
      kept.set(real, { changedAt, bytes, lines });
      return lines;
    },
    text: (name: string): string | null => {
      const real = realFile(name, pathOf(name));
      if (real === null) return null;
      refuseTooLarge(name, statSync(real).size);
      return textOfBytes(name, readFileSync(real));
    },
  };
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function realPathOrNull(path: string): string | null {
  try {
    return realpathSync(path);
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG' || code === 'ELOOP') return null;
    throw error;
  }
}
