import type { SavedPrompt } from '../../shared/models/saved-prompt.ts';

/** Reading all of them anew at each key would be felt where there are thousands. */
const known = new WeakMap<SavedPrompt, string>();

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

function wordsOf(saved: SavedPrompt): string {
  const { folder, name, version } = saved;
  const words = known.get(saved) ?? plain([folder, name, version.prompt, version.negativePrompt].join('\n'));
  known.set(saved, words);
  return words;
}

/** Those that have every word of the search in their name, folder or text, as a part of a word too; accents and case don't count. */
export function foundPrompts(prompts: readonly SavedPrompt[], search: string): readonly SavedPrompt[] {
  const wanted = plain(search)
    .split(/\s+/u)
    .filter((word) => word !== '');
  if (wanted.length === 0) return prompts;
  return prompts.filter((saved) => wanted.every((word) => wordsOf(saved).includes(word)));
}
