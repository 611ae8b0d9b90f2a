import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorReport } from '../../../shared/errors.ts';
import { longestPrompt } from '../../../shared/models/generation-request.ts';
import { isDynamic } from '../../../shared/prompt-text/resolve-prompt.ts';
import type { Client } from '../../backend/client.ts';
import { readError } from '../../backend/read-error.ts';
import type { ComposeState } from '../compose-store.ts';
import type { Draft } from '../draft.ts';

/** What one draw makes of a prompt with choices, wildcards or variables. */
export interface DrawPreviewState {
  /** Null: nothing in the prompt is drawn. While the next one is awaited, the one before stays. */
  readonly drawn: { readonly text: string } | { readonly error: ErrorReport } | null;
  /** Another seed, for the preview only. */
  readonly drawAgain: () => void;
}

/** While somebody types. */
const pauseMs = 300;

export function createDrawPreviewStore(parts: {
  readonly client: { readonly prompts: Pick<Client['prompts'], 'resolve'> };
  readonly compose: StoreApi<Pick<ComposeState, 'draft'>>;
  readonly randomSeed: () => number;
}): StoreApi<DrawPreviewState> {
  const { client, compose, randomSeed } = parts;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = new AbortController();
  let seed = randomSeed();

  const draw = async (): Promise<void> => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const { prompt, promptOptions } = compose.getState().draft;
    if (prompt.length > longestPrompt || !isDynamic(prompt)) {
      store.setState({ drawn: null });
      return;
    }
    try {
      const answer = await client.prompts.resolve({ prompt, variables: promptOptions.variables, seed }, { signal });
      if (!signal.aborted) store.setState({ drawn: { text: answer.prompt } });
    } catch (error) {
      if (!signal.aborted) store.setState({ drawn: { error: readError(error) } });
    }
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void draw(), pauseMs);
  };

  const store = createStore<DrawPreviewState>(() => ({
    drawn: null,
    drawAgain: () => {
      seed = randomSeed();
      clearTimeout(timer);
      void draw();
    },
  }));

  const isOther = (one: Draft, other: Draft): boolean =>
    one.prompt !== other.prompt || one.promptOptions.variables !== other.promptOptions.variables;
  compose.subscribe(({ draft }, before) => {
    if (isOther(draft, before.draft)) later();
  });
  if (compose.getState().draft.prompt !== '') later();
  return store;
}
