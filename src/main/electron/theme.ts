import { BrowserWindow, nativeTheme } from 'electron';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../../shared/models/settings.ts';
import { settingsName } from '../settings/damaged-settings.ts';

export type Theme = Settings['theme'];

/** `--easel-panel` of the interface: what is seen before its first paint. */
const backgrounds = { dark: '#161616', light: '#fbfbfb' } as const;

/** The chosen theme, read without the libraries that the real settings need: the first window must not wait for them. */
export function rememberedTheme(dataFolder: string): Theme {
  try {
    const settings: unknown = JSON.parse(readFileSync(join(dataFolder, `${settingsName}.json`), 'utf8'));
    if (typeof settings === 'object' && settings !== null && 'theme' in settings) {
      if (settings.theme === 'dark' || settings.theme === 'light') return settings.theme;
    }
  } catch {
    // No settings yet; a damaged file is the settings' own business.
  }
  return 'system';
}

export function backgroundColour(): string {
  return nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light;
}

/** Makes the native parts follow a choice of theme, and each window's background follow the native parts. */
export function applyTheme(theme: Theme): void {
  nativeTheme.themeSource = theme;
}

export function keepBackgroundsInTheme(): void {
  nativeTheme.on('updated', () => {
    for (const window of BrowserWindow.getAllWindows()) window.setBackgroundColor(backgroundColour());
  });
}
