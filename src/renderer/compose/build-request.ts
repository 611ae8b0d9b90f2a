import { largestCount, type GenerationRequestInput } from '../../shared/models/generation-request.ts';
import type { Draft } from './draft.ts';
import { fitDraft, takesImage, treatsImage, type FittedDraft } from './fit-draft.ts';
import type { ChosenModel } from './model-choice.ts';
import { requestWords } from './request-words.ts';

const given = <Value>(name: string, value: Value | null): Record<string, Value> =>
  value === null ? {} : { [name]: value };

/** The request for a draft without problems. What the model doesn't take isn't in it. */
export function buildRequest(draft: Draft, { provider, model }: ChosenModel): GenerationRequestInput {
  const fitted: FittedDraft = fitDraft(draft, model);
  return {
    operation: fitted.operation,
    // What stands in the editor does not describe a picture that is only treated.
    ...(treatsImage(fitted.operation) ? { prompt: '' } : requestWords(draft)),
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
