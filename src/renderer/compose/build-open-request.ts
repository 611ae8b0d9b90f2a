import { largestCount, type GenerationRequestInput, type Operation } from '../../shared/models/generation-request.ts';
import type { RouteWishes } from '../../shared/models/route-wishes.ts';
import { aspects, type Size } from './aspect.ts';
import type { Draft, DraftWishes } from './draft.ts';
import { fitDraft, wantedSize } from './fit-draft.ts';
import type { ChosenModel } from './model-choice.ts';
import { requestWords } from './request-words.ts';

const usualPixels = 1024 * 1024;
const step = 16;
/** Pixels that a side may have in a request. */
const inside = (side: number): number => Math.min(16_384, Math.max(16, side));

/** A size of this shape with as many pixels as most models are at their best with. */
function openSize(ratio: number): Size {
  const width = Math.sqrt(usualPixels * ratio);
  const side = (length: number): number => inside(Math.round(length / step) * step);
  return { width: side(width), height: side(width / ratio) };
}

/** Of the shape that the draft has; as the form's model makes it, once there is one. */
function sizeOf(draft: Draft, form: ChosenModel | null): Size | null {
  const { aspect, image } = draft;
  if (aspect === 'custom') return { width: inside(draft.width), height: inside(draft.height) };
  if (form?.model.parameters.includes('size') === true) {
    const fitted = fitDraft(draft, form.model).size ?? wantedSize(draft, form.model);
    return { width: fitted.width, height: fitted.height };
  }
  // A square is what a model that takes no size makes anyhow.
  if (aspect === '1:1') return form === null ? openSize(1) : null;
  if (aspect !== 'reference') return openSize(aspects[aspect][0] / aspects[aspect][1]);
  // A picture made from another one has that one's shape unless a size is asked for.
  const { width = null, height = null } = form === null ? (image ?? {}) : {};
  return width === null || height === null ? null : openSize(width / height);
}

/** The pictures decide, as far as any model can do it; enlarging and the like is asked for by choosing a model. */
function operationOf({ image, mask }: Draft): Operation {
  if (image === null) return 'textToImage';
  return mask === null ? 'imageToImage' : 'inpaint';
}

function wishesOf({ strategy, tier, maxUsd, localOnly, providers, musts }: DraftWishes): RouteWishes {
  return {
    ...(strategy !== null && { strategy }),
    ...(tier !== null && { tier }),
    ...(maxUsd !== null && { maxUsd }),
    ...(localOnly && { localOnly }),
    ...(providers.length > 0 && { providers: [...providers] }),
    ...(musts !== null && { musts }),
  };
}

/**
 * The request of a draft that leaves to Easel who does it: names and numbers stay as they were set, so that each model is
 * measured by them. What is chosen from a model's own list goes with it only where the form's model has that entry.
 */
export function buildOpenRequest(draft: Draft, form: ChosenModel | null): GenerationRequestInput {
  const wishes = wishesOf(draft.wishes);
  const listed = form === null ? null : fitDraft(draft, form.model);
  const given = <Value>(name: string, value: Value | null | undefined): Record<string, Value> =>
    value === null || value === undefined ? {} : { [name]: value };
  return {
    operation: operationOf(draft),
    ...requestWords(draft),
    negativePrompt: draft.negativePrompt.trim(),
    count: Math.min(draft.count, largestCount),
    project: draft.project.trim(),
    loras: [...(listed?.loras ?? [])],
    ...sizeOf(draft, form),
    ...given('seed', draft.seed),
    ...given('steps', draft.steps),
    ...given('guidance', draft.guidance),
    ...given('strength', draft.image === null ? null : draft.strength),
    ...given('sampler', listed?.sampler),
    ...given('scheduler', listed?.scheduler),
    ...given('style', listed?.style),
    ...given('outputFormat', listed?.outputFormat),
    ...given('image', draft.image?.id),
    ...given('mask', draft.image === null ? null : draft.mask?.id),
    ...(draft.image !== null && draft.references.length > 0 && { references: draft.references.map(({ id }) => id) }),
    ...(Object.keys(wishes).length > 0 && { wishes }),
  };
}
