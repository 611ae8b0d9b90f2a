import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { makeFolder } from '../files/make-folder.ts';

/** The settings are in `<data folder>/settings.json`, whichever host writes them. */
export const settingsName = 'settings';

/**
 * Makes sure that the data folder is there and its settings can be read; sets a damaged file aside. Answers what the user
 * should know of it. Throws AppError where the folder can't be used.
 */
export function setDamagedSettingsAside(dataFolder: string): string[] {
  const path = join(dataFolder, `${settingsName}.json`);
  try {
    makeFolder(dataFolder);
    if (!existsSync(path)) return [];
    const text = readFileSync(path, 'utf8');
    if (isJsonObject(text)) return [];
    const aside = join(dataFolder, `${settingsName}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`);
    renameSync(path, aside);
    return [`The settings file was damaged. It was set aside as ${aside}, and all settings are at their defaults.`];
  } catch (error) {
    throw new AppError(
      'libraryNotWritable',
      `Easel can't use its data folder ${dataFolder}. Check its permissions, or choose another one with --data.`,
      { reason: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    // That is the question that was asked.
    return false;
  }
}
