import type { DroppedParameter } from '../../../shared/models/dropped-parameter.ts';
import { toBase64 } from '../encoded-bytes.ts';
import { ProviderError, type InputImage, type ProviderRequest } from '../provider.ts';
import { shapeOf } from './shapes.ts';

type Body = Readonly<Record<string, unknown>>;
type Drop = (parameter: string, note: string) => void;
type Build = (request: ProviderRequest, drop: Drop) => Body;

const largestInputBytes = 20_000_000;
const inputLimits = {
  flux3: { side: 256, megapixels: 16 },
  flux2: { side: 1, megapixels: 20 },
} as const;

/** Checked here, because a refused upload of 20 MB costs minutes. */
function checkInputs(inputs: readonly InputImage[], { side, megapixels }: { side: number; megapixels: number }): void {
  for (const { width, height, bytes } of inputs) {
    const size = `The reference image has ${width}×${height} pixels`;
    if (Math.min(width, height) < side) {
      throw new ProviderError('invalid_request', `${size}; each side needs at least ${side}. Scale it up first.`);
    }
    if (width * height > megapixels * 1_000_000) {
      throw new ProviderError('invalid_request', `${size}; at most ${megapixels} megapixels are taken. Scale it down.`);
    }
    if (bytes.length > largestInputBytes) {
      throw new ProviderError('invalid_request', 'The reference image has more than 20 MB. Use a smaller one.');
    }
  }
}

/** What the picture is made from, in the order in which the prompt may call them "image 1", "image 2". */
function inputsOf({ operation, image, references }: ProviderRequest): readonly InputImage[] {
  return operation === 'imageToImage' && image ? [image, ...references] : references;
}

/** `input_image`, `input_image_2`, … */
function inputImages(request: ProviderRequest): Body {
  const inputs = inputsOf(request);
  checkInputs(inputs, inputLimits.flux2);
  return Object.fromEntries(
    inputs.map(({ bytes }, index) => [index === 0 ? 'input_image' : `input_image_${index + 1}`, toBase64(bytes)]),
  );
}

function imagePrompt(request: ProviderRequest): Body {
  const [reference] = request.references;
  if (!reference) return {};
  checkInputs([reference], inputLimits.flux2);
  return { image_prompt: toBase64(reference.bytes) };
}

function outputFormat({ outputFormat: format }: ProviderRequest): Body {
  return format === null ? {} : { output_format: format === 'jpg' ? 'jpeg' : format };
}

/** A number the route takes; one outside its range becomes the nearest, which the user is told. */
function ranged(
  name: 'steps' | 'guidance',
  value: number | null,
  { min, max }: { min: number; max: number },
  drop: Drop,
): Body {
  if (value === null) return {};
  const nearest = Math.max(min, Math.min(max, value));
  if (nearest !== value) drop(name, `The model takes ${name} from ${min} to ${max}; ${nearest} was sent.`);
  return { [name]: nearest };
}

const flux2: Build = (request) => ({
  prompt: request.prompt,
  ...inputImages(request),
  width: request.width,
  height: request.height,
  seed: request.seed,
  ...outputFormat(request),
});

const flux2Flex: Build = (request, drop) => ({
  ...flux2(request, drop),
  ...ranged('steps', request.steps, { min: 1, max: 50 }, drop),
  ...ranged('guidance', request.guidance, { min: 1.5, max: 10 }, drop),
});

const flux3: Build = (request) => {
  const shape = shapeOf(request.model.id, request);
  const inputs = inputsOf(request);
  checkInputs(inputs, inputLimits.flux3);
  return {
    prompt: request.prompt,
    ...(inputs.length === 0 ? {} : { images: inputs.map(({ bytes }) => toBase64(bytes)) }),
    ...(shape ? { aspect_ratio: shape.aspectRatio, resolution: shape.resolution } : {}),
  };
};

const shaped =
  (inputs: (request: ProviderRequest) => Body): Build =>
  (request) => ({
    prompt: request.prompt,
    ...inputs(request),
    aspect_ratio: shapeOf(request.model.id, request)?.aspectRatio,
    seed: request.seed,
    ...outputFormat(request),
  });

const fill: Build = (request, drop) => {
  const { image, mask } = request;
  if (!image || !mask) throw new ProviderError('invalid_request', 'Inpainting needs an image and a mask.');
  checkInputs([image, mask], inputLimits.flux2);
  return {
    image: toBase64(image.bytes),
    mask: toBase64(mask.bytes),
    prompt: request.prompt,
    ...ranged('steps', request.steps, { min: 15, max: 50 }, drop),
    ...ranged('guidance', request.guidance, { min: 1.5, max: 100 }, drop),
    seed: request.seed,
    ...outputFormat(request),
  };
};

const pro11: Build = (request) => ({
  prompt: request.prompt,
  ...imagePrompt(request),
  width: request.width,
  height: request.height,
  seed: request.seed,
  ...outputFormat(request),
});

const video: Build = ({ prompt, seconds }) => ({
  mode: 't2v',
  prompt,
  ...(seconds === null ? {} : { duration: seconds }),
  resolution: 'hd',
});

/** By the model's id; newer routes refuse any field that is not theirs. */
const builds: Readonly<Record<string, Build>> = {
  'flux-2-pro': flux2,
  'flux-2-max': flux2,
  'flux-2-flex': flux2Flex,
  'flux-2-klein-4b': flux2,
  'flux-2-klein-9b': flux2,
  'flux-3-image': flux3,
  'flux-3-image@2k': flux3,
  'flux-3-image@4k': flux3,
  'flux-pro-1.0-fill': fill,
  'flux-kontext-pro': shaped(inputImages),
  'flux-kontext-max': shaped(inputImages),
  'flux-pro-1.1': pro11,
  'flux-pro-1.1-ultra': shaped(imagePrompt),
  'flux-3-video': video,
};

/** Where a request goes and what it says. Throws ProviderError for what the route would refuse. */
export function buildBody(request: ProviderRequest): {
  path: string;
  body: Body;
  dropped: readonly DroppedParameter[];
} {
  const { id } = request.model;
  const build = builds[id];
  if (!build) throw new ProviderError('invalid_request', `Black Forest Labs has no model "${id}".`);
  const dropped: DroppedParameter[] = [];
  const body = build(request, (parameter, note) => {
    dropped.push({ parameter, note });
  });
  // The model is the path; what follows the @ is Easel's, for one price a size class.
  return { path: `/v1/${id.replace(/@.*$/, '')}`, body, dropped };
}
