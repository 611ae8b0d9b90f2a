import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { AppError } from '../../shared/errors.ts';
import { fileErrorCode } from '../files/file-problem.ts';
import type { GlobalOptions } from './with-app.ts';

const unwritable: Readonly<Record<string, (path: string) => string>> = {
  EEXIST: (path) => `${path} is there already, and is not written over. Choose another name, or remove it first.`,
  ENOENT: (path) => `There is no folder for ${path}. Make it first, or choose another one.`,
};
const unreadable: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `There is no file ${path}. Check the path.`,
  EISDIR: (path) => `${path} is a folder. Give the path of a file.`,
};

/** The text of a file, or for `-` of standard input. Throws AppError. */
export async function readTextFile(file: string): Promise<string> {
  if (file === '-') return readAll(process.stdin);
  const path = resolve(file);
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const words = unreadable[fileErrorCode(error) ?? '']?.(path);
    const message = words ?? `${path} can't be read. Check the path and its permissions.`;
    throw new AppError('badInput', message, {}, { cause: error });
  }
}

/** Writes a file that is not there yet and says where it is, or for `-` writes to standard output. Throws AppError. */
export async function writeNewFile(globals: GlobalOptions, file: string, text: string): Promise<void> {
  if (file === '-') {
    process.stdout.write(text);
    return;
  }
  const path = resolve(file);
  await writeFile(path, text, { flag: 'wx' }).catch((error: unknown) => {
    const words = unwritable[fileErrorCode(error) ?? '']?.(path);
    const message = words ?? `Nothing can be written to ${path}. Choose a folder you can write to.`;
    throw new AppError('badInput', message, {}, { cause: error });
  });
  process.stdout.write(globals.json ? `${JSON.stringify({ file: path })}\n` : `Written to ${path}.\n`);
}
