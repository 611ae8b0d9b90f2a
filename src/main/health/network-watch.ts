import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';

/** How often an absent network is looked for, and a present one for having gone. */
const lookAgainMs = 5_000;

/** What this computer says of its network, free of charge and without asking any service. */
export interface NetworkSense {
  /** Whether any connection leads out of this computer. */
  leadsOut(): boolean;
  /** Whether the name of a host can be found. Never throws. */
  finds(host: string): Promise<boolean>;
}

export const systemNetwork: NetworkSense = {
  leadsOut: () =>
    Object.values(networkInterfaces()).some((addresses) =>
      addresses?.some(({ internal, address }) => !internal && !/^(fe80:|169\.254\.)/i.test(address)),
    ),
  finds: (host) =>
    lookup(host).then(
      () => true,
      () => false,
    ),
};

export interface NetworkWatch {
  isOnline(): boolean;
  start(): void;
  /** A host could not be found: perhaps there is no network any more. */
  suspect(): void;
  /** A service has answered. */
  confirm(): void;
  close(): void;
}

/**
 * Whether this computer has a network. It has none where nothing leads out, or where none of the hosts that matter can be
 * found any more; one host that is gone is that host's trouble.
 */
export function createNetworkWatch(dependencies: {
  sense: NetworkSense;
  /** Names of the hosts that matter now; without any, only what the computer itself says counts. */
  hosts: () => readonly string[];
  onChange: (isOnline: boolean) => void;
}): NetworkWatch {
  const { sense, hosts, onChange } = dependencies;
  let isOnline = true;
  let timer: NodeJS.Timeout | null = null;
  let looking = false;
  let isClosed = false;

  const settle = (found: boolean): void => {
    if (isClosed || found === isOnline) return;
    isOnline = found;
    onChange(found);
  };
  const look = async (): Promise<void> => {
    if (looking || hosts().length === 0) return;
    looking = true;
    try {
      settle(sense.leadsOut() && (await findsAny(hosts())));
    } finally {
      looking = false;
    }
  };
  const findsAny = async (names: readonly string[]): Promise<boolean> => {
    for (const name of names) if (await sense.finds(name)) return true;
    return false;
  };

  return {
    isOnline: () => isOnline || hosts().length === 0,
    start: () => {
      timer ??= setInterval(() => {
        if (!isOnline || !sense.leadsOut()) void look();
      }, lookAgainMs).unref();
    },
    suspect: () => {
      if (isOnline) void look();
    },
    confirm: () => settle(true),
    close: () => {
      isClosed = true;
      if (timer) clearInterval(timer);
    },
  };
}
