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
