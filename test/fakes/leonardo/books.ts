import type { FakeKit } from '../kit/fake-types.ts';
import type { createUploads, UploadedPicture } from './uploads.ts';

/** What the service does not promise to do otherwise. */
export interface LeonardoHabits {
  /** How long after its beginning a generation is in the account's list. */
  readonly listsAfterMs?: number;
  /** The service's clock against that of the computer, in milliseconds. */
  readonly clockAheadMs?: number;
  /** Sides are told rounded up to a multiple of this. */
  readonly sizeStep?: number;
}

/** What all parts of the service share. */
export interface Books {
  readonly kit: FakeKit;
  readonly habits: LeonardoHabits;
  readonly uploads: ReturnType<typeof createUploads>;
  readonly account: { credits: number };
  /** Takes credits and notes the charge; false where there are not enough. */
  readonly pay: (id: string, credits: number, images: number, usd?: number | null) => boolean;
  readonly isDone: (startedAt: number) => boolean;
  /** The pictures that were uploaded; null where one was not. */
  readonly picturesOf: (ids: readonly string[]) => readonly UploadedPicture[] | null;
}

export function openBooks(kit: FakeKit, uploads: Books['uploads'], habits: LeonardoHabits): Books {
  const account = { credits: 8000 };
  return {
    kit,
    habits,
    uploads,
    account,
    pay: (id, credits, images, usd = null) => {
      if (account.credits < credits) return false;
      account.credits -= credits;
      kit.charge({ id, usd, images, clientId: null });
      return true;
    },
    isDone: (startedAt) => kit.fraction(startedAt) >= 1,
    picturesOf: (ids) => {
      const pictures = ids.map(uploads.picture);
      return pictures.every((picture) => picture !== null) ? pictures : null;
    },
  };
}
