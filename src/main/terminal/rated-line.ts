import { counted } from './plain-words.ts';

export interface RatedAnswer {
  readonly rating: number | null;
  /** How each of the images was rated before. */
  readonly before: readonly { readonly id: string; readonly rating: number | null }[];
}

/** What `library rate` has done, in one line. */
export function ratedLine({ rating, before }: RatedAnswer): string {
  const [one] = before;
  if (before.length === 1 && one) {
    if (rating === null) return one.rating === null ? 'It was not rated.' : `Not rated any more. Before: ${one.rating}`;
    return one.rating === null ? `Rated ${rating}.` : `Rated ${rating}. Before: ${one.rating}`;
  }
  const images = counted(before.length, 'image');
  if (rating !== null) return `${images} rated ${rating}.`;
  const without = before.filter((image) => image.rating === null).length;
  if (without === before.length) return `${images}: none had a rating.`;
  if (without === 0) return `${images}: not rated any more.`;
  return `${images}: ${before.length - without} not rated any more, ${without} had no rating.`;
}
