import { translate } from '../i18n/i18n.ts';
import type { Notify } from './toast.ts';

interface RatedImage {
  readonly id: string;
  readonly rating: number | null;
}

interface RateParts {
  /** Answers how they were rated before. */
  readonly rate: (change: {
    ids: string[];
    rating: number | null;
  }) => Promise<{ readonly before: readonly RatedImage[] }>;
  readonly notify: Notify;
  readonly complain: (error: unknown) => void;
}

/** So many at once that each answer comes within moments: a sidecar is written for every picture. */
const idsPerCall = 500;

/**
 * Rates pictures from 1 to 5, or takes their rating away with 0, with a toast that takes it back. What is shown of them follows
 * with the pushes. A failure is told.
 */
export async function rateImages(parts: RateParts, ids: readonly string[], rating: number): Promise<void> {
  const stars = rating === 0 ? null : rating;
  const changed: RatedImage[] = [];
  try {
    for (let start = 0; start < ids.length; start += idsPerCall) {
      const { before } = await parts.rate({ ids: ids.slice(start, start + idsPerCall), rating: stars });
      changed.push(...before.filter((image) => image.rating !== stars));
    }
  } catch (error) {
    parts.complain(error);
  }
  if (changed.length === 0) return;
  const count = changed.length;
  parts.notify({
    kind: 'info',
    id: 'rating',
    message:
      stars === null ? translate('ui:rating.removed', { count }) : translate('ui:rating.rated', { count, stars }),
    action: { label: translate('ui:common.undo'), run: () => void takeBack(parts, changed) },
  });
}

async function takeBack({ rate, complain }: RateParts, images: readonly RatedImage[]): Promise<void> {
  try {
    for (const [rating, same] of Map.groupBy(images, (image) => image.rating)) {
      const ids = same.map(({ id }) => id);
      for (let start = 0; start < ids.length; start += idsPerCall) {
        await rate({ ids: ids.slice(start, start + idsPerCall), rating });
      }
    }
  } catch (error) {
    complain(error);
  }
}
