import { AppError } from '../../shared/errors.ts';

/** What an option says in figures. Throws AppError where it says something else. */
export function readNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new AppError('badInput', `--${option} needs a number, and "${text}" is none.`);
  return value;
}
