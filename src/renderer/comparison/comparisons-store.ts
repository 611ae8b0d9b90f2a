import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorReport } from '../../shared/errors.ts';
import type { Comparison, PromptKind, Verdict } from '../../shared/models/comparison.ts';
import type { GenerationRequestInput } from '../../shared/models/generation-request.ts';
import type { ModelScore } from '../../shared/models/routing.ts';
import type { ComparedModel } from '../../shared/routing/price-comparison.ts';
import type { Client } from '../backend/client.ts';
import { readError } from '../backend/read-error.ts';
import type { Notify } from '../ui/toast.ts';

export type ScoreKind = 'all' | PromptKind;

/** What is in the form. `size` is `<width>x<height>`, or empty for each model's own. */
export interface ComparisonDraft {
  readonly prompt: string;
  readonly size: string;
  readonly models: readonly ComparedModel[];
  readonly maxUsd: number | null;
}

/** Comparisons and the scores that come of them. */
export interface ComparisonsState {
  readonly loaded: boolean;
  /** Newest first. */
  readonly comparisons: readonly Comparison[];
  /** Where the list goes on; null: it is whole. */
  readonly next: string | null;
  /** The one that fills the view; null: the form and the list do. */
  readonly shownId: string | null;
  readonly draft: ComparisonDraft;
  readonly isStarting: boolean;
  /** Why the last start was refused. */
  readonly refusal: ErrorReport | null;
  /** A vote is on its way: another one waits for the next pair. */
  readonly isVoting: boolean;
  readonly kind: ScoreKind;
  readonly scores: readonly ModelScore[];
  readonly load: (signal?: AbortSignal) => Promise<void>;
  /** Another library: nothing known is true of it. */
  readonly forget: () => void;
  readonly loadMore: () => Promise<void>;
  readonly comparisonChanged: (comparison: Comparison) => void;
  readonly show: (id: string | null) => void;
  readonly change: (draft: Partial<ComparisonDraft>) => void;
  /** Shows the new comparison; a refusal is kept in `refusal`. */
  readonly start: () => Promise<void>;
  /** About the pair that is asked about. */
  readonly vote: (comparison: Comparison, verdict: Verdict) => Promise<void>;
  readonly finish: (id: string) => Promise<void>;
  readonly showScores: (kind: ScoreKind) => Promise<void>;
}

const pageLength = 30;
const emptyDraft: ComparisonDraft = { prompt: '', size: '', models: [], maxUsd: null };

/** What the draft asks of every model. */
export function requestOf({ prompt, size }: Pick<ComparisonDraft, 'prompt' | 'size'>): GenerationRequestInput {
  const [width, height] = size.split('x').map(Number);
  return { prompt, ...(width && height ? { width, height } : {}) };
}

export function createComparisonsStore({
  client,
  notify,
}: {
  readonly client: Pick<Client, 'comparison'>;
  readonly notify: Notify;
}): StoreApi<ComparisonsState> {
  return createStore<ComparisonsState>((set, get) => {
    const complain = (error: unknown): void => notify({ kind: 'error', error: readError(error) });
    const put = (changed: Comparison): void => {
      const { comparisons } = get();
      const isKnown = comparisons.some(({ id }) => id === changed.id);
      set({
        comparisons: isKnown
          ? comparisons.map((other) => (other.id === changed.id ? changed : other))
          : [changed, ...comparisons].sort((one, other) => (one.id < other.id ? 1 : -1)),
      });
    };
    const known = (id: string): Comparison | undefined => get().comparisons.find((one) => one.id === id);
    /** What was pushed while the answer was on its way is at least as new. */
    const putAnswer = (answer: Comparison, before: Comparison | undefined): void => {
      if (known(answer.id) === before) put(answer);
    };
    const readScores = async (signal?: AbortSignal): Promise<void> => {
      const { kind } = get();
      const { scores } = await client.comparison.scores({ kind }, { signal });
      if (get().kind === kind) set({ scores });
    };

    return {
      loaded: false,
      comparisons: [],
      next: null,
      shownId: null,
      draft: emptyDraft,
      isStarting: false,
      refusal: null,
      isVoting: false,
      kind: 'all',
      scores: [],
      load: async (signal) => {
        const { comparisons, next } = await client.comparison.list({ limit: pageLength }, { signal });
        set({ comparisons, next, loaded: true });
        await readScores(signal);
      },
      forget: () => set({ loaded: false, comparisons: [], next: null, shownId: null, refusal: null, scores: [] }),
      loadMore: async () => {
        const { next: before } = get();
        if (before === null) return;
        try {
          const { comparisons, next } = await client.comparison.list({ limit: pageLength, before });
          set((state) => ({ comparisons: [...state.comparisons, ...comparisons], next }));
        } catch (error) {
          complain(error);
        }
      },
      comparisonChanged: (comparison) => {
        put(comparison);
        if (comparison.state === 'done') readScores().catch(complain);
      },
      show: (shownId) => set({ shownId }),
      change: (draft) => set((state) => ({ draft: { ...state.draft, ...draft }, refusal: null })),
      start: async () => {
        const { draft, isStarting } = get();
        if (isStarting) return;
        set({ isStarting: true, refusal: null });
        try {
          const { models, maxUsd } = draft;
          const started = await client.comparison.start({ request: requestOf(draft), models: [...models], maxUsd });
          putAnswer(started, undefined);
          set({ shownId: started.id });
        } catch (error) {
          set({ refusal: readError(error) });
        } finally {
          set({ isStarting: false });
        }
      },
      vote: async ({ id, pair }, verdict) => {
        if (pair === null || get().isVoting) return;
        set({ isVoting: true });
        const before = known(id);
        try {
          putAnswer(await client.comparison.vote({ id, first: pair[0], second: pair[1], verdict }), before);
        } catch (error) {
          complain(error);
        } finally {
          set({ isVoting: false });
        }
      },
      finish: async (id) => {
        const before = known(id);
        try {
          putAnswer(await client.comparison.finish({ id }), before);
        } catch (error) {
          complain(error);
        }
      },
      showScores: async (kind) => {
        set({ kind });
        try {
          await readScores();
        } catch (error) {
          complain(error);
        }
      },
    };
  });
}
