import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { isDeepStrictEqual } from 'node:util';

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

/** `notFound`: something leads out, but the name of the only host that matters can't be found; null: it is not about a single one. */
export type Network = { readonly isOnline: true } | { readonly isOnline: false; readonly notFound: string | null };

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
 * found any more; one of several that is gone is that host's trouble. Of a single one nobody can tell.
 */
export function createNetworkWatch(dependencies: {
  sense: NetworkSense;
  /** Names of the hosts that matter now; without any, only what the computer itself says counts. */
  hosts: () => readonly string[];
  onChange: (network: Network) => void;
}): NetworkWatch {
  const { sense, hosts, onChange } = dependencies;
  let network: Network = { isOnline: true };
  let timer: NodeJS.Timeout | null = null;
  let looking = false;
  let isClosed = false;

  const settle = (found: Network): void => {
    if (isClosed || isDeepStrictEqual(found, network)) return;
    network = found;
    onChange(found);
  };
  const look = async (): Promise<void> => {
    if (looking || hosts().length === 0) return;
    looking = true;
    try {
      settle(await lookAround([...new Set(hosts())]));
    } finally {
      looking = false;
    }
  };
  const lookAround = async (names: readonly string[]): Promise<Network> => {
    if (!sense.leadsOut()) return { isOnline: false, notFound: null };
    for (const name of names) if (await sense.finds(name)) return { isOnline: true };
    const [only = null] = names;
    return { isOnline: false, notFound: names.length === 1 ? only : null };
  };

  return {
    isOnline: () => network.isOnline || hosts().length === 0,
    start: () => {
      timer ??= setInterval(() => {
        if (!network.isOnline || !sense.leadsOut()) void look();
      }, lookAgainMs).unref();
    },
    suspect: () => {
      if (network.isOnline) void look();
    },
    confirm: () => settle({ isOnline: true }),
    close: () => {
      isClosed = true;
      if (timer) clearInterval(timer);
    },
  };
}
