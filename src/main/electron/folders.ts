import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../../shared/errors.ts';
import { setDamagedSettingsAside } from '../settings/damaged-settings.ts';

export interface Folders {
  readonly dataFolder: string;
  /** Where Chromium keeps what belongs to the page: never among Easel's own files. */
  readonly browserFolder: string;
  readonly libraryFolder: string | null;
  readonly usualLibraryFolder: string;
}

/** Folders of the command line win over the environment's, and both over the usual ones. All answers are absolute paths. */
export function chooseFolders(given: {
  /** The command line, with whatever Electron and Chromium have in it. */
  words: readonly string[];
  environment: Readonly<Record<string, string | undefined>>;
  usualDataFolder: string;
  usualLibraryFolder: string;
}): Folders {
  const { environment } = given;
  const { values } = parseArgs({
    args: [...given.words],
    options: { data: { type: 'string' }, library: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  });
  const chosenData = nonEmpty(values.data) ?? nonEmpty(environment.EASEL_DATA);
  const library = nonEmpty(values.library) ?? nonEmpty(environment.EASEL_LIBRARY);
  const dataFolder = resolve(chosenData ?? given.usualDataFolder);
  return {
    dataFolder,
    browserFolder: join(dataFolder, 'browser'),
    libraryFolder: library === null ? null : resolve(library),
    // A data folder of one's own means that everything stays together.
    usualLibraryFolder: chosenData === null ? given.usualLibraryFolder : join(dataFolder, 'library'),
  };
}

/** Makes sure that the data folder can be used; answers what the user should know of it. Throws AppError. */
export function prepareFolders({ dataFolder, browserFolder }: Folders): string[] {
  const notices = setDamagedSettingsAside(dataFolder);
  try {
    mkdirSync(browserFolder, { recursive: true });
    accessSync(dataFolder, constants.R_OK | constants.W_OK);
    return notices;
  } catch (error) {
    throw new AppError(
      'libraryNotWritable',
      `Easel can't write to its data folder ${dataFolder}. Check its permissions and that its disk is not full, or choose another one with --data.`,
      { reason: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
}

function nonEmpty(text: string | boolean | undefined): string | null {
  return typeof text === 'string' && text !== '' ? text : null;
}
