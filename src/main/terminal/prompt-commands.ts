import type { Command } from 'commander';
import type { ResolvedPrompt } from '../../shared/models/prompt-stages.ts';
import type { SavedPrompt } from '../../shared/models/saved-prompt.ts';
import { analysePrompt, type PromptAnalysis } from '../../shared/prompt-text/analyse-prompt.ts';
import type { PromptFinding } from '../../shared/prompt-text/prompt-finding.ts';
import type { App } from '../app.ts';
import { onlyBuiltInWildcards } from '../prompts/built-in-wildcards.ts';
import { resolveWith } from '../prompts/resolve.ts';
import { callOperation } from './call-operation.ts';
import { commandFor } from './contract-commands.ts';
import { counted } from './plain-words.ts';
import { printAnswer } from './print-answer.ts';
import { readVariables } from './prompt-options.ts';
import { readNumber } from './read-number.ts';
import { textOrInput } from './text-or-input.ts';
import { globalOptions, withLibrary } from './with-app.ts';

/** What can be asked about a prompt without making a picture. */
export function addPromptCommands(program: Command): void {
  const analyse = commandFor(program, ['prompt', 'analyse'])
    .description('Say what a prompt is made of and what could be better; nothing leaves this computer')
    .argument('<text>', 'The prompt, or - to read it from standard input');
  analyse.action(async (text: string) => {
    const analysis = analysePrompt(await textOrInput(text));
    printAnswer(globalOptions(analyse), analysis, analysisLines(analysis));
  });

  const save = commandFor(program, ['prompt', 'save'])
    .description('Keep a prompt, for --template; one of the same name gets a further version')
    .argument('<name>', 'Its name, with its folder: portraits/studio')
    .argument('<text>', 'The prompt, or - to read it from standard input')
    .option('--negative <text>', 'What the picture must not show', '');
  save.action(async (path: string, text: string, { negative }: { readonly negative: string }) => {
    const globals = globalOptions(save);
    const version = { prompt: await textOrInput(text), negativePrompt: negative };
    await withLibrary(globals, 'write', async (app) => {
      const place = placeOf(path);
      const before = app.library().prompts.saved.find(place);
      const [name, input] = before
        ? ['change', { ...place, ...version, id: before.id, options: before.version.options }]
        : ['save', { ...place, ...version }];
      const saved = (await callOperation(app.handlers, ['prompts', name], input)) as SavedPrompt;
      printAnswer(globals, saved, [`Kept ${path}, version ${saved.version.number}.`]);
    });
  });

  const resolve = commandFor(program, ['prompt', 'resolve'])
    .description(
      'Draw the wildcards and choices of a prompt and fill in its variables, as a picture with this seed would',
    )
    .argument('<text>', 'The prompt, or - to read it from standard input')
    .option('--seed <n>', 'The same seed draws the same (0 unless said otherwise)')
    .option('--var <name=value>', 'A variable; may be given several times', several);
  resolve.action(async (text: string, options: { readonly seed?: string; readonly var?: readonly string[] }) => {
    const globals = globalOptions(resolve);
    const prompt = await textOrInput(text);
    const question = {
      ...{ prompt, negativePrompt: '', seed: readNumber('seed', options.seed) ?? 0 },
      variables: readVariables(options.var),
    };
    const draw = (app: App): Promise<ResolvedPrompt> => {
      const hasLibrary = app.info().library.state === 'open';
      return Promise.resolve(
        hasLibrary ? app.library().prompts.resolver.resolve(question) : resolveWith(onlyBuiltInWildcards, question),
      );
    };
    const resolved = await withLibrary(globals, 'read', draw, { ifNotMade: 'pass' });
    printAnswer(globals, resolved, [resolved.prompt]);
  });
}

/** `portraits/studio`: the prompt `studio` in the folder `portraits`. */
function placeOf(path: string): { folder: string; name: string } {
  const cut = path.lastIndexOf('/');
  return { folder: cut < 0 ? '' : path.slice(0, cut), name: path.slice(cut + 1) };
}

const several = (value: string, before: readonly string[] = []): string[] => [...before, value];

function analysisLines(analysis: PromptAnalysis): string[] {
  const { characters, clipTokens, clipChunks, llmTokens, complexity, readingEase, keywords, styles, quality } =
    analysis;
  const list = (name: string, items: readonly string[]): string[] =>
    items.length > 0 ? [`${name}: ${items.join(', ')}`] : [];
  return [
    `${counted(characters, 'character')}, ${counted(analysis.words, 'word')}`,
    `about ${counted(clipTokens, 'CLIP token')} (${counted(clipChunks, 'chunk')} of 75), about ${llmTokens} of a language model`,
    `complexity ${complexity} of 100${readingEase === null ? '' : `, Flesch reading ease ${Math.round(readingEase)}`}`,
    ...list(
      'keywords',
      keywords.map(({ text }) => text),
    ),
    ...list('styles', styles),
    ...list('quality', quality),
    ...findingLines(analysis),
  ];
}

/** Of what is found again and again in the same words one line, with how often. */
function findingLines({ findings, findingsInAll }: PromptAnalysis): string[] {
  const groups = new Map<string, PromptFinding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.kind, finding.params]).toLowerCase();
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  const lines = Array.from(groups.values(), ([finding, ...others]) => {
    if (!finding) return '';
    const place = `at character ${finding.start + 1}`;
    const hasPlace = finding.kind === 'unbalanced' || finding.kind === 'controlCharacter';
    const where = others.length > 0 ? ` (${others.length + 1} times, first ${place})` : hasPlace ? ` (${place})` : '';
    return `- ${findingWords(finding)}${where}`;
  });
  const left = findingsInAll - findings.length;
  return left > 0 ? [...lines, `- These are ${findings.length} of ${findingsInAll} things to look at.`] : lines;
}

const mostShown = 60;
const short = (text: string): string => (text.length > mostShown ? `${text.slice(0, mostShown).trimEnd()} …` : text);

function findingWords(finding: PromptFinding): string {
  switch (finding.kind) {
    case 'repeated':
      return `"${short(finding.params.text)}" is said more than once.`;
    case 'contradiction':
      return `"${finding.params.text}" and "${finding.params.other}" contradict each other.`;
    case 'filler':
      return `"${short(finding.params.text)}" says nothing about the picture.`;
    case 'unbalanced':
      return `A "${finding.params.bracket}" has no other half.`;
    case 'unknownLora':
      return `There is no LoRA "${finding.params.name}".`;
    case 'unknownWildcard':
      return `There is no wildcard "${finding.params.name}".`;
    case 'tooLong':
      return `${finding.params.over} characters more than the ${finding.params.most} that are possible.`;
    case 'controlCharacter':
      return `A control character (${finding.params.code}) can't be seen.`;
  }
}
