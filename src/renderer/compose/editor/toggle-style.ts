import type { PromptOptions } from '../../../shared/models/prompt-options.ts';
import type { PromptStyle } from '../../../shared/models/prompt-style.ts';

const mostOfAKind = 20;

/** With the style, or without it where it was chosen. More than twenty of a kind are not taken. */
export function toggleStyle(options: PromptOptions, { id, kind }: Pick<PromptStyle, 'id' | 'kind'>): PromptOptions {
  const { styles, enhancers } = options;
  if (styles.includes(id) || enhancers.includes(id)) return withoutStyle(options, id);
  const list = kind === 'style' ? 'styles' : 'enhancers';
  return options[list].length >= mostOfAKind ? options : { ...options, [list]: [...options[list], id] };
}

/** Also where nobody knows what kind it was. */
export function withoutStyle(options: PromptOptions, id: string): PromptOptions {
  const others = (ids: readonly string[]): string[] => ids.filter((other) => other !== id);
  return { ...options, styles: others(options.styles), enhancers: others(options.enhancers) };
}
