import { z } from 'zod';
import { Cost } from './cost.ts';
import { DroppedParameter } from './dropped-parameter.ts';
import { GenerationRequest } from './generation-request.ts';
import { PromptStages } from './prompt-stages.ts';
import { RouteRecord } from './route.ts';

/** File formats that Easel stores, with their MIME types. */
export const imageFormats = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  mp4: 'video/mp4',
  webm: 'video/webm',
} as const;
export type ImageFormat = keyof typeof imageFormats;
/** Formats that move: shown as videos, without thumbnails, and never taken as a reference. */
export type VideoFormat = 'mp4' | 'webm';

export function isVideoFormat(format: ImageFormat): format is VideoFormat {
  return imageFormats[format].startsWith('video/');
}
export const ImageFormatModel = z.enum(Object.keys(imageFormats) as [ImageFormat, ...ImageFormat[]]);

/** The long side of each thumbnail size, in pixels. */
export const thumbnailSide = { small: 160, medium: 320, large: 640 } as const;
export type ThumbnailSize = keyof typeof thumbnailSide;

/** Characters. The IPTC asks for at most 250; whoever has a chart to describe may need more. */
export const longestAltText = 1_000;

/** Stars of a picture: 1 is the worst, 5 the best. */
export const Rating = z.int().min(1).max(5);

/** What a gallery cell needs, and no more. `hash` is the SHA-256 of the file in hex and names its thumbnails. */
export const ImageSummary = z.object({
  id: z.uuid(),
  sequence: z.int(),
  hash: z.string(),
  width: z.int(),
  height: z.int(),
  /** The beginning of the prompt, at most 200 characters: what a screen reader says where there is no `altText`. */
  prompt: z.string(),
  /** What the picture shows, as a person or a model put it; null: nobody has said so. */
  altText: z.string().nullable(),
  /** Null: not rated. */
  rating: Rating.nullable(),
});
export type ImageSummary = z.infer<typeof ImageSummary>;

/** A stored result. */
export const Image = z.object({
  id: z.uuid(),
  sequence: z.int(),
  jobId: z.uuid().nullable(),
  attemptId: z.uuid().nullable(),
  /** Which of the job's images it is, from 0. */
  index: z.int(),
  hash: z.string(),
  bytes: z.int(),
  format: ImageFormatModel,
  width: z.int(),
  height: z.int(),
  createdAt: z.number(),
  project: z.string(),
  provider: z.string(),
  model: z.string(),
  seed: z.int().nullable(),
  /** What was really sent, after defaults and dropped parameters. */
  request: GenerationRequest,
  dropped: z.array(DroppedParameter),
  remoteId: z.string().nullable(),
  cost: Cost,
  generationMs: z.number().nullable(),
  notAi: z.boolean(),
  /** Milliseconds since 1970 when it went to the trash; null while it is in the library. */
  trashedAt: z.number().nullable(),
  /** Where the file is inside the library folder, with forward slashes. */
  path: z.string(),
  /** The prompt as the provider changed it; null where it did not, or does not say. */
  revisedPrompt: z.string().nullable(),
  /** What became of the prompt before it was sent; null: it was sent as it was typed. */
  stages: PromptStages.nullable().default(null),
  altText: ImageSummary.shape.altText.default(null),
  rating: ImageSummary.shape.rating.default(null),
});
export type Image = z.infer<typeof Image>;

/** With why its provider was chosen; null where an older Easel did not note it, or it was not generated here. */
export const ImageDetails = Image.extend({ route: RouteRecord.nullable() });
export type ImageDetails = z.infer<typeof ImageDetails>;
