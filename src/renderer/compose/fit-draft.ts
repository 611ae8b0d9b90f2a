import type { Lora, Operation, OutputFormat } from '../../shared/models/generation-request.ts';
import type { Model } from '../../shared/models/provider.ts';
import { sizeForReference } from '../../shared/routing/fit-size.ts';
import { fitSize, sizeForPreset, sizeForRatio, type Size } from './aspect.ts';
import type { Draft, DraftPicture } from './draft.ts';

/** What isn't as the user set it; each entry is a sentence under its field. */
export interface FitNotes {
  size?: { readonly from: Size; readonly to: Size };
  /** The wanted one, which the model doesn't have. */
  sampler?: string;
  scheduler?: string;
  /** Names that the model doesn't have. */
  loras?: readonly string[];
  /** The picture is kept, and not used. */
  imageUnused?: true;
  maskUnused?: true;
  /** How many of the further references are not used. */
  referencesUnused?: number;
  style?: string;
}

/** The draft as this model will get it. Null: the model's own way, nothing is sent. */
export interface FittedDraft {
  readonly operation: Operation;
  readonly size: Size | null;
  readonly negativePrompt: string;
  readonly seed: number | null;
  readonly steps: number | null;
  readonly guidance: number | null;
  readonly sampler: string | null;
  readonly scheduler: string | null;
  readonly strength: number | null;
  readonly loras: readonly Lora[];
  readonly style: string | null;
  readonly outputFormat: OutputFormat | null;
  readonly scale: number | null;
  readonly seconds: number | null;
  readonly references: readonly DraftPicture[];
  readonly notes: Readonly<FitNotes>;
}

const hasOnly = (model: Model, operation: Operation): boolean => model.operations.every((own) => own === operation);

/** What the draft asks of this model: which pictures there are decides, as far as the model can do it. */
export function operationFor(draft: Pick<Draft, 'image' | 'mask'>, model: Model): Operation {
  if (hasOnly(model, 'upscale')) return 'upscale';
  if (draft.image !== null && draft.mask !== null && model.operations.includes('inpaint')) return 'inpaint';
  if (draft.image !== null && model.operations.includes('imageToImage')) return 'imageToImage';
  return model.operations.includes('textToImage') ? 'textToImage' : (model.operations[0] ?? 'textToImage');
}

/** Whether this operation of the model starts from a picture, or can. */
export function takesImage(operation: Operation, { startsFrom }: Pick<Model, 'startsFrom'>): boolean {
  return operation === 'video' ? startsFrom !== 'prompt' : operation !== 'textToImage';
}

/** Whether it is nothing without a picture. */
export function needsImage(operation: Operation, { startsFrom }: Pick<Model, 'startsFrom'>): boolean {
  return operation === 'video' ? startsFrom === 'image' : operation !== 'textToImage';
}

/** Whether the result is the picture itself, treated: words, size and number have no meaning then. */
export function treatsImage(operation: Operation): boolean {
  return operation === 'upscale' || operation === 'removeBackground';
}

/** The size as the user wants it, before the model's limits. */
export function wantedSize(draft: Draft, model: Model): Size {
  if (draft.aspect === 'custom') return draft;
  if (draft.aspect !== 'reference') return sizeForPreset(draft.aspect, model);
  const { width = null, height = null } = draft.image ?? {};
  if (width === null || height === null) return draft;
  // What only lends its shape is not enlarged by being drawn larger.
  return takesImage(operationFor(draft, model), model)
    ? sizeForReference({ width, height }, model)
    : sizeForRatio(width / height, model);
}

function fitChoice<Value extends string | number>(
  wanted: Value | null,
  choices: readonly Value[],
): { value: Value | null; missing: boolean } {
  const missing = wanted !== null && !choices.includes(wanted);
  return { value: missing ? null : wanted, missing };
}

/** Fits the draft to a model and says what had to change. The draft itself stays as it is. */
export function fitDraft(draft: Draft, model: Model): FittedDraft {
  const operation = operationFor(draft, model);
  const notes: FitNotes = {};
  const can = (parameter: Model['parameters'][number]): boolean => model.parameters.includes(parameter);

  const wanted = wantedSize(draft, model);
  const size = can('size') && !treatsImage(operation) ? fitSize(wanted, model) : null;
  if (size !== null && (size.width !== wanted.width || size.height !== wanted.height)) {
    notes.size = { from: { width: wanted.width, height: wanted.height }, to: size };
  }

  const sampler = fitChoice(can('sampler') ? draft.sampler : null, model.choices.samplers);
  if (sampler.missing && draft.sampler !== null) notes.sampler = draft.sampler;
  const scheduler = fitChoice(can('scheduler') ? draft.scheduler : null, model.choices.schedulers);
  if (scheduler.missing && draft.scheduler !== null) notes.scheduler = draft.scheduler;

  const wantedLoras = can('loras') ? draft.loras : [];
  // Without a list, the service loads whatever is named.
  const offered = model.choices.loras;
  const loras = wantedLoras.filter(({ name }) => offered.length === 0 || offered.includes(name));
  const missingLoras = wantedLoras.filter((lora) => !loras.includes(lora)).map(({ name }) => name);
  if (missingLoras.length > 0) notes.loras = missingLoras;

  const { styles = [], outputFormats = [], scales = [], seconds: lengths = [] } = model.choices;
  const style = fitChoice(can('style') ? draft.style : null, styles);
  if (style.missing && draft.style !== null) notes.style = draft.style;
  const usesReferences = can('references') && draft.image !== null && takesImage(operation, model);
  const references = usesReferences ? draft.references.slice(0, model.limits.references) : [];
  if (references.length < draft.references.length) {
    notes.referencesUnused = draft.references.length - references.length;
  }

  if (draft.image !== null && !takesImage(operation, model)) notes.imageUnused = true;
  else if (draft.mask !== null && operation !== 'inpaint') notes.maskUnused = true;

  return {
    operation,
    size,
    negativePrompt: can('negativePrompt') ? draft.negativePrompt : '',
    seed: can('seed') ? draft.seed : null,
    steps: can('steps') ? draft.steps : null,
    guidance: can('guidance') ? draft.guidance : null,
    sampler: sampler.value,
    scheduler: scheduler.value,
    strength: can('strength') && (operation === 'imageToImage' || operation === 'inpaint') ? draft.strength : null,
    loras,
    style: style.value,
    outputFormat: fitChoice(can('outputFormat') ? draft.outputFormat : null, outputFormats).value,
    scale: fitChoice(can('scale') ? draft.scale : null, scales).value,
    seconds: fitChoice(can('seconds') ? draft.seconds : null, lengths).value,
    references,
    notes,
  };
}
