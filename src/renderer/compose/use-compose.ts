import { useMemo } from 'react';
import { providersContext } from '../ui/stores/shared-stores.ts';
import { problemOf, type DraftProblem } from './build-request.ts';
import { composeContext } from './compose-context.ts';
import { modelOf } from './compose-store.ts';
import type { Draft } from './draft.ts';
import { fitDraft, type FittedDraft } from './fit-draft.ts';
import type { ChosenModel } from './model-choice.ts';

interface ComposeForm {
  readonly draft: Draft;
  readonly change: (change: Partial<Draft>) => void;
  readonly chosen: ChosenModel | null;
  /** Null without a model. */
  readonly fitted: FittedDraft | null;
  readonly problem: DraftProblem | null;
}

/** The draft with what the chosen model makes of it. */
export function useCompose(): ComposeForm {
  const draft = composeContext.useStore((state) => state.draft);
  const change = composeContext.useStore((state) => state.change);
  const providers = providersContext.useStore((state) => state.providers);

  return useMemo(() => {
    const chosen = modelOf(draft, providers);
    return {
      draft,
      change,
      chosen,
      fitted: chosen === null ? null : fitDraft(draft, chosen.model),
      problem: problemOf(draft, chosen),
    };
  }, [draft, change, providers]);
}
