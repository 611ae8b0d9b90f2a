import { Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron';

/** Electron brings no menu for text of its own: cut, copy and paste where they make sense, and the system's spelling proposals. */
export function addContextMenu(window: BrowserWindow): void {
  const { webContents } = window;
  webContents.on(
    'context-menu',
    (_event, { isEditable, selectionText, editFlags, dictionarySuggestions, misspelledWord }) => {
      const spelling: MenuItemConstructorOptions[] = dictionarySuggestions.map((word) => ({
        label: word,
        click: () => {
          webContents.replaceMisspelling(word);
        },
      }));
      const items: MenuItemConstructorOptions[] = isEditable
        ? [
            ...(misspelledWord === '' || spelling.length === 0 ? [] : [...spelling, { type: 'separator' } as const]),
            { role: 'cut', enabled: editFlags.canCut },
            { role: 'copy', enabled: editFlags.canCopy },
            { role: 'paste', enabled: editFlags.canPaste },
            { type: 'separator' },
            { role: 'selectAll', enabled: editFlags.canSelectAll },
          ]
        : selectionText.trim() === ''
          ? []
          : [{ role: 'copy', enabled: editFlags.canCopy }];
      if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
    },
  );
}
