import { AppError } from '../../shared/errors.ts';
import type { ImageSummary } from '../../shared/models/image.ts';
import type { SentPrompt } from '../../shared/models/prompt-history.ts';
import type { Database } from '../database/database.ts';
import {
  forgetAllPrompts,
  forgetPrompt,
  imagesOfPrompt,
  newestPrompts,
  searchPrompts,
  sentPrompt,
} from '../database/prompt-history.ts';

/** Pictures shown for one prompt. */
const mostImages = 50;

/** Every prompt that was ever sent, the newest first. */
export function createPromptHistory({ database }: { database: Database }) {
  return {
    /** With `search`, those that hold all of its words; the last one may be the beginning of a word. `before` is the last id of the page before. */
    list: ({
      search,
      before = Number.MAX_SAFE_INTEGER,
      limit,
    }: {
      search?: string | undefined;
      before?: number | undefined;
      limit: number;
    }): { prompts: SentPrompt[]; next: number | null } => {
      // As FTS5's own tokenizer sees words: letters and digits.
      const words = search?.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
      const isNothing = search !== undefined && search.trim() !== '' && words.length === 0;
      const prompts = isNothing
        ? []
        : words.length > 0
          ? searchPrompts(database.read, words, { before, limit })
          : newestPrompts(database.read, { before, limit });
      return { prompts, next: prompts.length === limit ? (prompts.at(-1)?.id ?? null) : null };
    },
    images: (id: number): ImageSummary[] => {
      if (!sentPrompt(database.read, id)) throw notThere(id);
      return imagesOfPrompt(database.read, id, mostImages);
    },
    /** Takes a prompt out of the history. Its pictures keep their words. */
    forget: (id: number): void => {
      const removed = database.erase((writer) => forgetPrompt(writer, id));
      if (removed === 0) throw notThere(id);
    },
    forgetAll: (): number => database.erase(forgetAllPrompts),
  };
}

function notThere(id: number): AppError {
  return new AppError('notFound', `There is no prompt ${id} in the history of this library.`);
}
