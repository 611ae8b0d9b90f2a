import { z } from 'zod';
import { describeIssues } from '../describe-issues.ts';
import { AppError } from '../errors.ts';
import { PromptStyle } from '../models/prompt-style.ts';
import { parseCsv } from '../parse-csv.ts';
import { plainCsv } from '../plain-csv.ts';

/** Easel's own JSON keeps everything; Fooocus's JSON and AUTOMATIC1111's CSV know name, prompt and negative prompt. */
export const styleFileFormats = ['easel', 'fooocus', 'a1111'] as const;
export type StyleFileFormat = (typeof styleFileFormats)[number];

/** Characters; ten thousand styles are far below it. */
const longestFile = 20_000_000;

const EaselFile = z.object({ styles: z.array(z.unknown()) });
const FooocusStyle = z.object({
  name: z.string(),
  prompt: z.string().nullish(),
  negative_prompt: z.string().nullish(),
});

/**
 * Reads a file of styles in any of the formats; which one it is shows by itself. Names that are there twice, also among
 * `taken`, get a number. Throws badInput that says where the file is broken.
 */
export function readStyles(
  text: string,
  taken: readonly { readonly id: string; readonly name: string }[] = [],
): PromptStyle[] {
  if (text.length > longestFile) {
    throw new AppError('badInput', `The file is too large for styles: ${text.length} characters. Choose another one.`);
  }
  const plain = text.replace(/^\uFEFF/, '');
  const drafts = /^\s*[[{]/.test(plain) ? readJson(plain) : readCsv(plain);
  if (drafts.length === 0) throw new AppError('badInput', 'The file has no styles in it. Choose another one.');
  return withUniqueNames(drafts, taken);
}

/** Writes styles so that they can be read back, and by the program that the format is named after. */
export function writeStyles(styles: readonly PromptStyle[], format: StyleFileFormat): string {
  switch (format) {
    case 'easel':
      return `${JSON.stringify({ version: 1, styles }, null, 2)}\n`;
    case 'fooocus': {
      const rows = styles.map(({ name, positive, negative }) => ({
        name,
        prompt: positive,
        negative_prompt: negative,
      }));
      return `${JSON.stringify(rows, null, 2)}\n`;
    }
    case 'a1111': {
      const rows = styles.map(({ name, positive, negative }) => [name, positive, negative]);
      return plainCsv([['name', 'prompt', 'negative_prompt'], ...rows]);
    }
  }
}

function readJson(text: string): PromptStyle[] {
  const value = parseJson(text);
  if (Array.isArray(value)) {
    return value.flatMap((entry: unknown, index) => {
      const { name, prompt, negative_prompt } = checked(FooocusStyle, entry, index);
      // Lists of others have entries that only divide them.
      if (!prompt?.trim() && !negative_prompt?.trim()) return [];
      return [draftOf({ name, positive: prompt ?? '', negative: negative_prompt ?? '' }, index)];
    });
  }
  const file = EaselFile.safeParse(value);
  if (!file.success) {
    throw new AppError(
      'badInput',
      'The file is JSON, but has no styles: it should be a list of styles as Fooocus has it, or an object with "styles" as Easel writes it.',
    );
  }
  return file.data.styles.map((entry, index) => {
    const isRecord = typeof entry === 'object' && entry !== null;
    const name = isRecord && 'name' in entry && typeof entry.name === 'string' ? entry.name : '';
    return checked(PromptStyle, isRecord && !('id' in entry) ? { ...entry, id: idFor(name) } : entry, index);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(said)?.[1];
    const at = position === undefined ? text.length : Number(position);
    const before = text.slice(0, at).split('\n');
    const line = before.length;
    throw new AppError(
      'badInput',
      `The file is broken JSON in line ${line}, column ${(before.at(-1) ?? '').length + 1}. Look for a missing comma, bracket or quotation mark there.`,
      { line, reason: said },
      { cause: error },
    );
  }
}

function readCsv(text: string): PromptStyle[] {
  const [head, ...rows] = parseCsv(text);
  const names = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const column = (...wanted: string[]): number => names.findIndex((name) => wanted.includes(name));
  // Before it had a negative prompt, AUTOMATIC1111 called the prompt text.
  const places = {
    name: column('name'),
    prompt: column('prompt', 'text'),
    negative: column('negative_prompt', 'negative'),
  };
  if (places.name < 0 || places.prompt < 0) {
    throw new AppError(
      'badInput',
      'This is no file of styles. The first line of a CSV file must be name,prompt,negative_prompt; JSON files begin with [ or {.',
      { line: 1 },
    );
  }
  return rows.flatMap(({ line, cells }) => {
    const positive = cells[places.prompt] ?? '';
    const negative = places.negative < 0 ? '' : (cells[places.negative] ?? '');
    if (positive.trim() === '' && negative.trim() === '') return [];
    return [draftOf({ name: cells[places.name] ?? '', positive, negative }, `line ${line}`)];
  });
}

function draftOf(fields: Pick<PromptStyle, 'name' | 'positive' | 'negative'>, place: number | string): PromptStyle {
  return checked(PromptStyle, { ...fields, id: idFor(fields.name) }, place);
}

/** `place` is a number in a list, counted from 0, or words. */
function checked<Output>(model: z.ZodType<Output>, value: unknown, place: number | string): Output {
  const read = model.safeParse(value);
  if (read.success) return read.data;
  const where = typeof place === 'number' ? `Style ${place + 1} of the file` : `The style in ${place}`;
  throw new AppError('badInput', `${where} can't be used: ${describeIssues(read.error.issues)}.`, { place });
}

/** An id from a name: letters, digits and _. */
export function idFor(name: string): string {
  const id = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '_')
    .replace(/^_|_$/g, '');
  return Array.from(id).slice(0, 50).join('') || 'style';
}

/** Gives those whose name or id is taken the next free number. Ids and names are compared without regard to case. */
export function withUniqueNames(
  styles: readonly PromptStyle[],
  taken: readonly { readonly id: string; readonly name: string }[] = [],
): PromptStyle[] {
  const ids = new Set(taken.map(({ id }) => id.toLowerCase()));
  const names = new Set(taken.map(({ name }) => name.trim().toLowerCase()));
  return styles.map((style) => {
    let { id, name } = style;
    for (let number = 2; names.has(name.toLowerCase()); number += 1) name = `${style.name.slice(0, 190)} (${number})`;
    for (let number = 2; ids.has(id.toLowerCase()); number += 1)
      id = `${Array.from(style.id).slice(0, 50).join('')}_${number}`;
    ids.add(id.toLowerCase());
    names.add(name.toLowerCase());
    return { ...style, id, name };
  });
}
