import type { RefObject } from 'react';
import { translate } from '../i18n/i18n.ts';
import type { Action } from '../ui/actions/action-registry.ts';
import { ratingActions } from '../ui/actions/rating-actions.ts';
import { galleryContext, galleryLookContext } from './gallery-context.ts';
import { cellSizes } from './grid-layout.ts';

/** What can be done in the gallery, by button, key or palette. */
export function useGalleryActions(
  scroller: RefObject<HTMLElement | null>,
  onOpen: (place: number) => void,
): readonly Action[] {
  const gallery = galleryContext.useStoreApi();
  const look = galleryLookContext.useStoreApi();
  // Enter and Space belong to whatever button has the focus, unless that is the grid.
  const isInGrid = (): boolean => gallery.getState().active !== null && document.activeElement === scroller.current;
  const hasSelection = (): boolean => gallery.getState().selection.length > 0;

  const hasChosen = (): boolean => hasSelection() || isInGrid();

  const withActive = (act: (place: number) => void): void => {
    const { active } = gallery.getState();
    if (active !== null) act(active.place);
  };
  const resize = (steps: number): void => {
    const { cellSize, setCellSize } = look.getState();
    setCellSize(cellSize + steps * 2 * cellSizes.step);
  };

  const row = (
    name: string,
    label: string,
    keys: readonly string[],
    run: () => void,
    when?: () => boolean,
  ): Action => ({
    name: `gallery.${name}`,
    label,
    section: 'gallery',
    keys,
    run,
    ...(when && { when }),
  });

  return [
    row('open', translate('gallery:open'), ['Enter'], () => withActive(onOpen), isInGrid),
    row(
      'select',
      translate('gallery:selectOne'),
      ['Space'],
      () => withActive((place) => void gallery.getState().select(place, 'toggle')),
      isInGrid,
    ),
    row('selectAll', translate('gallery:selectAll'), ['Mod+KeyA'], () => void gallery.getState().selectAll()),
    row(
      'clearSelection',
      translate('gallery:clearSelection'),
      ['Escape'],
      () => gallery.getState().clearSelection(),
      hasSelection,
    ),
    row('trash', translate('gallery:toTrash'), ['Delete'], () => void gallery.getState().trashSelected(), hasChosen),
    ...ratingActions('gallery', (rating) => void gallery.getState().rateSelected(rating), hasChosen),
    row('larger', translate('gallery:larger'), ['+'], () => resize(1)),
    row('smaller', translate('gallery:smaller'), ['-'], () => resize(-1)),
  ];
}
