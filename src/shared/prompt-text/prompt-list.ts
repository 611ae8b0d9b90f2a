import { AppError } from '../errors.ts';
import { noPromptOptions, PromptOptions } from '../models/prompt-options.ts';
import { PromptFolder, SavedPromptName } from '../models/saved-prompt.ts';
import { parseCsv } from '../parse-csv.ts';

/** How a list of prompts is written. */
export const promptListFormats = ['text', 'csv', 'json'] as const;
export type PromptListFormat = (typeof promptListFormats)[number];

/** One prompt of a list, and where it stands in it: the line of a text or a table, the place in a JSON list, from 1. */
export interface ListedPrompt {
  readonly line: number;
  readonly prompt: string;
  readonly negativePrompt: string;
  /** Null where the list names none. */
  readonly name: string | null;
  readonly folder: string;
  /** What Easel wrote of styles, variables and the like; a list that is queued has the settings of its request in their place. */
  readonly options: PromptOptions;
}

/** More than this in one go is refused. */
export const longestList = 10_000;

/**
 * Reads many prompts. Text: one a line, `#` begins a comment; CSV: a heading with a column `prompt`, and maybe `negative_prompt`,
 * `name`, `folder`; JSON: a list of texts, or of objects with those names,
 * and with `options` where Easel wrote it. Throws AppError that says what is wrong, and where.
 */
export function readPromptList(content: string, format: PromptListFormat): ListedPrompt[] {
  // A byte order mark is no part of the first prompt.
  const text = content.replace(/^\uFEFF/, '');
  const prompts = readers[format](text).filter(({ prompt }) => prompt !== '');
  if (prompts.length === 0) throw new AppError('badInput', 'There is no prompt in this. Write one on each line.');
  if (prompts.length > longestList) {
    const message = `These are ${prompts.length} prompts; ${longestList} are possible in one go. Split the file.`;
    throw new AppError('badInput', message);
  }
  return prompts;
}

const readers: Readonly<Record<PromptListFormat, (text: string) => ListedPrompt[]>> = {
  text: (text) =>
    text.split(/\r\n|\r|\n/).map((line, at) => entry(at + 1, { prompt: line.trimStart().startsWith('#') ? '' : line })),

  csv: (text) => {
    const [heading, ...rows] = parseCsv(text);
    const columns = (heading?.cells ?? []).map((cell) =>
      cell
        .trim()
        .toLowerCase()
        .replaceAll(/[\s-]+/g, '_'),
    );
    if (!columns.includes('prompt')) {
      const message = 'The first line has to name the columns, and one of them has to be called "prompt".';
      throw new AppError('badInput', message);
    }
    return rows.map(({ cells, line }) =>
      entry(line, Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))),
    );
  },

  json: (text) => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch (error) {
      const message = `This is no valid JSON: ${error instanceof Error ? error.message : String(error)}.`;
      throw new AppError('badInput', message, {}, { cause: error });
    }
    const list: unknown = isRecord(parsed) && 'prompts' in parsed ? parsed.prompts : parsed;
    if (!Array.isArray(list)) throw new AppError('badInput', 'The JSON has to be a list of prompts.');
    return list.map((item: unknown, at) => {
      if (typeof item === 'string') return entry(at + 1, { prompt: item });
      if (isRecord(item) && typeof item.prompt === 'string') return entry(at + 1, item);
      throw new AppError('badInput', `Entry ${at + 1} is neither a text nor an object with a "prompt".`);
    });
  },
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function entry(line: number, fields: Record<string, unknown>): ListedPrompt {
  const text = (...names: string[]): string => {
    const value = names.map((name) => fields[name]).find((known) => typeof known === 'string');
    return typeof value === 'string' ? value.trim() : '';
  };
  const name = SavedPromptName.safeParse(text('name', 'title'));
  const folder = PromptFolder.safeParse(text('folder'));
  const options = PromptOptions.safeParse(fields.options);
  return {
    line,
    prompt: text('prompt'),
    negativePrompt: text('negative_prompt', 'negativePrompt', 'negative'),
    name: name.success ? name.data : null,
    folder: folder.success ? folder.data : '',
    options: options.success ? options.data : noPromptOptions,
  };
}
