import { useEffect } from 'react';
import { wildcardNamesContext } from './editor-context.ts';

/** The wildcards that a prompt may name; null where it names none, or nobody knows which there are. */
export function useKnownWildcards(prompt: string): readonly string[] | null {
  const names = wildcardNamesContext.useStore((state) => state.names);
  const { load } = wildcardNamesContext.useStoreApi().getState();
  const mayNameSome = prompt.includes('__');
  useEffect(() => {
    if (!mayNameSome) return;
    const read = (): void => void load();
    read();
    // They are files: whoever comes back may have made one in another program.
    window.addEventListener('focus', read);
    return () => window.removeEventListener('focus', read);
  }, [mayNameSome, load]);
  return mayNameSome ? names : null;
}
