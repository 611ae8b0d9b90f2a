import type { ListedStyle } from '../../../shared/models/prompt-style.ts';

/** Those with all words of the search in their name or terms: favourites first, then the user's own, each as they were. */
export function sortStyles(styles: readonly ListedStyle[], search: string): ListedStyle[] {
  const words = search
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  const rank = ({ isFavourite, isBuiltIn }: ListedStyle): number => (isFavourite ? 0 : isBuiltIn ? 2 : 1);
  return styles
    .filter(({ name, positive }) => {
      const text = `${name} ${positive}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((one, other) => rank(one) - rank(other));
}
