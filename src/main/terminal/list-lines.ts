import type { Image } from '../../shared/models/image.ts';
import type { ListedJob } from '../../shared/models/job.ts';
import { columnsOf, cutTo, dateAndTime, money } from './plain-words.ts';

/** What a list fits into. */
const width = 100;
const longestMaker = 44;

interface Entry {
  /** What is alike in every line, in columns of its own. */
  readonly facts: readonly string[];
  readonly provider: string;
  readonly model: string;
  readonly prompt: string;
}

/** Two lines each: what it is, then who makes it and of which words. */
export function jobLines(jobs: readonly ListedJob[]): string[] {
  return linesOf(
    jobs.map(({ id, createdAt, state, imageIds, request, cost, provider, model }) => ({
      facts: [
        id,
        dateAndTime(createdAt),
        state,
        `${imageIds.length}/${request.count}`,
        cost === null ? 'nothing yet' : money(cost),
      ],
      provider: provider ?? 'any provider',
      model: model ?? '',
      prompt: request.prompt,
    })),
  );
}

/** The same of images; where the file is, `library path` says. */
export function imageLines(images: readonly Image[]): string[] {
  return linesOf(
    images.map(({ id, createdAt, width: wide, height, format, cost, rating, provider, model, request }) => ({
      facts: [
        id,
        dateAndTime(createdAt),
        `${wide}×${height}`,
        format,
        money(cost),
        ...(rating === null ? [] : [`rated ${rating}`]),
      ],
      provider,
      model,
      prompt: request.prompt,
    })),
  );
}

function linesOf(entries: readonly Entry[]): string[] {
  const makers = entries.map(({ provider, model }) => cutTo(`${provider} ${model}`.trim(), longestMaker));
  const makerColumns = Math.max(...makers.map(columnsOf));
  return inColumns(entries.map(({ facts }) => facts)).flatMap((line, at) => {
    const maker = padded(makers[at] ?? '', makerColumns);
    return [line, cutTo(`    ${maker}  ${entries[at]?.prompt ?? ''}`, width).trimEnd()];
  });
}

/** One line for each row, its cells below one another. */
export function inColumns(rows: readonly (readonly string[])[]): string[] {
  const columns = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => columnsOf(row[at] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, at) => padded(cell, columns[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}
