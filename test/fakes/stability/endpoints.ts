import { general, number, oneOf, picture, required, shaped, text, type PartRules, type Parts } from './parts.ts';

export interface Endpoint {
  /** Below `/v2beta/stable-image`. */
  readonly path: string;
  readonly parts: PartRules;
  readonly credits: (parts: Parts) => number;
  /** Pixels of the result. */
  readonly size: (parts: Parts) => { width: number; height: number };
  readonly isSlow?: boolean;
  /** What the rules of single parts don't say. */
  readonly check?: (parts: Parts) => string | null;
}

const ratios = ['21:9', '16:9', '3:2', '5:4', '1:1', '4:5', '2:3', '9:16', '9:21'];
const styles =
  'enhance anime photographic digital-art comic-book fantasy-art line-art analog-film neon-punk isometric low-poly origami modeling-compound cinematic 3d-model pixel-art tile-texture'.split(
    ' ',
  );
const format = { output_format: oneOf('png', 'jpeg', 'webp') };
const seed = { seed: number(0, 4_294_967_294) };
const prompt = { prompt: required(text()) };
const negative = { negative_prompt: text() };
const style = { style_preset: oneOf(...styles) };
const ratio = { aspect_ratio: oneOf(...ratios) };
const usual = { ...prompt, ...negative, ...seed, ...style, ...format };
const fraction = number(0, 1);

const megapixels =
  (wished: number) =>
  ({ texts }: Parts): { width: number; height: number } => {
    const [across = 1, down = 1] = (texts.aspect_ratio ?? '1:1').split(':').map(Number);
    return sized(across / down, wished * 1_000_000);
  };
const sized = (shape: number, pixels: number): { width: number; height: number } => {
  const height = Math.sqrt(pixels / shape);
  return { width: Math.round(height * shape), height: Math.round(height) };
};
const asInput = ({ pictures: { image } }: Parts): { width: number; height: number } => ({
  width: image!.width,
  height: image!.height,
});
const shapedAsInput =
  (pixels: number) =>
  ({ pictures: { image } }: Parts): { width: number; height: number } =>
    sized(image!.width / image!.height, pixels);
const fixed = (credits: number) => (): number => credits;

const models: Readonly<Record<string, number>> = {
  'sd3.5-large': 6.5,
  'sd3.5-large-turbo': 4,
  'sd3.5-medium': 3.5,
  'sd3.5-flash': 2.5,
};

export const endpoints: readonly Endpoint[] = [
  { path: '/generate/core', parts: { ...usual, ...ratio }, credits: fixed(3), size: megapixels(1.5) },
  {
    path: '/generate/ultra',
    parts: { ...usual, ...ratio, image: picture(general), strength: fraction },
    credits: fixed(8),
    size: megapixels(1),
    check: ({ texts, pictures }) =>
      (pictures.image === undefined) === (texts.strength === undefined)
        ? null
        : 'strength: required with an image, and only then',
  },
  {
    path: '/generate/sd3',
    parts: {
      ...usual,
      ...ratio,
      model: oneOf(...Object.keys(models)),
      mode: oneOf('text-to-image', 'image-to-image'),
      cfg_scale: number(1, 10),
      image: picture(general),
      strength: fraction,
    },
    credits: ({ texts }) => models[texts.model ?? 'sd3.5-large'] ?? 0,
    size: (parts) => (parts.pictures.image ? shapedAsInput(1_000_000) : megapixels(1))(parts),
    check: ({ texts, pictures }) => {
      const isFromImage = texts.mode === 'image-to-image';
      if (!isFromImage) return pictures.image || texts.strength ? 'image: only in image-to-image mode' : null;
      if (texts.aspect_ratio !== undefined) return 'aspect_ratio: not allowed in image-to-image mode';
      return pictures.image && texts.strength ? null : 'image, strength: required in image-to-image mode';
    },
  },
  {
    path: '/upscale/fast',
    parts: { image: required(picture({ side: [32, 1536], pixels: [1024, 1_048_576] })), ...format },
    credits: fixed(2),
    size: ({ pictures: { image } }) => ({ width: 4 * image!.width, height: 4 * image!.height }),
  },
  {
    path: '/upscale/conservative',
    parts: {
      image: required(picture(shaped)),
      ...prompt,
      ...negative,
      ...seed,
      ...format,
      creativity: number(0.2, 0.5),
    },
    credits: fixed(40),
    size: shapedAsInput(4_000_000),
  },
  {
    path: '/upscale/creative',
    parts: {
      ...usual,
      image: required(picture({ side: [64, Number.MAX_SAFE_INTEGER], pixels: [4096, 1_048_576] })),
      creativity: number(0.1, 0.5),
    },
    credits: fixed(60),
    size: shapedAsInput(4_000_000),
    isSlow: true,
  },
  {
    path: '/edit/inpaint',
    parts: { ...usual, image: required(picture(general)), mask: picture(general), grow_mask: number(0, 100) },
    credits: fixed(5),
    size: asInput,
  },
  {
    path: '/edit/remove-background',
    parts: {
      image: required(picture({ ...general, pixels: [4096, 4_194_304] })),
      output_format: oneOf('png', 'webp'),
    },
    credits: fixed(5),
    size: asInput,
  },
  ...['/control/sketch', '/control/structure'].map((path) => ({
    path,
    parts: { ...usual, image: required(picture(shaped)), control_strength: fraction },
    credits: fixed(5),
    size: asInput,
  })),
  {
    path: '/control/style',
    parts: { ...usual, ...ratio, image: required(picture(shaped)), fidelity: fraction },
    credits: fixed(5),
    size: megapixels(1),
  },
];
