import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SystemInfo } from '../../../shared/contract/system.ts';
import type { ErrorReport } from '../../../shared/errors.ts';
import type { Client } from '../../backend/client.ts';
import type { ConnectionState } from '../../backend/live-updates.ts';
import { readError } from '../../backend/read-error.ts';

/** What runs, where its library is, and whether it can be reached. */
export interface SystemState {
  readonly info: SystemInfo | null;
  readonly connection: ConnectionState;
  /** When the program was last asked in vain, in milliseconds since 1970; null while it answers. */
  readonly failedAt: number | null;
  /** Asks without showing the answer yet. */
  readonly read: (signal?: AbortSignal) => Promise<SystemInfo>;
  readonly show: (info: SystemInfo) => void;
  readonly setConnection: (connection: ConnectionState) => void;
  /** Does not wait for the next try to reach the program. */
  readonly tryNow: () => void;
  /** Opens or makes a library; the error is returned, because it belongs beside the field. */
  readonly openLibrary: (folder: string) => Promise<ErrorReport | null>;
  /** The desktop's dialogue; null when the user changed their mind. Only where `abilities.chooseFolder`. */
  readonly chooseFolder: () => Promise<string | null>;
}

export function createSystemStore({
  client,
  tryNow,
  now,
}: {
  readonly client: Pick<Client, 'system'>;
  readonly tryNow: () => void;
  readonly now: () => number;
}): StoreApi<SystemState> {
  return createStore<SystemState>((set) => ({
    info: null,
    connection: 'connecting',
    failedAt: null,
    read: (signal) => client.system.info(undefined, { signal }),
    show: (info) => set({ info }),
    setConnection: (connection) =>
      set({ connection, failedAt: connection === 'connecting' || connection === 'connected' ? null : now() }),
    tryNow,
    openLibrary: async (folder) => {
      try {
        const info = await client.system.openLibrary({ folder });
        // What it holds is loaded before it is shown: `libraryChanged` sees to that.
        if (info.library.state !== 'open') set({ info });
        return info.library.problem;
      } catch (error) {
        return readError(error);
      }
    },
    chooseFolder: async () => (await client.system.chooseFolder()).folder,
  }));
}
