import { useEffect } from 'react';
import { systemContext } from '../ui/stores/shared-stores.ts';

/** Reads when it is looked at, and anew when another library is open; forgets when nobody looks any more. */
export function useFresh(load: () => Promise<void>, leave: () => void): void {
  const folder = systemContext.useStore(({ info }) => (info?.library.state === 'open' ? info.library.folder : null));
  useEffect(() => {
    void load();
    return leave;
  }, [load, leave, folder]);
}
