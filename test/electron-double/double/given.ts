import { writeSync } from 'node:fs';
import type { Rectangle, SafeStorage } from 'electron';

/** What a test decides about the machine that the double plays. */
export interface Given {
  readonly version: string;
  readonly isPackaged: boolean;
  readonly isLockHeld: boolean;
  readonly isSystemDark: boolean;
  /** Fails when the settings are opened, as a broken installation would. */
  readonly isBroken: boolean;
  /** What keeps secrets on a Linux machine. */
  readonly secretStorage: ReturnType<SafeStorage['getSelectedStorageBackend']>;
  /** Work areas; the first belongs to the primary display. */
  readonly displays: readonly Rectangle[];
  readonly paths: Readonly<Record<string, string>>;
}

export const given = JSON.parse(process.env.EASEL_DOUBLE ?? '{}') as Given;

/** Things that happened, in order, told even when the process ends right after. */
export type Note =
  | { readonly what: 'path'; readonly name: string; readonly path: string }
  | { readonly what: 'lock'; readonly userData: string }
  | { readonly what: 'schemes'; readonly schemes: unknown }
  | { readonly what: 'window'; readonly url: string }
  | { readonly what: 'errorBox'; readonly title: string; readonly content: string }
  | { readonly what: 'end'; readonly exitCode: number };

export const notePrefix = 'double: ';

export function note(what: Note): void {
  // Not process.stdout: what it holds may be lost when the process ends.
  writeSync(1, `${notePrefix}${JSON.stringify(what)}\n`);
}
