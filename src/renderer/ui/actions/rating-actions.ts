import { translate } from '../../i18n/i18n.ts';
import type { Action } from './action-registry.ts';

/** 1 to 5 rate, 0 takes the rating away: the same in every place where pictures can be rated. */
export function ratingActions(
  place: 'gallery' | 'viewer',
  rate: (rating: number) => void,
  when: () => boolean = () => true,
): Action[] {
  return [1, 2, 3, 4, 5, 0].map((rating) => ({
    name: `${place}.rate${rating}`,
    label: rating === 0 ? translate('ui:rating.remove') : translate('ui:rating.rate', { count: rating }),
    section: place,
    keys: [`Digit${rating}`],
    when,
    run: () => rate(rating),
  }));
}
