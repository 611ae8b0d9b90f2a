import { matchesStars } from '../../shared/prompt-text/matches-stars.ts';
import type { WildcardLines } from './resolve.ts';
import { linesOfText } from './wildcard-text.ts';

const files = import.meta.glob<string>('../../../resources/wildcards/*.txt', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The text of the wildcards that Easel brings along, by name. */
export const builtInTexts: ReadonlyMap<string, string> = new Map(
  Object.entries(files).map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1, -'.txt'.length), text]),
);

export const builtInWildcards: ReadonlyMap<string, readonly string[]> = new Map(
  [...builtInTexts].map(([name, text]) => [name, linesOfText(text)]),
);

const builtInNames = [...builtInWildcards.keys()].sort();

/** To draw from where there is no library yet. With a library that has none of its own, the same seed draws the same. */
export const onlyBuiltInWildcards: WildcardLines = {
  names: () => builtInNames,
  lines: (name) => {
    if (!name.includes('*')) return builtInWildcards.get(name) ?? null;
    const meant = builtInNames.filter((other) => matchesStars(other, name));
    return meant.length === 0 ? null : meant.flatMap((other) => builtInWildcards.get(other) ?? []);
  },
};
