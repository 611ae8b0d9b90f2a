import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { settingsContext } from '../ui/stores/shared-stores.ts';

/** Lets Mantine follow the setting; it also remembers it for colour-scheme.js, which runs before the next first paint. */
export function ColourScheme() {
  const theme = settingsContext.useStore((state) => state.settings?.theme);
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (theme !== undefined) setColorScheme(theme === 'system' ? 'auto' : theme);
  }, [theme, setColorScheme]);
  return null;
}
