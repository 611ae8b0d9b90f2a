import type { FakeKit } from '../kit/fake-types.ts';
import type { createUploads, UploadedPicture } from './uploads.ts';

/** What all parts of the service share. */
export interface Books {
  readonly kit: FakeKit;
  readonly uploads: ReturnType<typeof createUploads>;
  readonly account: { credits: number };
  /** Takes credits and notes the charge; false where there are not enough. */
  readonly pay: (id: string, credits: number, images: number, usd?: number | null) => boolean;
  readonly isDone: (startedAt: number) => boolean;
  /** The pictures that were uploaded; null where one was not. */
  readonly picturesOf: (ids: readonly string[]) => readonly UploadedPicture[] | null;
}

export function openBooks(kit: FakeKit, uploads: Books['uploads']): Books {
  const account = { credits: 8000 };
  return {
    kit,
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
