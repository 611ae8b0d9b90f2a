import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorReport } from '../../../shared/errors.ts';
import type {
  AssistantAvailability,
  AssistantEvent,
  AssistantTask,
  OptimizedPrompt,
  OptimizeEvent,
} from '../../../shared/models/assistants.ts';
import type { Client } from '../../backend/client.ts';
import { readError } from '../../backend/read-error.ts';

/** What the editor can have written for it. */
export type EditorTask = 'optimize' | AssistantTask;

/** Who wrote a text, how long that took, and for a shortened one how much of it is left. */
export interface Writing extends Pick<OptimizedPrompt, 'text' | 'model' | 'ms' | 'reason'> {
  readonly by: OptimizedPrompt['by'];
  /** 0 to 1; null where it is not counted. */
  readonly conceptsKept: number | null;
}

/** One piece of work, from the wish to the answer. It changes nothing in the draft by itself. */
export interface AssistantWork {
  readonly task: EditorTask;
  /** What it began with. */
  readonly before: string;
  /** As it is being written. */
  readonly written: string;
  readonly model: string | null;
  /** Why what was written was dropped, the last time. */
  readonly again: string | null;
  readonly result: Writing | null;
  readonly error: ErrorReport | null;
}

export interface AssistantState {
  /** Null until it was asked for. */
  readonly available: readonly AssistantAvailability[] | null;
  readonly work: AssistantWork | null;
  readonly loadAvailable: () => Promise<void>;
  readonly optimize: (wish: { prompt: string; limit: number; locked: readonly string[] }) => Promise<void>;
  readonly run: (wish: {
    task: AssistantTask;
    text: string;
    style?: string;
    language?: string;
    inputId?: string;
  }) => Promise<void>;
  /** Stops what is under way, so that the model stops too, and puts the answer away. */
  readonly close: () => void;
}

export function createAssistantStore({
  client,
}: {
  readonly client: Pick<Client, 'assistants'>;
}): StoreApi<AssistantState> {
  return createStore<AssistantState>((set, get) => {
    let running = new AbortController();

    const change = (fields: Partial<AssistantWork>): void => {
      const { work } = get();
      if (work !== null) set({ work: { ...work, ...fields } });
    };
    const take = (event: OptimizeEvent | AssistantEvent): void => {
      switch (event.kind) {
        case 'model':
          change({ model: event.model });
          break;
        case 'thinking':
          break;
        case 'text':
          change({ written: (get().work?.written ?? '') + event.text });
          break;
        case 'again':
          change({ written: '', again: event.reason });
          break;
        case 'done': {
          const { text, model, ms } = event.result;
          const shortened = 'by' in event.result ? event.result : null;
          const result: Writing = {
            ...{ text, model, ms, by: shortened?.by ?? 'ollama', reason: shortened?.reason ?? null },
            conceptsKept: shortened?.conceptsKept ?? null,
          };
          change({ written: text, model, result });
        }
      }
    };

    const work = async (
      task: EditorTask,
      before: string,
      ask: (signal: AbortSignal) => Promise<AsyncIterable<OptimizeEvent | AssistantEvent>>,
    ): Promise<void> => {
      running.abort();
      running = new AbortController();
      const { signal } = running;
      set({ work: { task, before, written: '', model: null, again: null, result: null, error: null } });
      try {
        for await (const event of await ask(signal)) {
          if (signal.aborted) return;
          take(event);
        }
      } catch (error) {
        if (!signal.aborted) change({ error: readError(error) });
      }
    };

    return {
      available: null,
      work: null,
      loadAvailable: async () => {
        try {
          set({ available: (await client.assistants.available()).tasks });
        } catch {
          // Whoever starts one is told why it can't be.
          set({ available: null });
        }
      },
      optimize: ({ prompt, limit, locked }) =>
        work('optimize', prompt, (signal) =>
          client.assistants.optimize({ prompt, limit, locked: [...locked] }, { signal }),
        ),
      run: (wish) => work(wish.task, wish.text, (signal) => client.assistants.run(wish, { signal })),
      close: () => {
        running.abort();
        set({ work: null });
      },
    };
  });
}
