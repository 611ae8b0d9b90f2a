import { existsSync } from 'node:fs';
import { AppError } from '../../shared/errors.ts';

type FileProblem = (folder: string) => Pick<AppError, 'code' | 'message'>;

const full: FileProblem = (folder) => ({
  code: 'diskFull',
  message: `The disk that holds ${folder} is full. Free some space there, then try again.`,
});

const notWritable: FileProblem = (folder) => ({
  code: 'libraryNotWritable',
  message: `Easel may not write to ${folder}. Check the folder's permissions and that its disk is not write-protected.`,
});

const missing: FileProblem = (folder) => ({
  code: 'libraryMissing',
  message: `The folder ${folder} can't be reached. Connect its drive, or choose another folder in the settings.`,
});

const tooManyOpen: FileProblem = (folder) => ({
  code: 'internal',
  message: `Too many files are open at once to work in ${folder}. Close other programs, then try again.`,
});

const inUse: FileProblem = (folder) => ({
  code: 'internal',
  message: `Another program is using a file in ${folder}. Close that program, then try again.`,
});

const notLocal: FileProblem = (folder) => ({
  code: 'internal',
  message: `A part of ${folder} is on another disk, or is a file where a folder belongs. Keep the whole library in one folder of its own.`,
});

const problems: Readonly<Record<string, FileProblem>> = {
  ENOSPC: full,
  EDQUOT: full,
  EROFS: notWritable,
  EACCES: notWritable,
  EPERM: notWritable,
  ENODEV: missing,
  EIO: missing,
  ENXIO: missing,
  ESTALE: missing,
  ENOTCONN: missing,
  EHOSTDOWN: missing,
  EMFILE: tooManyOpen,
  ENFILE: tooManyOpen,
  EBUSY: inUse,
  ETXTBSY: inUse,
  EXDEV: notLocal,
  ENOTDIR: notLocal,
  EISDIR: notLocal,
  EEXIST: notLocal,
};

/** The code of an error of Node's file system, null for any other value. */
export function fileErrorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** Says in a person's words what went wrong with a file, and what to do. `folder` is the library's root. An AppError stays as it is. */
export function asFileProblem(error: unknown, folder: string): AppError {
  if (error instanceof AppError) return error;
  const code = fileErrorCode(error);
  const details = code === null ? {} : { cause: code };
  const known = code === null ? undefined : problems[code];
  if (known) {
    const { code: appCode, message } = known(folder);
    return new AppError(appCode, message, details, { cause: error });
  }
  // The same code tells of a drive that is gone and of a single file that is: the root makes the difference.
  if (code === 'ENOENT' && !existsSync(folder)) {
    const { code: appCode, message } = missing(folder);
    return new AppError(appCode, message, details, { cause: error });
  }
  if (code === 'ENOENT') {
    const message = `A file or folder inside ${folder} has disappeared. Restore it from a backup, or restart Easel to carry on without it.`;
    return new AppError('notFound', message, details, { cause: error });
  }
  const message = `A file in ${folder} could not be read or written. The log says more; try again, and check the disk if it stays so.`;
  return new AppError('internal', message, details, { cause: error });
}
