import { open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../shared/errors.ts';

/** Null where there is no such file. Throws AppError where it can't be read. */
export async function readKeyFile(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw new AppError(
      'keysUnreadable',
      `The stored keys in ${path} can't be read. Check the file's permissions.`,
      { reason: reasonOf(error) },
      { cause: error },
    );
  }
}

/** Replaces the file: wholly there or not at all after a power loss, and for its owner only. Throws AppError. */
export async function writeKeyFile(path: string, text: string): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  try {
    const file = await open(part, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw notWritable(path, error);
  }
}

/** Gives the file another name, which it answers. Throws AppError. */
export async function setAside(path: string, why: 'damaged' | 'unopened', now: number): Promise<string> {
  const time = new Date(now).toISOString().replaceAll(/[:.]/g, '-');
  const aside = join(dirname(path), `${basename(path)}.${why}-${time}`);
  try {
    await rename(path, aside);
  } catch (error) {
    throw notWritable(path, error);
  }
  return aside;
}

/** Throws AppError. */
export async function removeKeyFile(path: string): Promise<void> {
  try {
    await rm(path, { force: true });
    await syncFolder(dirname(path));
  } catch (error) {
    throw notWritable(path, error);
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows can't sync a folder, and NTFS journals names by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some network and FUSE file systems have no sync for folders; they offer nothing better.
    if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR'].includes(codeOf(error))) throw error;
  } finally {
    await handle.close();
  }
}

function notWritable(path: string, error: unknown): AppError {
  return new AppError(
    'libraryNotWritable',
    `The keys can't be saved in ${dirname(path)}. Check that the data folder can be written and that its disk is not full.`,
    { reason: reasonOf(error) },
    { cause: error },
  );
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
