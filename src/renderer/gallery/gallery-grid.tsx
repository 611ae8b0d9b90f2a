import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../ui/format.ts';
import { pictureWords } from '../ui/picture-words.ts';
import { translate } from '../i18n/i18n.ts';
import type { CellWords } from './cell.ts';
import { galleryContext, galleryLookContext } from './gallery-context.ts';
import { createGridController, type GridController } from './grid-controller.ts';
import { placeAfterKey } from './grid-keys.ts';
import classes from './gallery-grid.module.css';

interface GalleryGridProps {
  readonly onOpen: (place: number) => void;
  /** The element that has the keyboard. */
  readonly scroller: RefObject<HTMLDivElement | null>;
}

const words: CellWords = {
  label: (image) => {
    if (image === undefined) return translate('gallery:placeholder');
    const words = pictureWords(image) || translate('gallery:untitled');
    return image.rating === null ? words : translate('ui:rating.of', { words, stars: image.rating });
  },
  get missing() {
    return translate('gallery:missing');
  },
};

/** The pictures. React makes the frame; the cells are drawn by the controller. */
export function GalleryGrid({ onOpen, scroller }: GalleryGridProps) {
  const { t } = useTranslation('gallery');
  const store = galleryContext.useStoreApi();
  const cellSize = galleryLookContext.useStore((state) => state.cellSize);
  const fit = galleryLookContext.useStore((state) => state.fit);
  const total = galleryContext.useStore((state) => state.total);
  const [flight, setFlight] = useState<number | null>(null);
  const spacer = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const controller = useRef<GridController>(null);
  const firstLook = useRef({ cellSize, fit });

  useEffect(() => {
    if (scroller.current === null || spacer.current === null || pane.current === null || sheet.current === null) return;
    const elements = {
      scroller: scroller.current,
      spacer: spacer.current,
      pane: pane.current,
      sheet: sheet.current,
    };
    const own = createGridController(elements, store, { look: firstLook.current, words, onFlight: setFlight });
    controller.current = own;
    return () => {
      own.dispose();
      controller.current = null;
    };
  }, [scroller, store]);

  useEffect(() => {
    firstLook.current = { cellSize, fit };
    controller.current?.setLook({ cellSize, fit });
  }, [cellSize, fit]);

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (controller.current === null || event.ctrlKey || event.metaKey || event.altKey) return;
      const { active, total, moveTo, select } = store.getState();
      const place = active?.place ?? controller.current.firstInView();
      const next = placeAfterKey(event.key, { place, total }, controller.current.grid());
      if (next === null) return;
      event.preventDefault();
      if (event.shiftKey) void select(next, 'range');
      else moveTo(next);
    },
    [store],
  );

  // Somebody who comes by keyboard must see where they are.
  const onFocus = (): void => {
    const { active, moveTo } = store.getState();
    if (active === null && controller.current !== null) moveTo(controller.current.firstInView());
  };

  const onClick = (event: MouseEvent): void => {
    const hit = controller.current?.hit(event.nativeEvent) ?? null;
    if (hit === null) return;
    const isTouch = event.nativeEvent instanceof PointerEvent && event.nativeEvent.pointerType === 'touch';
    if (isTouch && !hit.isTick) {
      onOpen(hit.place);
      return;
    }
    const isMore = event.ctrlKey || event.metaKey;
    const how = event.shiftKey ? (isMore ? 'addRange' : 'range') : isMore || hit.isTick ? 'toggle' : 'only';
    void store.getState().select(hit.place, how);
  };

  const onDoubleClick = (event: MouseEvent): void => {
    const hit = controller.current?.hit(event.nativeEvent) ?? null;
    if (hit !== null && !hit.isTick) onOpen(hit.place);
  };

  return (
    <div className={classes.frame}>
      <div
        ref={scroller}
        className={classes.scroller}
        role="listbox"
        aria-multiselectable
        aria-label={t('title')}
        tabIndex={0}
        onFocus={onFocus}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onDoubleClick={onDoubleClick}
      >
        <div ref={spacer} className={classes.spacer} role="presentation">
          <div ref={pane} className={classes.pane} role="presentation">
            <div ref={sheet} className={classes.sheet} role="presentation" />
          </div>
        </div>
      </div>
      {flight !== null && (
        <div className={classes.hint} aria-hidden>
          {t('position', { place: formatNumber(flight + 1), total: formatNumber(total) })}
        </div>
      )}
    </div>
  );
}
