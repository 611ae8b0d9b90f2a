import type { ImageSummary } from '../../shared/models/image.ts';

/**
 * What the viewer looks through: a row of images, newest first. Images are named by their sequence number, because places
 * shift while others arrive and leave. Failures are told by the source itself; the answer is then undefined.
 */
export interface ViewerSource {
  readonly total: number;
  /** Counts up whenever another image may stand at a place. */
  readonly revision: number;
  readonly loadAt: (place: number) => Promise<ImageSummary | undefined>;
  /** How many images are newer; null while nobody knows. */
  readonly placeOf: (sequence: number) => number | null;
  /** The next image on one side, even of one that is gone. */
  readonly neighbour: (sequence: number, side: 'older' | 'newer') => Promise<ImageSummary | undefined>;
  /** To the trash, with an Undo of its own. False when it failed. */
  readonly trash: (ids: readonly string[]) => Promise<boolean>;
  /** Where the keyboard goes once the viewer is gone. */
  readonly returnTo: (place: number) => void;
}
