import { z } from 'zod';
import { Image, ImageDetails, ImageSummary, longestAltText, Rating } from '../models/image.ts';
import { operation } from './operation.ts';

const ImageIds = z.object({ ids: z.array(z.uuid()).min(1).max(10_000) });

export const library = {
  /**
   * The shape of the gallery, newest first, cheap at any size: images live in buckets of at most `bucketSize`
   * consecutive sequence numbers; `buckets` holds one [bucket, number of images] pair per bucket that isn't empty.
   */
  overview: operation({ summary: 'How many images there are, and where', access: 'read' }).output(
    z.object({ total: z.int(), bucketSize: z.int(), buckets: z.array(z.tuple([z.int(), z.int()])) }),
  ),

  /** The images of one bucket, newest first. */
  bucket: operation({ summary: 'The images of one part of the gallery', access: 'read' })
    .input(z.object({ bucket: z.int().min(0) }))
    .output(z.object({ images: z.array(ImageSummary) })),

  list: operation({ summary: 'Show images, newest first', command: 'library list', access: 'read' })
    .input(
      z.object({
        limit: z.int().min(1).max(500).default(50).describe('At most this many'),
        before: z.int().optional().describe('Only images older than this sequence number: `next` of the page before'),
        project: z.string().optional().describe('Only images of this project'),
      }),
    )
    .output(z.object({ images: z.array(Image), next: z.int().nullable() })),

  image: operation({ summary: 'Everything known of an image', access: 'read' })
    .input(z.object({ id: z.uuid() }))
    .output(ImageDetails),

  path: operation({
    summary: 'Print where an image is on disk',
    command: 'library path',
    positional: ['image'],
    access: 'read',
  })
    .input(z.object({ image: z.uuid().describe('The image') }))
    .output(z.object({ path: z.string() })),

  verify: operation({ summary: 'Check that files and database agree', command: 'library verify', access: 'read' })
    .input(z.object({ hashes: z.boolean().default(true).describe('Read every file and compare its hash') }))
    .output(
      z.object({
        images: z.int(),
        clean: z.boolean(),
        problems: z.array(
          z.object({
            kind: z.enum([
              'missingFile',
              'wrongHash',
              'strayFile',
              'missingSidecar',
              'databaseDamaged',
              'unfinishedMove',
              'jobWithoutImages',
            ]),
            path: z.string(),
            message: z.string(),
          }),
        ),
      }),
    ),

  trash: operation({ summary: 'Move images to the trash', access: 'write' })
    .input(ImageIds)
    .output(z.object({ trashed: z.array(z.uuid()) })),
  restore: operation({ summary: 'Take images back from the trash', access: 'write' })
    .input(ImageIds)
    .output(z.object({ restored: z.array(z.uuid()) })),

  /**
   * None where one of them is unknown. Many are rated in parts: where the library can't be written any more in between, those before
   * stay rated, and the error says how many. `before` is what Undo puts back, each image once, without those passed over.
   */
  rate: operation({ summary: 'Rate images, or take their rating away', access: 'write' })
    .input(
      ImageIds.extend({
        /** 1 to 5; 0 and null take the rating away. */
        rating: z
          .int('A rating is a whole number from 1 to 5, or 0 for none.')
          .min(0, 'A rating is at least 1, or 0 for none.')
          .max(5, 'A rating is at most 5.')
          .nullable(),
        /** The `moment` of an earlier answer: images that anybody rated after it, in any window, are passed over. */
        asOf: z.int().min(0).optional(),
      }),
    )
    .output(
      z.object({
        rating: Rating.nullable(),
        before: z.array(z.object({ id: z.uuid(), rating: Rating.nullable() })),
        /** When it was said: `asOf` of the further parts of a long rating, and of what takes it back. */
        moment: z.int(),
      }),
    ),

  /** `before` is what Undo puts back. */
  setAltText: operation({ summary: 'Keep an alternative text with an image, or remove it', access: 'write' })
    .input(
      z.object({
        id: z.uuid(),
        /** Null, and what is empty, removes it. */
        altText: z.string().trim().max(longestAltText).nullable(),
      }),
    )
    .output(z.object({ id: z.uuid(), altText: z.string().nullable(), before: z.string().nullable() })),
};
