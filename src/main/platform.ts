/** Where settings are kept: electron-store in the desktop, conf elsewhere; both write the same file. */
export interface SettingsStore {
  /** The whole file's content, not yet validated. */
  read(): unknown;
  /** Replaces the whole content, atomically. */
  write(settings: Readonly<Record<string, unknown>>): void;
}

/** The system's keychain. What was sealed for one user on one computer opens only there. */
export interface Sealing {
  /** What the system calls it. */
  readonly name: string;
  seal(text: string): Promise<Uint8Array>;
  /** Rejects for what it did not seal, and while it is locked. */
  unseal(bytes: Uint8Array): Promise<string>;
}

/** The whole difference between hosts. A method exists only where the host has the ability; nothing throws "not supported". */
export interface Platform {
  readonly version: string;
  /** Absolute path: settings, logs, browser session. */
  readonly dataFolder: string;
  /** The library for this run when it was given from outside; it then isn't remembered. */
  readonly libraryFolder: string | null;
  /** What the first run proposes, and the terminal uses. */
  readonly usualLibraryFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly settings: SettingsStore;
  /** What happened before the app began, for the user to know: a damaged file set aside. */
  readonly notices: readonly string[];
  /** Null where this computer has no keychain worth the name. Asked when it is needed, since hosts know it late. */
  readonly sealing?: () => Promise<Sealing | null>;
  revealFile?(path: string): void;
  chooseFolder?(): Promise<string | null>;
}
