import {
  largestCount,
  longestPrompt,
  ProjectName,
  type GenerationRequestInput,
} from '../../shared/models/generation-request.ts';
import type { Draft } from './draft.ts';
import { fitDraft, needsImage, takesImage, treatsImage, type FittedDraft } from './fit-draft.ts';
import { isUsable, type ChosenModel } from './model-choice.ts';

/** What keeps a draft from being a request. Each is a sentence in the string table. */
export type DraftProblem =
  | 'noModel'
  | 'providerNotReady'
  | 'promptEmpty'
  | 'promptTooLong'
  | 'promptBeyondModel'
  | 'negativeTooLong'
  | 'imageNeeded'
  | 'maskNeeded'
  | 'maskSize'
  | 'projectName';

/** The first thing to put right, or null. */
export function problemOf(draft: Draft, chosen: ChosenModel | null): DraftProblem | null {
  if (chosen === null) return 'noModel';
  if (!isUsable(chosen.provider)) return 'providerNotReady';
  const { operation, negativePrompt } = fitDraft(draft, chosen.model);
  const { model } = chosen;
  const saysNothing = treatsImage(operation);
  if (!saysNothing && draft.prompt.length > longestPrompt) return 'promptTooLong';
  if (!saysNothing && draft.prompt.trim().length > model.limits.promptCharacters) return 'promptBeyondModel';
  if (negativePrompt.length > longestPrompt) return 'negativeTooLong';
  if (needsImage(operation, model) && draft.image === null) return 'imageNeeded';
  const isMoved = operation === 'video' && draft.image !== null && takesImage(operation, model);
  if (!saysNothing && !isMoved && draft.prompt.trim() === '') return 'promptEmpty';
  if (operation === 'inpaint') {
    const { image, mask } = draft;
    if (mask === null) return 'maskNeeded';
    const known = typeof image?.width === 'number' && mask.width !== null;
    if (known && (image.width !== mask.width || image.height !== mask.height)) return 'maskSize';
  }
  if (!ProjectName.safeParse(draft.project).success) return 'projectName';
  return null;
}

const given = <Value>(name: string, value: Value | null): Record<string, Value> =>
  value === null ? {} : { [name]: value };

/** The request for a draft without problems. What the model doesn't take isn't in it. */
export function buildRequest(draft: Draft, { provider, model }: ChosenModel): GenerationRequestInput {
  const fitted: FittedDraft = fitDraft(draft, model);
  return {
    operation: fitted.operation,
    // What stands in the editor does not describe a picture that is only treated.
    prompt: treatsImage(fitted.operation) ? '' : draft.prompt.trim(),
    negativePrompt: fitted.negativePrompt.trim(),
    provider: provider.manifest.id,
    model: model.id,
    count: treatsImage(fitted.operation) ? 1 : Math.min(draft.count, largestCount),
    project: draft.project.trim(),
    loras: [...fitted.loras],
    ...fitted.size,
    ...given('seed', fitted.seed),
    ...given('steps', fitted.steps),
    ...given('guidance', fitted.guidance),
    ...given('sampler', fitted.sampler),
    ...given('scheduler', fitted.scheduler),
    ...given('strength', fitted.strength),
    ...given('style', fitted.style),
    ...given('outputFormat', fitted.outputFormat),
    ...given('scale', fitted.scale),
    ...given('seconds', fitted.seconds),
    ...(fitted.references.length > 0 && { references: fitted.references.map(({ id }) => id) }),
    ...(takesImage(fitted.operation, model) && given('image', draft.image?.id ?? null)),
    ...(fitted.operation === 'inpaint' && given('mask', draft.mask?.id ?? null)),
  };
}
