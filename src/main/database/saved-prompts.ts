import { noPromptOptions, type PromptOptions } from '../../shared/models/prompt-options.ts';
import type { SavedPrompt, SavedPromptVersion } from '../../shared/models/saved-prompt.ts';
import type { Reader, Writer } from './database.ts';

interface VersionRow {
  readonly number: number;
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly options: string;
  readonly at: number;
}

interface SavedRow extends VersionRow {
  readonly id: string;
  readonly folder: string;
  readonly name: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

const versionColumns = `versions.number, versions.prompt, versions.negative AS negativePrompt, versions.options, versions.at`;
const newest = `SELECT saved.id, saved.folder, saved.name, saved.created_at AS createdAt, saved.updated_at AS updatedAt, ${versionColumns}
  FROM saved_prompts AS saved JOIN saved_prompt_versions AS versions ON versions.saved_id = saved.id
    AND versions.number = (SELECT max(number) FROM saved_prompt_versions WHERE saved_id = saved.id)`;

/** Options that are newer than the row get their defaults. */
function toVersion({ number, prompt, negativePrompt, options, at }: VersionRow): SavedPromptVersion {
  const kept = JSON.parse(options) as Partial<PromptOptions>;
  return { number, prompt, negativePrompt, options: { ...noPromptOptions, ...kept }, at };
}

function toSaved(row: SavedRow): SavedPrompt {
  const { id, folder, name, createdAt, updatedAt } = row;
  return { id, folder, name, createdAt, updatedAt, version: toVersion(row) };
}

/** By folder and name. */
export function savedPrompts(reader: Reader, limit: number): SavedPrompt[] {
  return reader
    .all<SavedRow>(`${newest} WHERE saved.removed_at IS NULL ORDER BY saved.folder, saved.name LIMIT ?`, limit)
    .map(toSaved);
}

export function savedPromptById(reader: Reader, id: string): SavedPrompt | null {
  const row = reader.get<SavedRow>(`${newest} WHERE saved.id = ? AND saved.removed_at IS NULL`, id);
  return row ? toSaved(row) : null;
}

export function savedPromptNamed(reader: Reader, folder: string, name: string): SavedPrompt | null {
  const row = reader.get<SavedRow>(
    `${newest} WHERE saved.folder = ? AND saved.name = ? AND saved.removed_at IS NULL`,
    folder,
    name,
  );
  return row ? toSaved(row) : null;
}

/** The newest first. */
export function versionsOf(reader: Reader, id: string): SavedPromptVersion[] {
  return reader
    .all<VersionRow>(
      `SELECT ${versionColumns} FROM saved_prompt_versions AS versions WHERE saved_id = ? ORDER BY number DESC`,
      id,
    )
    .map(toVersion);
}

export function insertSavedPrompt(
  writer: Writer,
  saved: { id: string; folder: string; name: string; at: number },
): void {
  writer.run(
    `INSERT INTO saved_prompts (id, folder, name, created_at, updated_at) VALUES (?, ?, ?, ?, ?)`,
    saved.id,
    saved.folder,
    saved.name,
    saved.at,
    saved.at,
  );
}

export function addVersion(writer: Writer, id: string, version: Omit<SavedPromptVersion, 'number'>): void {
  writer.run(
    `INSERT INTO saved_prompt_versions (saved_id, number, prompt, negative, options, at)
     SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ?, ? FROM saved_prompt_versions WHERE saved_id = ?`,
    id,
    version.prompt,
    version.negativePrompt,
    JSON.stringify(version.options),
    version.at,
    id,
  );
  writer.run(`UPDATE saved_prompts SET updated_at = ? WHERE id = ?`, version.at, id);
}

export function moveSavedPrompt(writer: Writer, id: string, to: { folder: string; name: string; at: number }): void {
  writer.run(
    `UPDATE saved_prompts SET folder = ?, name = ?, updated_at = ? WHERE id = ?`,
    to.folder,
    to.name,
    to.at,
    id,
  );
}

/** `at`: when it was removed; null brings it back. */
export function setSavedRemoved(writer: Writer, id: string, at: number | null): number {
  return writer.run(`UPDATE saved_prompts SET removed_at = ? WHERE id = ?`, at, id);
}

/** One that was removed, for bringing it back. */
export function removedPrompt(reader: Reader, id: string): { folder: string; name: string } | null {
  return (
    reader.get<{ folder: string; name: string }>(
      `SELECT folder, name FROM saved_prompts WHERE id = ? AND removed_at IS NOT NULL`,
      id,
    ) ?? null
  );
}
