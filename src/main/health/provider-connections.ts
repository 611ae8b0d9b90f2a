import type { ImageProvider } from '../providers/provider.ts';
import type { ProviderKind } from '../providers/registry.ts';

/** How often connections that are out of use are looked at, whether they can be closed. */
const lookAgainMs = 5_000;

/** The adapters of one provider, by the address and the keys they were opened with. */
export interface ProviderConnections {
  /** The one for this place, made where there is none yet. */
  open(url: string, credentials: Readonly<Record<string, string>>): Promise<ImageProvider>;
  /** Connections that are open, and the most there may be; null where nothing has been opened that has any. */
  pool(): { open: number; most: number } | null;
  /** None is given out again; all are closed a few seconds later, or once nobody works with them any more. */
  retire(isAtWork: () => boolean): void;
  close(): Promise<void>;
}

export function createProviderConnections(kind: ProviderKind): ProviderConnections {
  // None is closed because another place took over: a job may still be talking to it, and idle ones hold nothing.
  const opened = new Map<string, Promise<ImageProvider>>();
  const retired = new Set<Promise<ImageProvider>>();
  const adapters = new Set<ImageProvider>();
  let timer: NodeJS.Timeout | null = null;

  const closeAll = async (ones: readonly Promise<ImageProvider>[]): Promise<void> => {
    await Promise.allSettled(
      ones.map(async (one) => {
        const adapter = await one;
        adapters.delete(adapter);
        await adapter.close();
      }),
    );
  };
  const closeRetired = async (): Promise<void> => {
    if (timer) clearInterval(timer);
    timer = null;
    const ones = [...retired];
    retired.clear();
    await closeAll(ones);
  };

  return {
    open: (url, credentials) => {
      const place = JSON.stringify([url, credentials]);
      const known = opened.get(place);
      if (known) return known;
      const provider = kind.open({ url, credentials });
      opened.set(place, provider);
      void provider.then((adapter) => adapters.add(adapter)).catch(() => undefined);
      return provider;
    },
    pool: () => {
      const pools = [...adapters].flatMap((adapter) => adapter.connections?.() ?? []);
      if (pools.length === 0) return null;
      return { open: pools.reduce((sum, { open }) => sum + open, 0), most: Math.max(...pools.map(({ most }) => most)) };
    },
    retire: (isAtWork) => {
      for (const provider of opened.values()) retired.add(provider);
      opened.clear();
      timer ??= setInterval(() => {
        if (!isAtWork()) void closeRetired();
      }, lookAgainMs).unref();
    },
    close: async () => {
      await closeRetired();
      const ones = [...opened.values()];
      opened.clear();
      await closeAll(ones);
    },
  };
}
