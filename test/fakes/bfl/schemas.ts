import { z } from 'zod';

/** What the routes have in common, after their schemas. */
export interface SentBody {
  readonly prompt?: string;
  readonly width?: number;
  readonly height?: number;
  readonly seed?: number;
  readonly aspect_ratio?: string;
  readonly resolution?: string;
  readonly output_format?: 'jpeg' | 'png' | 'webp';
  readonly disable_pup?: boolean;
  readonly duration?: number | 'auto';
  readonly [field: string]: unknown;
}

const side = z.int().min(64).multipleOf(16);
const imageText = z.string().min(1);
const tolerance = (max: number) => z.int().min(0).max(max).optional();
const formats = { output_format: z.enum(['jpeg', 'png', 'webp']).optional() };
const seed = { seed: z.int().optional() };
const webhook = { user: z.string().optional(), webhook_url: z.url().optional(), webhook_secret: z.string().optional() };
const megapixel = 1_048_576;

function inputs(most: number): Record<string, z.ZodOptional<z.ZodString>> {
  return Object.fromEntries(
    Array.from({ length: most }, (_, index) => [
      index === 0 ? 'input_image' : `input_image_${index + 1}`,
      imageText.optional(),
    ]),
  );
}

const flux2 = (most: number, more: z.ZodRawShape) =>
  z
    .strictObject({
      prompt: z.string(),
      ...inputs(most),
      width: side.or(z.literal(0)).optional(),
      height: side.or(z.literal(0)).optional(),
      ...seed,
      ...formats,
      safety_tolerance: tolerance(5),
      ...webhook,
      ...more,
    })
    .refine(({ width = 0, height = 0 }) => width * height <= 4 * megapixel, {
      path: ['width'],
      message: 'Input should be at most 4 megapixels together with height',
    });

const pupOff = { disable_pup: z.boolean().optional() };
const upsampling = { prompt_upsampling: z.boolean().optional() };

const flux3Ratios = 'auto 21:9 2:1 16:9 3:2 7:5 4:3 5:4 1:1 4:5 3:4 5:7 2:3 9:16 1:2 9:21'.split(' ');
const flux1Ratios = '21:9 16:9 3:2 4:3 1:1 3:4 2:3 9:16 9:21'.split(' ');

const kontext = z.strictObject({
  prompt: z.string(),
  ...inputs(4),
  aspect_ratio: z.enum(flux1Ratios).optional(),
  ...seed,
  ...upsampling,
  ...formats,
  safety_tolerance: tolerance(6),
  webhook_url: z.url().optional(),
  webhook_secret: z.string().optional(),
});

/** What each route takes and nothing else, by the path below `/v1/`. */
export const schemas: Readonly<Record<string, z.ZodType<SentBody>>> = {
  'flux-3-image': z.strictObject({
    prompt: z.string(),
    images: z.array(imageText).min(1).max(10).optional(),
    aspect_ratio: z.enum(flux3Ratios).optional(),
    resolution: z.enum(['768sq', '1k', '1.5k', '2k', '4k']).optional(),
    grounding: z.boolean().optional(),
    safety_tolerance: tolerance(4),
  }),
  'flux-2-pro': flux2(8, pupOff),
  'flux-2-max': flux2(8, pupOff),
  'flux-2-flex': flux2(8, {
    ...upsampling,
    steps: z.int().min(1).max(50).optional(),
    guidance: z.number().min(1.5).max(10).optional(),
  }),
  'flux-2-klein-4b': flux2(4, {}),
  'flux-2-klein-9b': flux2(4, {}),
  'flux-pro-1.0-fill': z.strictObject({
    image: imageText,
    mask: imageText.optional(),
    prompt: z.string().optional(),
    steps: z.int().min(15).max(50).optional(),
    guidance: z.number().min(1.5).max(100).optional(),
    ...upsampling,
    ...seed,
    ...formats,
    safety_tolerance: tolerance(6),
  }),
  'flux-kontext-pro': kontext,
  'flux-kontext-max': kontext,
  'flux-pro-1.1': z.strictObject({
    prompt: z.string(),
    image_prompt: imageText.optional(),
    width: z.int().min(256).max(1440).multipleOf(32).optional(),
    height: z.int().min(256).max(1440).multipleOf(32).optional(),
    ...upsampling,
    ...seed,
    ...formats,
    safety_tolerance: tolerance(6),
  }),
  'flux-pro-1.1-ultra': z.strictObject({
    prompt: z.string(),
    image_prompt: imageText.optional(),
    image_prompt_strength: z.number().min(0).max(1).optional(),
    aspect_ratio: z.enum(flux1Ratios).optional(),
    raw: z.boolean().optional(),
    ...seed,
    ...formats,
    safety_tolerance: tolerance(6),
  }),
  'flux-3-video': z.strictObject({
    mode: z.literal('t2v'),
    prompt: z.string(),
    duration: z.int().min(5).max(20).or(z.literal('auto')).optional(),
    resolution: z.enum(['hd', 'fhd', 'qhd', 'uhd']).optional(),
    generate_audio: z.boolean().optional(),
    draft: z.boolean().optional(),
    safety_tolerance: tolerance(4),
  }),
};

/** The service's own words for a body it does not take. */
export function detailOf(error: z.ZodError): object[] {
  return error.issues.flatMap((issue): object[] => {
    const loc = ['body', ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        type: 'extra_forbidden',
        loc: [...loc, key],
        msg: 'Extra inputs are not permitted',
      }));
    }
    const isMissing = issue.code === 'invalid_type' && issue.message.includes('received undefined');
    return [{ type: isMissing ? 'missing' : 'value_error', loc, msg: isMissing ? 'Field required' : issue.message }];
  });
}
