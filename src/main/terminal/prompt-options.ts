import { Option, type Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import type { PromptOptions } from '../../shared/models/prompt-options.ts';
import type { PromptStyle } from '../../shared/models/prompt-style.ts';
import { builtInStyles } from '../../shared/prompt-text/built-in-styles.ts';
import { didYouMean } from '../../shared/nearest-names.ts';
import type { App } from '../app.ts';

/** What the command line says of the words of a request, as it was typed. */
export interface PromptWords {
  readonly style?: readonly string[];
  readonly enhance?: readonly string[];
  readonly template?: string;
  readonly var?: readonly string[];
  /** False with --no-optimize. */
  readonly optimize?: boolean;
  readonly modelStyle?: string;
}

export function addPromptOptions(command: Command): void {
  const several = (value: string, before: readonly string[] = []): string[] => [...before, value];
  command
    .option('--style <name>', 'A style (easel prompt styles lists them); may be given several times', several)
    .option('--enhance <name>', 'A quality enhancer, high_detail for example; may be given several times', several)
    .option('--template <name>', 'A prompt that was kept, with its folder: portraits/studio')
    .option('--var <name=value>', 'A variable of the prompt; may be given several times', several)
    .option('--model-style <name>', 'A style of the model itself')
    .addOption(new Option('--no-optimize', 'Shorten a long prompt without a language model'));
}

/** The prompt, and what is to be done with it, from the options. Throws AppError. */
export async function readPromptWords(
  app: App,
  prompt: string,
  options: PromptWords,
): Promise<{ prompt: string; negativePrompt: string; promptOptions: PromptOptions; style: string | undefined }> {
  // Before a library is made there are the styles that Easel brings along, and no kept prompt.
  const hasLibrary = app.info().library.state !== 'setup';
  const shelf = hasLibrary ? (await app.library().prompts.styles.list()).styles : builtInStyles;
  const idOf = (name: string, kind: PromptStyle['kind']): string | null =>
    shelf.find((style) => style.kind === kind && [style.id, style.name.toLowerCase()].includes(name.toLowerCase()))
      ?.id ?? null;
  const unknown = (name: string, kind: PromptStyle['kind']): AppError => {
    const ids = shelf.filter((style) => style.kind === kind).map(({ id }) => id);
    const near = didYouMean(name, ids);
    return new AppError('badInput', `There is no ${kind} "${name}".${near} easel prompt styles lists them.`);
  };
  const variables = readVariables(options.var);
  const template = options.template === undefined ? null : app.library().prompts.saved.named(options.template).version;
  const styles: string[] = [];
  let modelStyle = options.modelStyle;
  for (const name of options.style ?? []) {
    const known = idOf(name, 'style');
    if (known !== null) styles.push(known);
    // Styles of a model are called like this as well.
    else if (modelStyle === undefined && isOfAModel(app, name)) modelStyle = name;
    else throw unknown(name, 'style');
  }
  const enhancers = (options.enhance ?? []).map((name) => {
    const known = idOf(name, 'enhancer');
    if (known === null) throw unknown(name, 'enhancer');
    return known;
  });
  const kept = template?.options;
  const promptOptions: PromptOptions = {
    styles: [...(kept?.styles ?? []), ...styles],
    enhancers: [...(kept?.enhancers ?? []), ...enhancers],
    // An empty one has no value: then the template's own default counts, or it is refused.
    variables: { ...kept?.variables, ...(template && prompt !== '' ? { prompt } : {}), ...variables },
    locked: kept?.locked ?? [],
    optimize: options.optimize ?? kept?.optimize ?? true,
  };
  return {
    prompt: template ? withTemplate(template.prompt, prompt) : prompt,
    negativePrompt: template?.negativePrompt ?? '',
    promptOptions,
    style: modelStyle,
  };
}

/** Whether any model has a style of this name. */
function isOfAModel(app: App, name: string): boolean {
  return app.providers.list().some(({ models }) => models.some(({ choices }) => choices.styles?.includes(name)));
}

/** A template says with `${prompt}` where the words go; others get them at their end. */
function withTemplate(template: string, prompt: string): string {
  if (prompt === '' || /\$\{\s*prompt\s*(?:=|:|\})/.test(template)) return template;
  return template.trim() === '' ? prompt : `${template}, ${prompt}`;
}

/** Variables as they are written in a command line: `name=value`. Throws AppError. */
export function readVariables(written: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(written.map(readVariable));
}

function readVariable(text: string): [string, string] {
  const cut = text.indexOf('=');
  if (cut <= 0)
    throw new AppError('badInput', `"${text}" is no variable. Write a name and a value: --var colour=blue.`);
  return [text.slice(0, cut).trim(), text.slice(cut + 1)];
}
