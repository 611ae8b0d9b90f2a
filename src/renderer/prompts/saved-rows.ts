import type { SavedPrompt } from '../../shared/models/saved-prompt.ts';

/** A row of the list: the name of a folder, or a prompt in it. */
export type SavedRow =
  { readonly kind: 'folder'; readonly folder: string } | { readonly kind: 'prompt'; readonly prompt: SavedPrompt };

/** Prompts in order of their folders, each folder under its name; those in none come first and need no heading. */
export function savedRows(prompts: readonly SavedPrompt[]): SavedRow[] {
  const rows: SavedRow[] = [];
  let folder = '';
  for (const prompt of prompts) {
    if (prompt.folder !== folder) {
      folder = prompt.folder;
      rows.push({ kind: 'folder', folder });
    }
    rows.push({ kind: 'prompt', prompt });
  }
  return rows;
}
