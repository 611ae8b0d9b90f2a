import { useMemo } from 'react';
import { composeContext, routeContext } from './compose-context.ts';
import { problemOf, type DraftProblem } from './draft-problem.ts';
import type { Draft } from './draft.ts';
import { fitDraft, type FittedDraft } from './fit-draft.ts';
import type { ChosenModel } from './model-choice.ts';

interface ComposeForm {
  readonly draft: Draft;
  readonly change: (change: Partial<Draft>) => void;
  /** Easel finds who does it; `chosen` is whom it would ask first now. */
  readonly isAutomatic: boolean;
  readonly chosen: ChosenModel | null;
  /** Null without a model. */
  readonly fitted: FittedDraft | null;
  readonly problem: DraftProblem | null;
  /** The field whose number can't be used, as it is called in the form; null: there is none. */
  readonly wrongNumber: string | null;
}

/** The draft with what the model makes of it that would do it. */
export function useCompose(): ComposeForm {
  const draft = composeContext.useStore((state) => state.draft);
  const change = composeContext.useStore((state) => state.change);
  const [wrongNumber = null] = composeContext.useStore((state) => state.wrongNumbers);
  const isAutomatic = routeContext.useStore((state) => state.plan.isAutomatic);
  const chosen = routeContext.useStore((state) => state.plan.chosen);
  const outlook = routeContext.useStore((state) => state.plan.outlook);

  return useMemo(
    () => ({
      draft,
      change,
      isAutomatic,
      chosen,
      fitted: chosen === null ? null : fitDraft(draft, chosen.model),
      problem: problemOf(draft, { isAutomatic, chosen, outlook }),
      wrongNumber,
    }),
    [draft, change, isAutomatic, chosen, outlook, wrongNumber],
  );
}
