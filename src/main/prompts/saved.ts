import { AppError } from '../../shared/errors.ts';
import type { PromptOptions } from '../../shared/models/prompt-options.ts';
import type { SavedPrompt, SavedPromptVersion } from '../../shared/models/saved-prompt.ts';
import { nearestNames } from '../../shared/nearest-names.ts';
import { readPromptList, type PromptListFormat } from '../../shared/prompt-text/prompt-list.ts';
import type { Database, Writer } from '../database/database.ts';
import {
  addVersion,
  insertSavedPrompt,
  moveSavedPrompt,
  removedPrompt,
  savedPromptById,
  savedPromptNamed,
  savedPrompts,
  setSavedRemoved,
  versionsOf,
} from '../database/saved-prompts.ts';
import { newId } from '../new-id.ts';

const shownAtMost = 20_000;
/** A name that a prompt gets from its own first words. */
const nameLength = 60;

export interface PromptToSave {
  readonly folder: string;
  readonly name: string;
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly options: PromptOptions;
}

/** Prompts that are kept, in folders; each change of one is a version of its own. */
export function createSavedPrompts({ database, now }: { database: Database; now: () => number }) {
  const known = (id: string): SavedPrompt => {
    const saved = savedPromptById(database.read, id);
    if (!saved) throw new AppError('notFound', 'This prompt is not in the library of prompts any more.');
    return saved;
  };
  const refuseTaken = (folder: string, name: string, id: string | null): void => {
    const other = savedPromptNamed(database.read, folder, name);
    if (!other || other.id === id) return;
    const where = folder === '' ? '' : ` in ${folder}`;
    throw new AppError('wrongState', `There is a prompt called "${name}"${where} already. Choose another name.`);
  };
  const insert = (writer: Writer, { folder, name, ...version }: PromptToSave): string => {
    const id = newId();
    const at = now();
    insertSavedPrompt(writer, { id, folder, name, at });
    addVersion(writer, id, { ...version, at });
    return id;
  };

  return {
    list: (): SavedPrompt[] => savedPrompts(database.read, shownAtMost),
    versions: (id: string): SavedPromptVersion[] => {
      known(id);
      return versionsOf(database.read, id);
    },
    /** Keeps a new prompt. Throws `wrongState` where the name is taken. */
    add: (prompt: PromptToSave): SavedPrompt => {
      refuseTaken(prompt.folder, prompt.name, null);
      return known(database.write((writer) => insert(writer, prompt)));
    },
    /** Changes a prompt; other words become its next version. */
    change: ({ id, ...wanted }: PromptToSave & { id: string }): SavedPrompt => {
      const { version, folder, name } = known(id);
      refuseTaken(wanted.folder, wanted.name, id);
      const { prompt, negativePrompt, options } = wanted;
      const isSame = JSON.stringify([version.prompt, version.negativePrompt, version.options]);
      database.write((writer) => {
        if (isSame !== JSON.stringify([prompt, negativePrompt, options])) {
          addVersion(writer, id, { prompt, negativePrompt, options, at: now() });
        }
        if (folder !== wanted.folder || name !== wanted.name) {
          moveSavedPrompt(writer, id, { folder: wanted.folder, name: wanted.name, at: now() });
        }
      });
      return known(id);
    },
    remove: (id: string): void => {
      known(id);
      database.write((writer) => setSavedRemoved(writer, id, now()));
    },
    restore: (id: string): SavedPrompt => {
      const removed = removedPrompt(database.read, id);
      if (removed) {
        refuseTaken(removed.folder, removed.name, id);
        database.write((writer) => setSavedRemoved(writer, id, null));
      }
      return known(id);
    },
    find: ({ folder, name }: { folder: string; name: string }): SavedPrompt | null =>
      savedPromptNamed(database.read, folder, name),
    /** The one called `<folder>/<name>`. Throws `notFound`, and says which names come near. */
    named: (path: string): SavedPrompt => {
      const cut = path.lastIndexOf('/');
      const found = savedPromptNamed(database.read, cut < 0 ? '' : path.slice(0, cut), path.slice(cut + 1));
      if (found) return found;
      const names = savedPrompts(database.read, shownAtMost).map(({ folder, name }) =>
        folder === '' ? name : `${folder}/${name}`,
      );
      const near = nearestNames(path, names);
      const help = names.length === 0 ? ' None was saved yet.' : near.length > 0 ? ` Near: ${near.join(', ')}.` : '';
      throw new AppError('notFound', `There is no saved prompt "${path}".${help}`);
    },
    /** Keeps all prompts of a list, in `folder` where it names none. Those that are there already are left out. Throws AppError. */
    importList: (content: string, format: PromptListFormat, folder: string): { added: number; there: number } => {
      const listed = readPromptList(content, format);
      return database.write((writer) => {
        let added = 0;
        for (const { prompt, negativePrompt, options, ...place } of listed) {
          const into = place.folder === '' ? folder : place.folder;
          const name = freeName(writer, into, place.name ?? nameOf(prompt), prompt);
          if (name === null) continue;
          insert(writer, { folder: into, name, prompt, negativePrompt, options });
          added += 1;
        }
        return { added, there: listed.length - added };
      });
    },
  };
}

/** The first words of a prompt, as its name. */
function nameOf(prompt: string): string {
  const plain = prompt.replaceAll(/[\s/\\\p{Cc}]+/gu, ' ').trim();
  if (plain.length <= nameLength) return plain;
  return `${plain.slice(0, nameLength).replace(/\s\S*$/, '')}…`.toWellFormed();
}

/** The name, with a number where another prompt has it; null: this very prompt has it. */
function freeName(writer: Writer, folder: string, name: string, prompt: string): string | null {
  for (let number = 1; ; number += 1) {
    const tried = number === 1 ? name : `${name} (${number})`;
    const other = savedPromptNamed(writer, folder, tried);
    if (!other) return tried;
    if (other.version.prompt === prompt) return null;
  }
}
