import { longestPrompt, ProjectName } from '../../shared/models/generation-request.ts';
import type { Draft } from './draft.ts';
import { fitDraft, needsImage, takesImage, treatsImage } from './fit-draft.ts';
import type { ChosenModel } from './model-choice.ts';
import type { DraftPlan } from './plan-draft.ts';

/** What keeps a draft from being a request. Each is a sentence in the string table. */
export type DraftProblem =
  | 'noModel'
  | 'providerNotReady'
  | 'nobodyCan'
  | 'promptEmpty'
  | 'promptTooLong'
  | 'negativeTooLong'
  | 'imageNeeded'
  | 'maskNeeded'
  | 'maskSize'
  | 'projectName';

type Planned = Pick<DraftPlan, 'isAutomatic' | 'chosen' | 'outlook'>;

/** The first thing to put right, or null. A job may wait for a provider that is away, so that is no problem. */
export function problemOf(draft: Draft, { isAutomatic, chosen, outlook }: Planned): DraftProblem | null {
  if (isAutomatic) return ownProblem(draft, outlook);
  return chosen === null ? 'noModel' : problemWith(draft, chosen, outlook);
}

/** Where Easel finds who does it: nobody's limits but the draft's own. */
function ownProblem(draft: Draft, outlook: DraftPlan['outlook']): DraftProblem | null {
  if (draft.prompt.length > longestPrompt) return 'promptTooLong';
  if (draft.negativePrompt.length > longestPrompt) return 'negativeTooLong';
  if (draft.prompt.trim() === '') return 'promptEmpty';
  return maskProblem(draft) ?? projectProblem(draft) ?? (outlook === 'never' ? 'nobodyCan' : null);
}

function problemWith(
  draft: Draft,
  { provider, model }: ChosenModel,
  outlook: DraftPlan['outlook'],
): DraftProblem | null {
  const { state } = provider.health;
  const isAway = state === 'unreachable' || state === 'offline' || state === 'locked' || state === 'checking';
  if (!provider.enabled || (state !== 'ready' && !isAway)) return 'providerNotReady';
  const { operation, negativePrompt } = fitDraft(draft, model);
  const saysNothing = treatsImage(operation);
  if (!saysNothing && draft.prompt.length > longestPrompt) return 'promptTooLong';
  if (negativePrompt.length > longestPrompt) return 'negativeTooLong';
  if (needsImage(operation, model) && draft.image === null) return 'imageNeeded';
  const isMoved = operation === 'video' && draft.image !== null && takesImage(operation, model);
  if (!saysNothing && !isMoved && draft.prompt.trim() === '') return 'promptEmpty';
  if (operation === 'inpaint') {
    const problem = draft.mask === null ? 'maskNeeded' : maskProblem(draft);
    if (problem !== null) return problem;
  }
  return projectProblem(draft) ?? (outlook === 'never' ? 'nobodyCan' : null);
}

/** A picture recalled from a request has no known size until it is seen. */
function maskProblem({ image, mask }: Draft): DraftProblem | null {
  const wanted = image?.width ?? null;
  const given = mask?.width ?? null;
  if (wanted === null || given === null) return null;
  return wanted === given && image?.height === mask?.height ? null : 'maskSize';
}

function projectProblem({ project }: Draft): DraftProblem | null {
  return ProjectName.safeParse(project).success ? null : 'projectName';
}
