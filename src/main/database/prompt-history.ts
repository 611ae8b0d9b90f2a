import type { ImageSummary } from '../../shared/models/image.ts';
import type { SentPrompt } from '../../shared/models/prompt-history.ts';
import { noPromptOptions, type PromptOptions } from '../../shared/models/prompt-options.ts';
import type { Reader, Writer } from './database.ts';
import { ratingColumn } from './images.ts';

const columns = `prompts.id, prompts.typed AS prompt, prompts.negative AS negativePrompt, prompts.sent, prompts.options, prompts.used_at AS usedAt, prompts.uses`;

interface PromptRow extends Omit<SentPrompt, 'options'> {
  readonly options: string;
}

/** Options that are newer than the row get their defaults. */
function toSentPrompt({ options, ...row }: PromptRow): SentPrompt {
  return { ...row, options: { ...noPromptOptions, ...(JSON.parse(options) as Partial<PromptOptions>) } };
}

/** Notes a prompt that is being sent. `hash` is of what was typed. Answers its row, for the attempt that sends it. */
export function notePrompt(
  writer: Writer,
  prompt: { hash: string; typed: string; negative: string; options: PromptOptions; sent: string; at: number },
): number {
  const newest = writer.get<{ id: number; hash: string; sent: string }>(
    `SELECT id, hash, sent FROM prompts INDEXED BY prompts_listed WHERE is_latest = 1 ORDER BY id DESC LIMIT ?`,
    1,
  );
  if (newest?.hash === prompt.hash && newest.sent === prompt.sent) {
    writer.run(
      `UPDATE prompts SET used_at = ?, uses = uses + 1, options = ? WHERE id = ?`,
      prompt.at,
      JSON.stringify(prompt.options),
      newest.id,
    );
    return newest.id;
  }
  writer.run(`UPDATE prompts SET is_latest = 0 WHERE hash = ? AND is_latest = 1`, prompt.hash);
  const row = writer.get<{ id: number }>(
    `INSERT INTO prompts (hash, typed, negative, sent, options, used_at) VALUES (?, ?, ?, ?, ?, ?) RETURNING id`,
    prompt.hash,
    prompt.typed,
    prompt.negative,
    prompt.sent,
    JSON.stringify(prompt.options),
    prompt.at,
  );
  return row?.id ?? 0;
}

interface Page {
  /** The last id of the page before. */
  readonly before: number;
  readonly limit: number;
}

/** The newest first, each text once. */
export function newestPrompts(reader: Reader, { before, limit }: Page): SentPrompt[] {
  return reader
    .all<PromptRow>(
      `SELECT ${columns} FROM prompts INDEXED BY prompts_listed WHERE is_latest = 1 AND id < ? ORDER BY id DESC LIMIT ?`,
      before,
      limit,
    )
    .map(toSentPrompt);
}

/** Those that hold all of the words, the newest first; the last word may be the beginning of one. */
export function searchPrompts(reader: Reader, words: readonly string[], { before, limit }: Page): SentPrompt[] {
  return reader
    .all<PromptRow>(
      `SELECT ${columns} FROM prompts_fts JOIN prompts ON prompts.id = prompts_fts.rowid
     WHERE prompts_fts MATCH ? AND prompts_fts.rowid < ? AND prompts.is_latest = 1 ORDER BY prompts_fts.rowid DESC LIMIT ?`,
      matching(words),
      before,
      limit,
    )
    .map(toSentPrompt);
}

/** In quotes, a word has no meaning to FTS5 beyond itself. */
function matching(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word.replaceAll('"', '""')}"`);
  return `${quoted.join(' ')}*`;
}

export function sentPrompt(reader: Reader, id: number): SentPrompt | null {
  const row = reader.get<PromptRow>(`SELECT ${columns} FROM prompts WHERE id = ?`, id);
  return row ? toSentPrompt(row) : null;
}

/** The pictures that came of the words of this prompt, whenever they were sent: of the last attempt first, in the order of the indexes. */
export function imagesOfPrompt(reader: Reader, id: number, limit: number): ImageSummary[] {
  return reader.all<ImageSummary>(
    `SELECT images.id, images.sequence, images.hash, images.width, images.height, substr(images.prompt, 1, 200) AS prompt,
       images.alt_text AS altText, ${ratingColumn}
     FROM prompts AS same INDEXED BY prompts_same
       CROSS JOIN attempts INDEXED BY attempts_of_prompt ON attempts.prompt_id = same.id
       CROSS JOIN images INDEXED BY images_of_attempt ON images.attempt_id = attempts.id
     WHERE same.hash = (SELECT hash FROM prompts WHERE id = ?) AND images.trashed_at IS NULL
     ORDER BY same.id DESC, attempts.rowid DESC, images.sequence DESC LIMIT ?`,
    id,
    limit,
  );
}

/** Takes the words of this prompt out of the history, as often as they were sent. The pictures stay. For `erase`. */
export function forgetPrompt(writer: Writer, id: number): number {
  // Otherwise the index only notes that a word is gone, and keeps it.
  writer.run(`INSERT INTO prompts_fts (prompts_fts, rank) VALUES ('secure-delete', 1)`);
  return writer.run(`DELETE FROM prompts WHERE hash = (SELECT hash FROM prompts WHERE id = ?)`, id);
}

/** For `erase`. Not row by row, which takes half a minute with a million of them: the index is emptied at once. */
export function forgetAllPrompts(writer: Writer): number {
  const trigger = writer.get<{ sql: string }>(`SELECT sql FROM sqlite_master WHERE name = 'prompt_is_forgotten'`);
  writer.run(`DROP TRIGGER IF EXISTS prompt_is_forgotten`);
  writer.run(`UPDATE attempts SET prompt_id = NULL WHERE prompt_id IS NOT NULL`);
  const forgotten = writer.run(`DELETE FROM prompts`);
  writer.run(`INSERT INTO prompts_fts (prompts_fts) VALUES ('delete-all')`);
  if (trigger) writer.run(trigger.sql);
  return forgotten;
}
