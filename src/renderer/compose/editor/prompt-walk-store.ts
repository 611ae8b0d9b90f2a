import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SentPrompt } from '../../../shared/models/prompt-history.ts';
import type { PromptText } from '../../../shared/models/prompt-stages.ts';
import type { Client } from '../../backend/client.ts';
import { readError } from '../../backend/read-error.ts';
import type { Notify } from '../../ui/toast.ts';

/** The way back through the prompts that were sent, from the draft that was being written and to it again. */
export interface PromptWalkState {
  /** The next older prompt; null where there is none, or where it could not be read. `draft` is what stands in the editor. */
  readonly older: (draft: PromptText) => Promise<PromptText | null>;
  /** The next newer one, at last the draft from which the walk began; null where that is in the editor. */
  readonly newer: (draft: PromptText) => PromptText | null;
}

const page = 50;
const isSame = (one: PromptText | null, other: PromptText): boolean =>
  one?.prompt === other.prompt && one.negativePrompt === other.negativePrompt;

export function createPromptWalkStore({
  client,
  notify,
}: {
  readonly client: { readonly prompts: Pick<Client['prompts'], 'history'> };
  readonly notify: Notify;
}): StoreApi<PromptWalkState> {
  /** Newest first; `next` is where the page after them begins: undefined before the first, null after the last. */
  let [sent, next]: [SentPrompt[], number | null | undefined] = [[], undefined];
  /** The draft that is kept, what was brought last, and which of the sent ones that is. */
  let [kept, shown, place]: [PromptText | null, PromptText | null, number] = [null, null, -1];
  let isReading = false;

  const begin = (draft: PromptText): void => {
    [sent, next] = [[], undefined];
    [kept, shown, place] = [draft, draft, -1];
  };

  const at = async (index: number): Promise<PromptText | null> => {
    while (index >= sent.length && next !== null) {
      const answer = await client.prompts.history({ limit: page, ...(next !== undefined && { before: next }) });
      sent = [...sent, ...answer.prompts];
      next = answer.prompts.length === 0 ? null : answer.next;
    }
    return sent[index] ?? null;
  };

  return createStore<PromptWalkState>(() => ({
    older: async (draft) => {
      if (isReading) return null;
      if (!isSame(shown, draft)) begin(draft);
      isReading = true;
      try {
        let index = place + 1;
        let found = await at(index);
        // What was just sent is in the editor already.
        while (found !== null && isSame(found, draft)) found = await at((index += 1));
        if (found === null) return null;
        place = index;
        shown = { prompt: found.prompt, negativePrompt: found.negativePrompt };
        return shown;
      } catch (error) {
        notify({ kind: 'error', error: readError(error) });
        return null;
      } finally {
        isReading = false;
      }
    },
    newer: (draft) => {
      if (isReading || place < 0 || !isSame(shown, draft)) return null;
      place -= 1;
      shown = place < 0 ? kept : (sent[place] ?? null);
      return shown === null ? null : { prompt: shown.prompt, negativePrompt: shown.negativePrompt };
    },
  }));
}
