import { ProviderError, type ProviderRequest } from '../provider.ts';
import { shapeOf } from './shapes.ts';
import { spellingOf } from './spelling.ts';

/** Addresses of the request's pictures. */
export interface InputUrls {
  readonly image: string | null;
  readonly mask: string | null;
  readonly references: readonly string[];
}

/** The `input` of a prediction. Only what its model declares is in the request. */
export function inputOf(request: ProviderRequest, urls: InputUrls): Record<string, unknown> {
  const { model, negativePrompt, steps, guidance, strength, scheduler, scale, outputFormat } = request;
  const spelling = spellingOf(model.id);
  const given = <Value>(field: string, value: Value | null): Record<string, Value> =>
    value === null ? {} : { [field]: value };
  return {
    ...spelling.fixed,
    ...(request.prompt === '' || request.operation === 'upscale' ? {} : { prompt: request.prompt }),
    ...(negativePrompt === '' ? {} : { negative_prompt: negativePrompt }),
    ...sizeOf(request),
    ...(spelling.hasCount ? { num_outputs: request.count } : {}),
    ...(model.parameters.includes('seed') ? { seed: request.seed } : {}),
    ...given('num_inference_steps', steps),
    ...given(spelling.guidance, guidance),
    ...given('prompt_strength', strength),
    ...given('scheduler', scheduler),
    ...picturesOf(spelling, urls),
    ...lorasOf(request),
    ...(spelling.scale === null ? {} : given(spelling.scale, scale)),
    ...given('output_format', outputFormat),
  };
}

function sizeOf({ model, operation, width, height }: ProviderRequest): Record<string, unknown> {
  const { size, sizesReferences } = spellingOf(model.id);
  if (size === null || (operation !== 'textToImage' && !sizesReferences)) return {};
  if (size === 'sides') return { width, height };
  if (size === 'custom') return { aspect_ratio: 'custom', width, height };
  return { aspect_ratio: shapeOf(size, width, height) };
}

function picturesOf(
  { image: imageField, references: field }: ReturnType<typeof spellingOf>,
  { image, mask, references }: InputUrls,
): Record<string, unknown> {
  if (imageField === 'input_images') {
    const all = [...(image === null ? [] : [image]), ...references];
    return all.length === 0 ? {} : { input_images: all };
  }
  return {
    ...(image === null ? {} : { image }),
    ...(mask === null ? {} : { mask }),
    ...(field === null || references[0] === undefined ? {} : { [field]: references[0] }),
  };
}

function lorasOf({ model, loras }: ProviderRequest): Record<string, string | number> {
  const entries = spellingOf(model.id).loras.flatMap(
    ([weightsField, scaleField], index): [string, string | number][] => {
      const lora = loras[index];
      return lora
        ? [
            [weightsField, lora.name],
            [scaleField, lora.weight],
          ]
        : [];
    },
  );
  return Object.fromEntries(entries);
}

/** Refuses what the model would refuse, before anything is uploaded. */
export function checkRequest({ model, steps, guidance, loras }: ProviderRequest): void {
  const spelling = spellingOf(model.id);
  const [lightest, heaviest] = spelling.loraScale;
  for (const [words, value, range] of [
    ['steps', steps, spelling.steps],
    ['guidance', guidance, spelling.guidanceRange],
    ...loras.map(({ weight }) => ['weights of LoRAs', weight, [lightest, heaviest]] as const),
  ] as const) {
    if (value === null || range === undefined || (value >= range[0] && value <= range[1])) continue;
    throw refused(`${model.name} takes ${words} from ${range[0]} to ${range[1]}, not ${value}.`);
  }
  if (loras.length > spelling.loras.length) {
    throw refused(`${model.name} takes at most ${spelling.loras.length} LoRAs, not ${loras.length}.`);
  }
}

const refused = (message: string): ProviderError => new ProviderError('invalid_request', message);
