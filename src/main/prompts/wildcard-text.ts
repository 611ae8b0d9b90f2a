import { AppError } from '../../shared/errors.ts';
import { wildcardsOf } from '../../shared/prompt-text/resolve-prompt.ts';

/** Bytes. */
export const largestWildcard = 10_000_000;
const longestName = 200;
const windowsDevices = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/** The options in a wildcard file: one a line, without empty lines and those that begin with #. */
export function linesOfText(text: string): string[] {
  const lineEnd = text.includes('\n') ? '\n' : '\r';
  return text
    .split(lineEnd)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** Throws badInput for what is no text in UTF-8. A byte order mark is left out. */
export function textOfBytes(name: string, bytes: Uint8Array): string {
  let text = '\0';
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Said below, together with what can be decoded and is no text all the same.
  }
  if (!text.includes('\0')) return text;
  throw new AppError(
    'badInput',
    `The wildcard "${name}" is no text in UTF-8. Open it in an editor and save it as UTF-8.`,
  );
}

export function refuseTooLarge(name: string, bytes: number): void {
  if (bytes <= largestWildcard) return;
  const megabytes = (bytes / 1_000_000).toFixed(1);
  throw new AppError(
    'badInput',
    `The wildcard "${name}" has ${megabytes} MB, more than the ${largestWildcard / 1_000_000} MB that are possible. Split it into several files.`,
    { wildcard: name, bytes },
  );
}

/** Whether a name can stand between underscores in a prompt and be a file on every system. */
export function isWildcardName(name: string): boolean {
  if (name.length > longestName || name.includes('*') || name !== name.normalize('NFC')) return false;
  const parts = name.split('/');
  if (parts.some((part) => part === '' || /^\.|\.$/.test(part) || windowsDevices.test(part))) return false;
  return wildcardsOf(`__${name}__`)[0] === name;
}

/** The name in the form in which it is stored. Throws badInput for one that can't be used. */
export function checkedWildcardName(name: string): string {
  const plain = name.trim().normalize('NFC');
  if (isWildcardName(plain)) return plain;
  throw new AppError(
    'badInput',
    `${JSON.stringify(name.slice(0, longestName))} can't be the name of a wildcard. Use letters, digits, - and single _, and / for folders.`,
  );
}
